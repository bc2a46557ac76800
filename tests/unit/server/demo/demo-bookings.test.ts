import { expect, test } from "vitest";
import { demoRoundMs } from "../../../../contract/demo-flights.ts";
import type { Booking } from "../../../../contract/wire/booking.ts";
import {
  demoWindowMs,
  neededBookings,
  type DemoFacts,
} from "../../../../server/demo/demo-bookings.ts";

const windowStartMs = 1_800_000_000_000 - (1_800_000_000_000 % demoWindowMs);
const square = { type: "Polygon" as const, coordinates: [] };

function facts(nowMs: number, bookings: readonly Booking[] = []): DemoFacts {
  const name = { en: "South water", zhHant: "南面水域" };
  const preparedVolumes = ["vol_demo_1", "vol_demo_2"].map((id) => ({
    id,
    name,
    footprint: { kind: "polygon" as const, polygon: square },
    band: { reference: "ABOVE_HOME" as const, lowerM: 0, upperM: 60 },
    source: "here",
    confidence: "estimate" as const,
  }));
  return {
    nowMs,
    bookings,
    sites: [
      {
        id: "site_park",
        name,
        centre: { latDeg: 22.25, lngDeg: 114.13 },
        groundAmslM: 5,
        status: "open",
        preparedVolumes,
      },
    ],
    aircraft: [101, 102].map((sysid) => ({
      id: `air_${String(sysid)}`,
      organisationId: "org_demo",
      organisationName: "Demo",
      name: `Demo ${String(sysid)}`,
      model: "",
      sysid,
      takeOffMassKg: 2,
      registrationLabel: "",
      telemetry: "mavlink" as const,
      autopilotUid: null,
    })),
    pilots: [{ id: "usr_1", name: "Demo pilot", organisationId: "org_demo", phone: "+852 1" }],
  };
}

function held(aircraftId: string, endMs: number, state: Booking["state"] = "accepted"): Booking {
  const aircraft = [{ id: aircraftId, name: "", sysid: 101 }];
  return { id: "bkg_1", state, startMs: 0, endMs, aircraft } as unknown as Booking;
}

test("with nothing booked a window ends where a round of the drone begins", () => {
  const requests = neededBookings(facts(windowStartMs + 1_000));
  expect(requests.map(({ aircraftIds }) => aircraftIds)).toEqual([["air_101"], ["air_102"]]);
  expect(requests.map(({ resourceIds }) => resourceIds)).toEqual([
    ["res_park_pad_1"],
    ["res_park_pad_2"],
  ]);
  for (const { startMs } of requests) expect(startMs).toBeGreaterThan(windowStartMs + 1_000);
  // The first minute of the half hour belongs to the second drone's last round.
  expect(requests.map(({ endMs }) => endMs - windowStartMs)).toEqual([
    demoWindowMs,
    demoWindowMs + 60_000,
  ]);
});

test("less than a round before the half hour the window takes in the next one", () => {
  const nowMs = windowStartMs + demoWindowMs - demoRoundMs + 10_000;
  expect(neededBookings(facts(nowMs))[0]?.endMs).toBe(windowStartMs + 2 * demoWindowMs);
});

test("a drone with a booking that runs long enough gets none", () => {
  const endMs = windowStartMs + demoWindowMs;
  const requests = neededBookings(facts(windowStartMs, [held("air_101", endMs)]));
  expect(requests.map(({ aircraftIds }) => aircraftIds)).toEqual([["air_102"]]);
});

test("the next window begins where the running one ends", () => {
  const endMs = windowStartMs + demoWindowMs;
  const nowMs = endMs - demoRoundMs;
  const [request] = neededBookings(facts(nowMs, [held("air_101", endMs)]));
  expect(request).toMatchObject({ startMs: endMs, endMs: endMs + demoWindowMs });
});

test("a withdrawn booking holds nothing", () => {
  const endMs = windowStartMs + demoWindowMs;
  const requests = neededBookings(facts(windowStartMs, [held("air_101", endMs, "withdrawn")]));
  expect(requests).toHaveLength(2);
});
