// What is wrong in a request by itself, beyond what its schema says. Called at the edge, by the
// bookings router, before anything is read from the database.
import type { BookingRequest } from "../../../contract/wire/booking.ts";
import type { Fault } from "../../../contract/wire/problem.ts";
import { footprintFaults, type FootprintFault } from "../airspace/footprint-check.ts";

function repeatedIds(path: string, ids: readonly string[]): Fault[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [{ path: `${path}.${index}`, expected: "an id named once", found: `${id} again` }]
      : [],
  );
}

function placeOf({ ring, vertex }: FootprintFault): string {
  if (ring === undefined) return "";
  const inRing = `.polygon.coordinates.${ring}`;
  return vertex === undefined ? inRing : `${inRing}.${vertex}`;
}

/** Crossing outlines, missing bands, ids named twice. Empty: it may be looked at further. */
export function requestFaults(request: BookingRequest): Fault[] {
  const ofVolumes = request.volumes.flatMap(({ footprint, band }, index): Fault[] => {
    if (footprint.kind === "prepared") return [];
    const path = `volumes.${index}`;
    const outline = footprintFaults(footprint).map((fault) => ({
      path: `${path}.footprint${placeOf(fault)}`,
      expected: fault.expected,
      found: fault.found,
    }));
    if (band !== undefined) return outline;
    return [...outline, { path: `${path}.band`, expected: "an altitude band", found: "nothing" }];
  });
  return [
    ...ofVolumes,
    ...repeatedIds("aircraftIds", request.aircraftIds),
    ...repeatedIds("pilotIds", request.pilotIds),
    ...repeatedIds("resourceIds", request.resourceIds),
  ];
}
