// What one day of a site holds, row by row: its airspace and each pad, bay and station. Pure: the
// time line and the list beside it draw the same rows.
import type { Booking, Slot } from "../../contract/wire/booking.ts";
import { holdingStates } from "../../contract/wire/booking.ts";
import type { Footprint } from "../../contract/wire/geometry.ts";
import type { Resource } from "../../contract/wire/site.ts";

/** A span of a row. Without a booking it is somebody else's, and nothing more is known of it. */
export interface DaySlot {
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Height of what is held, where it is airspace. */
  readonly envelope: { readonly lowerAmslM: number; readonly upperAmslM: number } | null;
  /** Outlines on the ground of what is held. */
  readonly footprints: readonly Footprint[];
  readonly booking: Booking | null;
}

export interface DayRow {
  /** Null: the airspace. */
  readonly resource: Resource | null;
  /** Slots that overlap (other volumes of the airspace) lie in lanes of their own. */
  readonly lanes: readonly (readonly DaySlot[])[];
}

/** A slot that one of the given bookings accounts for is not shown twice. */
function isAccountedFor(slot: Slot, bookings: readonly Booking[]): boolean {
  const footprint = JSON.stringify(slot.volumes[0]?.footprint);
  return bookings.some(
    (booking) =>
      booking.startMs === slot.startMs &&
      booking.endMs === slot.endMs &&
      JSON.stringify(booking.volumes[0]?.footprint) === footprint,
  );
}

function inLanes(slots: readonly DaySlot[]): DaySlot[][] {
  const lanes: DaySlot[][] = [];
  for (const slot of [...slots].sort((a, b) => a.startMs - b.startMs)) {
    const lane = lanes.find((one) => (one.at(-1)?.endMs ?? 0) <= slot.startMs);
    if (lane === undefined) lanes.push([slot]);
    else lane.push(slot);
  }
  return lanes;
}

export interface DayFacts {
  readonly siteId: string;
  /** Half-open [startMs, endMs). */
  readonly day: { readonly startMs: number; readonly endMs: number };
  readonly resources: readonly Resource[];
  /** All that the person may see. */
  readonly bookings: readonly Booking[];
  /** What is taken, by whomever. */
  readonly slots: readonly Slot[];
}

/** The bookings of a site that hold something within a day. */
export function bookingsOfDay(facts: Pick<DayFacts, "siteId" | "day" | "bookings">): Booking[] {
  const { siteId, day, bookings } = facts;
  return bookings.filter(
    (booking) =>
      booking.siteId === siteId &&
      holdingStates.includes(booking.state) &&
      booking.startMs < day.endMs &&
      day.startMs < booking.endMs,
  );
}

/** The airspace first, then the resources of the site in the order given. */
export function rowsOfDay(facts: DayFacts): DayRow[] {
  const { siteId, day, resources, slots } = facts;
  const bookings = bookingsOfDay(facts);
  const others = slots.filter(
    (slot) =>
      slot.startMs < day.endMs && day.startMs < slot.endMs && !isAccountedFor(slot, facts.bookings),
  );
  const row = (resource: Resource | null): DayRow => {
    const holds = (resourceIds: readonly string[]): boolean =>
      resource === null || resourceIds.includes(resource.id);
    const known = bookings
      .filter((booking) => holds(booking.resources.map(({ id }) => id)))
      .map((booking) => ({
        key: booking.id,
        startMs: booking.startMs,
        endMs: booking.endMs,
        envelope: resource === null ? (booking.volumes[0]?.envelope ?? null) : null,
        footprints: booking.volumes.map(({ footprint }) => footprint),
        booking,
      }));
    const unknown = others
      .filter((slot) => holds(slot.resourceIds))
      .map((slot, index) => ({
        key: `${slot.startMs} ${index}`,
        startMs: slot.startMs,
        endMs: slot.endMs,
        envelope: resource === null ? (slot.volumes[0]?.envelope ?? null) : null,
        footprints: slot.volumes.map(({ footprint }) => footprint),
        booking: null,
      }));
    return { resource, lanes: inLanes([...known, ...unknown]) };
  };
  const ofSite = resources.filter((resource) => resource.siteId === siteId);
  return [row(null), ...ofSite.map(row)];
}
