// The watch over real ArduCopter flights, on their own stamps: what must be raised, and when.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Footprint } from "../../../../../contract/wire/geometry.ts";
import type { WatchPlan } from "../../../../../contract/wire/watch-plan.ts";
import {
  emptyWatchState,
  judgeSample,
  type WatchState,
} from "../../../../../server/domain/airspace/airspace-watch.ts";
import { prepareAirspace } from "../../../../../server/domain/airspace/prepared-airspace.ts";
import { createTlogReader } from "../../../../../server/mavlink/tlog.ts";
import { toSample } from "../../../../../server/mavlink/to-sample.ts";
import { flightPath, flightsAvailable, readFlight } from "../../../../support/flights.ts";
import { booking, box, planOf, zone } from "./plan-builders.ts";

interface FlightChange {
  readonly atS: number;
  readonly change: string;
  readonly kind: string;
}

/** Changes of every vehicle of the recording while armed; seconds after the file's first stamp. */
function watchFlight(name: string, plan: WatchPlan): FlightChange[] {
  const airspace = prepareAirspace(plan);
  const subject = { booking: plan.bookings[0] };
  const states = new Map<number, WatchState>();
  const armed = new Set<number>();
  const found: FlightChange[] = [];
  const reader = createTlogReader(readFlight(name));
  let firstUs: number | undefined;
  while (reader.next()) {
    const { stampUs, frame } = reader.record;
    firstUs ??= stampUs;
    const sample = toSample(frame);
    if (sample?.kind === "heartbeat" && sample.isAutopilot) {
      if (sample.armed) armed.add(sample.sysid);
      else armed.delete(sample.sysid);
    }
    if (sample?.kind !== "position" || !armed.has(sample.sysid)) continue;
    const { latDeg, lngDeg, altitudeAmslM, altitudeAboveHomeM } = sample;
    const atMs = (stampUs - firstUs) / 1000;
    const position = { latDeg, lngDeg };
    const { state, changes } = judgeSample(
      airspace,
      subject,
      states.get(sample.sysid) ?? emptyWatchState,
      { atMs, position, altitudeAmslM, altitudeAboveHomeM },
    );
    states.set(sample.sysid, state);
    for (const { change, cause } of changes) {
      if (change !== "worsened") found.push({ atS: atMs / 1000, change, kind: cause.kind });
    }
  }
  return found;
}

function bookedWith(footprint: Footprint, upperM: number): WatchPlan {
  const volume = {
    label: "Flight",
    footprint,
    band: { reference: "ABOVE_HOME" as const, lowerM: 0, upperM },
    envelope: { lowerAmslM: 3, upperAmslM: 3 + upperM },
  };
  const permission = { kind: "height" as const, reference: "Permit", heightLimitAglM: 150 };
  const zones = [
    zone("zone_area", "operatingArea", box(-700, -700, 700, 700)),
    zone("zone_height", "heightLimit", box(-700, -700, 700, 700), {
      reference: "AGL",
      upperM: 90,
    }),
  ];
  return planOf([booking({ volumes: [volume], permissions: [permission] })], zones);
}

function fenceOfFlightB(): Footprint {
  const fence = JSON.parse(readFileSync(flightPath("b_fence.fence.json"), "utf8")) as {
    inclusion_polygon: [latDeg: number, lngDeg: number][];
  };
  const ring = fence.inclusion_polygon.map(([lat, lng]): [number, number] => [lng, lat]);
  const closed = [...ring, ...ring.slice(0, 1)];
  return { kind: "polygon", polygon: { type: "Polygon", coordinates: [closed] } };
}

// Skipped where the recordings are absent: they stand beside the repository, not in it.
describe.runIf(flightsAvailable)("recorded flights", () => {
  test("flight b raises its polygon, then its ceiling, and nothing else", () => {
    const found = watchFlight("b_fence.tlog", bookedWith(fenceOfFlightB(), 120));
    expect(found.map(({ change, kind }) => `${change} ${kind}`)).toEqual([
      "raised volumeLateral",
      "returned volumeLateral",
      "raised volumeCeiling",
      "returned volumeCeiling",
    ]);
    const [left, back, above, below] = found.map(({ atS }) => atS);
    expect(left).toBeGreaterThanOrEqual(91.1);
    expect(left).toBeLessThanOrEqual(91.4);
    expect(back).toBeGreaterThanOrEqual(140.8 + 5);
    expect(back).toBeLessThanOrEqual(140.8 + 7);
    expect(above).toBeGreaterThanOrEqual(179.1);
    expect(above).toBeLessThanOrEqual(179.4);
    // The drone sinks through 120 m at 200.6 s and is 2 m below within 2 s.
    expect(below).toBeGreaterThanOrEqual(200.6 + 5);
    expect(below).toBeLessThanOrEqual(200.6 + 8);
  });

  test("flights a and c, booked to hold them, raise nothing", () => {
    const roomy = bookedWith(box(-400, -400, 400, 200), 60);
    expect(watchFlight("a_normal.tlog", roomy)).toEqual([]);
    expect(watchFlight("c_three.tlog", roomy)).toEqual([]);
  });
});
