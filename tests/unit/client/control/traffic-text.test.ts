import { expect, test } from "vitest";
import { makeFormat } from "../../../../client/app/i18n/format.ts";
import { trafficMessages } from "../../../../client/app/i18n/traffic-messages.ts";
import {
  byDistance,
  contactDirectionDeg,
  contactHeight,
  contactLabel,
  contactMovement,
  contactName,
  contactRemarks,
  distanceM,
} from "../../../../client/control/traffic-text.ts";
import { aircraftWith, vesselWith } from "../../../support/traffic-samples.ts";

const en = trafficMessages.en;
const format = makeFormat("en");

test("a ship goes by its name, an aircraft by its callsign, else by its number", () => {
  expect(contactName(vesselWith())).toBe("SEA SWIFT");
  expect(contactName(aircraftWith())).toBe("GFS21");
  expect(contactName(aircraftWith({ callsign: null }))).toBe("780A1B");
  expect(contactName(vesselWith({ name: null }))).toBe("477123456");
});

test("every height says what it is measured from, and none is made up", () => {
  const heightOf = (altitude: ReturnType<typeof aircraftWith>["altitude"]) =>
    contactHeight(aircraftWith({ altitude }), en, format);
  expect(heightOf({ altitudeM: 210.4, datum: "QNH" })).toBe("210 m AMSL (its barometer)");
  expect(heightOf({ altitudeM: 210.4, datum: "GNSS" })).toBe("210 m GNSS, datum not said");
  expect(heightOf({ altitudeM: 210.4, datum: "unknown" })).toBe("210 m datum unknown");
  expect(heightOf(null)).toBe("Height unknown");
  expect(contactHeight(vesselWith(), en, format)).toBeUndefined();
});

test("the map's label has who, height with datum, its age once it is old, and who heard it", () => {
  expect(contactLabel(aircraftWith(), en, format)).toBe("GFS21\n210 m AMSL (baro) · ← Kestrel");
  const old = aircraftWith({ ageMs: 7_900, heardBy: null, squawk: "7700" });
  expect(contactLabel(old, en, format)).toBe("GFS21\n210 m AMSL (baro) · 7700 · 7 s");
  expect(contactLabel(vesselWith({ ageMs: 0 }), en, format)).toBe("SEA SWIFT");
});

test("course, speed and climb are said as far as they are known", () => {
  expect(contactMovement(aircraftWith(), en, format)).toBe("090°, 62.4 m/s, sinks 1.5 m/s");
  expect(contactMovement(aircraftWith({ climbMps: 0.1, courseDeg: null }), en, format)).toBe(
    "62.4 m/s",
  );
  expect(contactMovement(vesselWith({ groundSpeedMps: null, headingDeg: null }), en, format)).toBe(
    "–",
  );
  expect(contactDirectionDeg(vesselWith({ courseDeg: 10 }))).toBe(210);
});

test("an emergency squawk is said to be one, and test data to be such", () => {
  expect(contactRemarks(aircraftWith({ squawk: "7700", isSimulated: true }), en)).toEqual([
    "squawk 7700: emergency",
    "test data",
  ]);
  expect(contactRemarks(vesselWith(), en)).toEqual([]);
});

test("the nearest to the site stands first", () => {
  const centre = { latDeg: 22.2585, lngDeg: 114.1285 };
  const far = aircraftWith({ position: { latDeg: 22.35, lngDeg: 114.1285 } });
  expect(byDistance([far, vesselWith()], centre)).toEqual([vesselWith(), far]);
  expect(distanceM(centre, far.position)).toBeCloseTo(10_174, -2);
});
