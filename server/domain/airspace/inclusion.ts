// Limits that a drone must stay within: the booked volumes, and the operating areas.
// Called by airspace-watch.ts.
import type { Position } from "../../../contract/wire/geometry.ts";
import type { Bilingual } from "../../../contract/wire/site.ts";
import {
  aboveCeilingM,
  belowFloorM,
  heightReturnMarginM,
  limitOf,
  type JudgedBand,
} from "./judged-band.ts";
import { distanceM } from "./local-plane.ts";
import type { PreparedFootprint } from "./prepared-footprint.ts";
import { placeOf, type LimitReading, type WatchCause, type WatchPoint } from "./watch-cause.ts";

/** One space to be in. Of several, being in any is enough. */
export interface Inclusion {
  readonly footprint: PreparedFootprint;
  readonly band: JudgedBand;
  readonly zoneId: string | null;
  readonly name: Bilingual | null;
}

/** A return from sideways needs this much ground, metres. */
export const lateralMarginM = 3;

/** Metres beyond each side of one inclusion; zero or negative within it. */
interface Excess {
  readonly inclusion: Inclusion;
  readonly lateralM: number;
  readonly ceilingM: number;
  readonly floorM: number;
}

/** A floor is not judged within this distance of a booked pad: one must get up and down. */
const padRadiusM = 30;

/** Metres below the floor, as far as it is judged here; minus infinity where it is not. */
function floorExcessM(band: JudgedBand, point: WatchPoint, pads: readonly Position[]): number {
  const belowM = belowFloorM(band, point);
  if (belowM === -Infinity) return belowM;
  return pads.some((pad) => distanceM(pad, point.position) <= padRadiusM) ? -Infinity : belowM;
}

/**
 * Cheap: asks Turf once an inclusion whose band holds the point, and measures nothing.
 *
 * @param pads The booked pads, around which no floor is judged.
 */
export function withinAny(
  inclusions: readonly Inclusion[],
  point: WatchPoint,
  pads: readonly Position[],
): boolean {
  for (const { band, footprint } of inclusions) {
    if (aboveCeilingM(band, point) > 0) continue;
    if (floorExcessM(band, point, pads) > 0) continue;
    if (footprint.contains(point.position)) return true;
  }
  return false;
}

function excessOf(inclusion: Inclusion, point: WatchPoint, pads: readonly Position[]): Excess {
  return {
    inclusion,
    lateralM: inclusion.footprint.signedDistanceM(point.position),
    ceilingM: aboveCeilingM(inclusion.band, point),
    floorM: floorExcessM(inclusion.band, point, pads),
  };
}

/** How far the point is from the space, metres; 0 within it. */
function distanceOf({ lateralM, ceilingM, floorM }: Excess): number {
  return Math.hypot(Math.max(0, lateralM), Math.max(0, ceilingM), Math.max(0, floorM));
}

/**
 * The excess at each side. Within any of the inclusions it is, side by side, that of the one that
 * leaves most room; outside all of them that of the nearest, so that a drone above its volume is
 * beyond the ceiling only, and one beside it beyond the outline only.
 */
function governing(
  inclusions: readonly Inclusion[],
  point: WatchPoint,
  pads: readonly Position[],
): { lateral: Excess; ceiling: Excess; floor: Excess } | undefined {
  const all = inclusions.map((inclusion) => excessOf(inclusion, point, pads));
  const around = all.filter((excess) => distanceOf(excess) === 0);
  const nearest = leastBy(all, distanceOf);
  if (nearest === undefined) return undefined;
  return {
    lateral: leastBy(around, ({ lateralM }) => lateralM) ?? nearest,
    ceiling: leastBy(around, ({ ceilingM }) => ceilingM) ?? nearest,
    floor: leastBy(around, ({ floorM }) => floorM) ?? nearest,
  };
}

function leastBy<Item>(items: readonly Item[], measure: (item: Item) => number): Item | undefined {
  let least: Item | undefined;
  for (const item of items) {
    if (least === undefined || measure(item) < measure(least)) least = item;
  }
  return least;
}

/** 3 m, or half of what the outline allows if that is less. */
function lateralReturnMarginM({ footprint }: Inclusion): number {
  return Math.min(lateralMarginM, footprint.reachInsideM(2 * lateralMarginM) / 2);
}

/** The three sides of the booked volumes, each a cause of its own. */
export function readVolumes(
  volumes: readonly Inclusion[],
  point: WatchPoint,
  pads: readonly Position[],
): LimitReading[] {
  const sides = governing(volumes, point, pads);
  if (sides === undefined) return [];
  const { lateral, ceiling, floor } = sides;
  return [
    reading(
      point,
      { ...causeOf(lateral.inclusion, "volumeLateral"), limit: null },
      lateral.lateralM,
      () => lateralReturnMarginM(lateral.inclusion),
    ),
    reading(
      point,
      {
        ...causeOf(ceiling.inclusion, "volumeCeiling"),
        limit: limitOf(ceiling.inclusion.band, "ceiling"),
      },
      ceiling.ceilingM,
      () => heightReturnMarginM(ceiling.inclusion.band, point),
    ),
    reading(
      point,
      {
        ...causeOf(floor.inclusion, "volumeFloor"),
        limit: limitOf(floor.inclusion.band, "floor"),
      },
      floor.floorM,
      () => heightReturnMarginM(floor.inclusion.band, point),
    ),
  ];
}

/** The operating areas: one cause, whichever side is passed. */
export function readOperatingAreas(
  areas: readonly Inclusion[],
  point: WatchPoint,
  pads: readonly Position[],
): LimitReading | undefined {
  const sides = governing(areas, point, pads);
  if (sides === undefined) return undefined;
  const { lateral, ceiling, floor } = sides;
  const { band } = lateral.inclusion;
  const excessM = Math.max(lateral.lateralM, ceiling.ceilingM, floor.floorM);
  const limit =
    lateral.lateralM > 0 ? null : limitOf(band, ceiling.ceilingM > 0 ? "ceiling" : "floor");
  const heightClear =
    ceiling.ceilingM <= -heightReturnMarginM(ceiling.inclusion.band, point) &&
    floor.floorM <= -heightReturnMarginM(floor.inclusion.band, point);
  return {
    cause: { ...causeOf(lateral.inclusion, "operatingArea"), limit },
    breach: excessM > 0 ? placeOf(point, excessM) : undefined,
    clear: heightClear && lateral.lateralM <= -lateralReturnMarginM(lateral.inclusion),
  };
}

function causeOf({ zoneId, name }: Inclusion, kind: WatchCause["kind"]): Omit<WatchCause, "limit"> {
  return { key: kind, kind, zoneId, zoneName: name };
}

function reading(
  point: WatchPoint,
  cause: WatchCause,
  excessM: number,
  marginM: () => number,
): LimitReading {
  if (excessM > 0) return { cause, breach: placeOf(point, excessM), clear: false };
  return { cause, breach: undefined, clear: excessM <= -marginM() };
}
