import { expect, test } from "vitest";
import type { BookingForm } from "../../../../client/book/booking-form.ts";
import {
  firstFaulty,
  firstForm,
  isToldAtOnce,
  readForm,
  windowOfForm,
} from "../../../../client/book/booking-form.ts";
import { bookingRequestSchema } from "../../../../contract/wire/booking.ts";
import { facts, nowMs, site } from "./form-samples.ts";

const minuteMs = 60_000;
const form = firstForm(facts);

function requestOf(changed: Partial<BookingForm>) {
  const reading = readForm({ ...form, ...changed }, site.id);
  if (reading.kind === "faults") throw new Error(JSON.stringify(reading.faults));
  return reading.request;
}

function faultsOf(changed: Partial<BookingForm>) {
  const reading = readForm({ ...form, ...changed }, site.id);
  return reading.kind === "faults" ? reading.faults : {};
}

test("the first form of a newcomer is a request the contract accepts as it stands", () => {
  const request = bookingRequestSchema.parse(requestOf({}));
  expect(request).toMatchObject({
    siteId: site.id,
    title: "Test flight",
    volumes: [{ footprint: { kind: "prepared", volumeId: "vol_basin" } }],
    aircraftIds: ["air_1"],
    pilotIds: ["usr_p1"],
    contactPhone: "+852 2222 2222",
    resourceIds: ["pad_1"],
    permissions: [],
    siteMayCommand: true,
  });
});

test("it starts five minutes from now, on a multiple of five, and lasts half an hour", () => {
  const window = windowOfForm(form);
  expect(form).toMatchObject({ dateText: "2026-11-22", startText: "14:10", endText: "14:40" });
  expect(window).toEqual({
    startMs: nowMs + 8 * minuteMs,
    endMs: nowMs + 38 * minuteMs,
  });
});

test("it leaves out the pad and the aircraft that are held at that time", () => {
  const held = [
    {
      startMs: nowMs,
      endMs: nowMs + 20 * minuteMs,
      footprints: [],
      resourceIds: ["pad_1"],
      aircraftIds: ["air_1"],
    },
  ];
  expect(firstForm({ ...facts, held })).toMatchObject({
    resourceIds: ["pad_2"],
    aircraftIds: ["air_2"],
  });
});

test("what ends when it starts is not in its way", () => {
  const startMs = nowMs + 8 * minuteMs;
  const pad = { footprints: [], resourceIds: ["pad_1"], aircraftIds: [] };
  const held = [{ startMs: nowMs, endMs: startMs, ...pad }];
  expect(firstForm({ ...facts, held }).resourceIds).toEqual(["pad_1"]);
});

test("where the one prepared volume is held it starts when that is free again", () => {
  const footprints = site.preparedVolumes.map(({ footprint }) => footprint);
  const endMs = nowMs + 38 * minuteMs;
  const held = [{ startMs: nowMs, endMs, footprints, resourceIds: [], aircraftIds: [] }];
  expect(firstForm({ ...facts, held })).toMatchObject({ startText: "14:40", endText: "15:10" });
});

test("a person who is a pilot is in command of their own booking", () => {
  expect(firstForm({ ...facts, personId: "usr_p2" })).toMatchObject({
    pilotInCommandId: "usr_p2",
    contactPhone: "+852 3333 3333",
  });
});

test("a chosen start that has passed gives way to the earliest possible one", () => {
  expect(firstForm(facts, nowMs - 60 * minuteMs).startText).toBe("14:10");
  expect(firstForm(facts, nowMs + 600 * minuteMs).dateText).toBe("2026-11-23");
});

test("an end before the start is on the next day, unless that is over 12 hours", () => {
  const window = windowOfForm({ dateText: "2026-11-22", startText: "23:30", endText: "00:30" });
  expect((window?.endMs ?? 0) - (window?.startMs ?? 0)).toBe(60 * minuteMs);
  expect(faultsOf({ startText: "14:00", endText: "13:00" })).toEqual({
    endText: "endNotAfterStart",
  });
  expect(faultsOf({ startText: "14:00", endText: "14:00" })).toEqual({
    endText: "endNotAfterStart",
  });
});

test("a prepared volume is booked with its own band unless another is asked for", () => {
  expect(requestOf({}).volumes[0]).not.toHaveProperty("band");
  const other = { ownBand: true, bandReference: "AGL" as const, lowerM: 10, upperM: 50 };
  expect(requestOf(other).volumes[0]?.band).toEqual({ reference: "AGL", lowerM: 10, upperM: 50 });
});

test("a circle carries its centre, radius and band", () => {
  const circle = { volumeKind: "circle" as const, centreLatDeg: 22.26, centreLngDeg: 114.128 };
  expect(requestOf({ ...circle, radiusM: 150, upperM: 40 }).volumes).toEqual([
    {
      footprint: { kind: "circle", centre: { latDeg: 22.26, lngDeg: 114.128 }, radiusM: 150 },
      band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 40 },
    },
  ]);
});

test("a height permission is sent with its reference and limit, and only when asked for", () => {
  const permission = { permissionReference: " CAD/1 ", permissionHeightAglM: 150 };
  expect(requestOf(permission).permissions).toEqual([]);
  expect(requestOf({ ...permission, hasHeightPermission: true }).permissions).toEqual([
    { kind: "height", reference: "CAD/1", heightLimitAglM: 150 },
  ]);
});

test("the pilot in command stands first and once", () => {
  const pilots = { pilotInCommandId: "usr_p2", otherPilotIds: ["usr_p1", "usr_p2"] };
  expect(requestOf(pilots).pilotIds).toEqual(["usr_p2", "usr_p1"]);
});

test.each<[string, Partial<BookingForm>, object]>([
  ["no title", { title: "  " }, { title: "missing" }],
  ["no aircraft", { aircraftIds: [] }, { aircraftIds: "missing" }],
  ["no pilot", { pilotInCommandId: null }, { pilotInCommandId: "missing" }],
  ["no phone", { contactPhone: "" }, { contactPhone: "missing" }],
  ["words for a phone", { contactPhone: "the desk" }, { contactPhone: "notCallable" }],
  ["no pad", { resourceIds: [] }, { resourceIds: "missing" }],
  ["no such date", { dateText: "2026-02-30" }, { dateText: "notADate" }],
  ["no such time", { startText: "25:00" }, { startText: "notATime" }],
  ["no file", { volumeKind: "polygon", polygon: null }, { polygon: "missing" }],
  ["an empty radius", { volumeKind: "circle", radiusM: Number.NaN }, { radiusM: "notANumber" }],
  ["a radius of 0", { volumeKind: "circle", radiusM: 0 }, { radiusM: "outOfRange" }],
  [
    "a band upside down",
    { ownBand: true, lowerM: 60, upperM: 60 },
    { upperM: "upperNotAboveLower" },
  ],
  [
    "a permission without reference",
    { hasHeightPermission: true },
    { permissionReference: "missing" },
  ],
])("%s is a fault of that field alone", (_name, changed, faults) => {
  expect(faultsOf(changed)).toEqual(faults);
});

test("the button of an incomplete form names the first field to see to", () => {
  expect(firstFaulty(faultsOf({ aircraftIds: [], title: " " }))).toBe("aircraftIds");
  expect(firstFaulty(faultsOf({ endText: "", aircraftIds: [] }))).toBe("endText");
  expect(firstFaulty(faultsOf({}))).toBeUndefined();
});

test("every fault a form can have is one the button can name", () => {
  const empty = faultsOf({
    title: "",
    dateText: "",
    startText: "",
    endText: "",
    aircraftIds: [],
    pilotInCommandId: null,
    contactPhone: "",
    hasHeightPermission: true,
    permissionHeightAglM: Number.NaN,
    volumeKind: "circle",
    centreLatDeg: Number.NaN,
    centreLngDeg: Number.NaN,
    radiusM: Number.NaN,
    lowerM: Number.NaN,
    upperM: Number.NaN,
  });
  const volumes = [
    faultsOf({ volumeKind: "prepared", preparedVolumeId: null }),
    faultsOf({ volumeKind: "polygon", polygon: null }),
  ];
  const all = Object.entries(Object.assign({}, empty, ...volumes) as typeof empty);
  expect(all).toHaveLength(16);
  for (const [field, fault] of all) expect(firstFaulty({ [field]: fault })).toBe(field);
});

test("an end before the start is told at once; of empty fields nothing is said", () => {
  const fault = faultsOf({ startText: "06:45", endText: "06:15" }).endText;
  expect(fault).toBe("endNotAfterStart");
  expect([fault, "upperNotAboveLower"].map((one) => isToldAtOnce(one as "missing"))).toEqual([
    true,
    true,
  ]);
  expect(isToldAtOnce("missing")).toBe(false);
  expect(isToldAtOnce("notATime")).toBe(false);
});
