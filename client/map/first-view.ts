// What a map shows at first, and when it may still change that by itself. Pure; use-fit.ts acts on
// it, the pages say what belongs to the view.
import type { Footprint } from "../../contract/wire/geometry.ts";
import type { Site } from "../../contract/wire/site.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import { boundsOf } from "./map-features.ts";
import type { Bounds } from "./map-port.ts";

/** A view that was asked for. The key names the subject: a site, a flight; "" is none yet. */
export interface View {
  readonly key: string;
  readonly bounds: Bounds;
}

/**
 * May the map go to `next`? To another subject always; to more of the same, such as a volume that
 * was just booked, only until the person has moved the map.
 */
export function shouldFit(last: View | undefined, next: View, wasMoved: boolean): boolean {
  if (last !== undefined && last.key !== "" && last.key !== next.key) return true;
  if (wasMoved) return false;
  return last?.key !== next.key || !holds(last.bounds, next.bounds);
}

function holds(outer: Bounds, inner: Bounds): boolean {
  return (
    outer.southWest.latDeg <= inner.southWest.latDeg &&
    outer.southWest.lngDeg <= inner.southWest.lngDeg &&
    outer.northEast.latDeg >= inner.northEast.latDeg &&
    outer.northEast.lngDeg >= inner.northEast.lngDeg
  );
}

/**
 * A site as a whole: the operating areas around its prepared volumes (all of them where none is),
 * the prepared volumes, the place itself, and what is booked.
 */
export function viewOfSite(
  site: Site,
  zones: readonly Zone[],
  booked: readonly Footprint[],
): View | undefined {
  const prepared = site.preparedVolumes.map(({ footprint }) => footprint);
  const areas = zones
    .filter(({ kind }) => kind === "operatingArea")
    .map(({ footprint }) => footprint);
  const around = areas.filter((area) => {
    const outer = boundsOf([area]);
    return prepared.some((footprint) => {
      const inner = boundsOf([footprint]);
      return outer !== undefined && inner !== undefined && holds(outer, inner);
    });
  });
  const place = { kind: "circle", centre: site.centre, radiusM: 100 } as const;
  const shownAreas = around.length > 0 ? around : areas;
  const bounds = boundsOf([place, ...prepared, ...shownAreas, ...booked]);
  return bounds && { key: site.id, bounds };
}
