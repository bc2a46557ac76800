// Where and when a new booking fits beside what the page knows to be held. Pure: booking-form.ts
// fills the first form from it. Only the server decides; this spares the person a refusal.
import type { Booking, Slot } from "../../contract/wire/booking.ts";
import { holdingStates } from "../../contract/wire/booking.ts";
import type { Footprint } from "../../contract/wire/geometry.ts";

/** What somebody holds in [startMs, endMs). */
export interface Held {
  readonly startMs: number;
  readonly endMs: number;
  readonly footprints: readonly Footprint[];
  readonly resourceIds: readonly string[];
  /** Empty where it is another organisation's: its aircraft are not told. */
  readonly aircraftIds: readonly string[];
}

/** What is held by others and by oneself, as far as the page was told. */
export function heldBy(slots: readonly Slot[], bookings: readonly Booking[]): Held[] {
  return [
    ...slots.map(({ startMs, endMs, volumes, resourceIds }) => ({
      startMs,
      endMs,
      footprints: volumes.map(({ footprint }) => footprint),
      resourceIds,
      aircraftIds: [],
    })),
    ...bookings
      .filter(({ state }) => holdingStates.includes(state))
      .map((one) => ({
        startMs: one.startMs,
        endMs: one.endMs,
        footprints: one.volumes.map(({ footprint }) => footprint),
        resourceIds: one.resources.map(({ id }) => id),
        aircraftIds: one.aircraft.map(({ id }) => id),
      })),
  ];
}

interface Box {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly westDeg: number;
  readonly eastDeg: number;
}

/** Length of a degree of latitude on the mean sphere; within 0.6 % of WGS84, ample for a box. */
const metresPerDegree = 111_195;

function boxOf(footprint: Footprint): Box {
  if (footprint.kind === "circle") {
    const { latDeg, lngDeg } = footprint.centre;
    const upDeg = footprint.radiusM / metresPerDegree;
    const sideDeg = upDeg / Math.cos((latDeg * Math.PI) / 180);
    return {
      southDeg: latDeg - upDeg,
      northDeg: latDeg + upDeg,
      westDeg: lngDeg - sideDeg,
      eastDeg: lngDeg + sideDeg,
    };
  }
  const outside = footprint.polygon.coordinates[0] ?? [];
  const lngs = outside.map(([lngDeg]) => lngDeg);
  const lats = outside.map(([, latDeg]) => latDeg);
  return {
    southDeg: Math.min(...lats),
    northDeg: Math.max(...lats),
    westDeg: Math.min(...lngs),
    eastDeg: Math.max(...lngs),
  };
}

/** Boxes that touch count as meeting: the server may see an overlap there. */
function meet(a: Box, b: Box): boolean {
  return (
    a.southDeg <= b.northDeg &&
    b.southDeg <= a.northDeg &&
    a.westDeg <= b.eastDeg &&
    b.westDeg <= a.eastDeg
  );
}

interface WithId {
  readonly id: string;
}

export interface Wish<Volume, Pad, Aircraft> {
  /** Not before this. */
  readonly fromMs: number;
  readonly lengthMs: number;
  /** Each in the order of preference. Where a kind has none at all, none is looked for. */
  readonly volumes: readonly Volume[];
  readonly pads: readonly Pad[];
  readonly aircraft: readonly Aircraft[];
  readonly held: readonly Held[];
}

export interface Place<Volume, Pad, Aircraft> {
  readonly startMs: number;
  readonly volume: Volume | undefined;
  readonly pad: Pad | undefined;
  readonly aircraft: Aircraft | undefined;
}

const stepMs = 5 * 60_000;
const aheadMsMax = 6 * 3_600_000;

/**
 * The earliest start, `fromMs` or a multiple of five minutes up to six hours later, at which a
 * volume, a pad and an aircraft are free together; another volume at the same time goes before a
 * later time. Where there is none: `fromMs`, with what is free then and else the first of each.
 */
export function earliestFree<
  Volume extends WithId & { readonly footprint: Footprint },
  Pad extends WithId,
  Aircraft extends WithId,
>(wish: Wish<Volume, Pad, Aircraft>): Place<Volume, Pad, Aircraft> {
  const lastMs = wish.fromMs + aheadMsMax;
  const first = freeAt(wish, wish.fromMs);
  let place = first;
  let startMs = wish.fromMs;
  while (!isWhole(wish, place)) {
    startMs = (Math.floor(startMs / stepMs) + 1) * stepMs;
    if (startMs > lastMs) return orFirst(wish, first);
    place = freeAt(wish, startMs);
  }
  return place;
}

function freeAt<Volume extends { readonly footprint: Footprint }, Pad extends WithId, Aircraft>(
  wish: Wish<Volume, Pad, Aircraft & WithId>,
  startMs: number,
): Place<Volume, Pad, Aircraft & WithId> {
  const endMs = startMs + wish.lengthMs;
  const held = wish.held.filter((one) => one.startMs < endMs && startMs < one.endMs);
  const boxes = held.flatMap((one) => one.footprints.map(boxOf));
  const resources = new Set(held.flatMap((one) => one.resourceIds));
  const flown = new Set(held.flatMap((one) => one.aircraftIds));
  return {
    startMs,
    volume: wish.volumes.find((one) => {
      const own = boxOf(one.footprint);
      return !boxes.some((box) => meet(own, box));
    }),
    pad: wish.pads.find((one) => !resources.has(one.id)),
    aircraft: wish.aircraft.find((one) => !flown.has(one.id)),
  };
}

function isWhole<V, P, A>(wish: Wish<V, P, A>, place: Place<V, P, A>): boolean {
  return (
    (place.volume !== undefined || wish.volumes.length === 0) &&
    (place.pad !== undefined || wish.pads.length === 0) &&
    (place.aircraft !== undefined || wish.aircraft.length === 0)
  );
}

function orFirst<V, P, A>(wish: Wish<V, P, A>, place: Place<V, P, A>): Place<V, P, A> {
  return {
    startMs: place.startMs,
    volume: place.volume ?? wish.volumes[0],
    pad: place.pad ?? wish.pads[0],
    aircraft: place.aircraft ?? wish.aircraft[0],
  };
}
