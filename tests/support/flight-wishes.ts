// The recorded flights as their operators would have booked them.
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { FlightWish } from "./book-flight.ts";
import { flightPath } from "./flights.ts";

const fenceSchema = z.object({ inclusion_polygon: z.array(z.tuple([z.number(), z.number()])) });

/** The fence that flight b was given, as the file has it: [lat, lon], not closed. */
function fenceOfB(): [number, number][] {
  const fence = fenceSchema.parse(
    JSON.parse(readFileSync(flightPath("b_fence.fence.json"), "utf8")),
  );
  const ring = fence.inclusion_polygon.map(([lat, lon]): [number, number] => [lon, lat]);
  return [...ring, ...ring.slice(0, 1)];
}

/** Flight a: one drone in the Pier basin. */
export function wishOfA(nowMs: number): FlightWish {
  const volume = { footprint: { kind: "prepared" as const, volumeId: "vol_pier_basin" } };
  return { title: "Flight a", sysids: [1], volume, nowMs };
}

/** Flight b: inside its fence, to 120 m above home, with a permission above the 90 m limit. */
export function wishOfB(nowMs: number): FlightWish {
  return {
    title: "Flight b",
    sysids: [1],
    volume: {
      footprint: { kind: "polygon", polygon: { type: "Polygon", coordinates: [fenceOfB()] } },
      band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 120 },
    },
    permissions: [{ kind: "height", reference: "CAD/TEST/150", heightLimitAglM: 150 }],
    nowMs,
  };
}

/** Flight c: one booking of three drones. */
export function wishOfC(nowMs: number): FlightWish {
  return { ...wishOfA(nowMs), title: "Flight c", sysids: [1, 2, 3] };
}
