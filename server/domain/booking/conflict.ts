// What of a proposal others already hold. Called by decide-booking.ts; shown by the bookings router
// with what the asker may see.
import type { Conflict } from "../../../contract/wire/problem.ts";
import { volumesConflict } from "../airspace/volume4d.ts";
import type { HeldNearby, HeldUnit, Holder } from "./booking-ground.ts";
import { unitsOf, type BookingProposal } from "./booking-proposal.ts";

/** A conflict with its holder, whom not every asker may see. */
export interface HeldConflict {
  readonly conflict: Omit<Conflict, "bookingId" | "organisationName">;
  readonly holder: Holder;
}

function airspaceConflicts(proposal: BookingProposal, held: HeldNearby): HeldConflict[] {
  const window = { startMs: proposal.startMs, endMs: proposal.endMs };
  const meets = held.volumes.filter(({ volume }) =>
    proposal.volumes.some(({ footprint, envelope }) =>
      volumesConflict({ footprint, envelope, window }, volume),
    ),
  );
  return meets.map(({ label, volume, holder }) => ({
    conflict: { kind: "airspace", what: label, ...volume.window },
    holder,
  }));
}

function unitConflict(proposal: BookingProposal, held: HeldUnit): HeldConflict {
  const { unit, holder, startMs, endMs } = held;
  const window = { startMs, endMs };
  switch (unit.kind) {
    case "resource": {
      const what = proposal.resources.find(({ id }) => id === unit.id)?.name.en ?? unit.id;
      const resourceId = unit.id;
      return { conflict: { kind: "resource", what, resourceId, ...window }, holder };
    }
    case "aircraft": {
      const what = proposal.aircraft.find(({ id }) => id === unit.id)?.name ?? unit.id;
      return { conflict: { kind: "aircraft", what, ...window }, holder };
    }
    case "sysid": {
      const what = `MAVLink system id ${unit.id}`;
      return { conflict: { kind: "sysid", what, sysid: Number(unit.id), ...window }, holder };
    }
  }
}

/** A booked aircraft brings its system id along: naming both would say one thing twice. */
function sayOnce(proposal: BookingProposal, units: readonly HeldUnit[]): readonly HeldUnit[] {
  const sysidOf = (id: string) => proposal.aircraft.find((one) => one.id === id)?.sysid;
  return units.filter(
    ({ unit, holder }) =>
      unit.kind !== "sysid" ||
      !units.some(
        (other) =>
          other.unit.kind === "aircraft" &&
          other.holder.bookingId === holder.bookingId &&
          String(sysidOf(other.unit.id)) === unit.id,
      ),
  );
}

/** Everything in the way, airspace first. Empty: it may be booked. */
export function conflictsOf(proposal: BookingProposal, held: HeldNearby): HeldConflict[] {
  const wanted = unitsOf(proposal);
  const taken = held.units.filter(
    ({ unit, startMs, endMs }) =>
      startMs < proposal.endMs &&
      endMs > proposal.startMs &&
      wanted.some(({ kind, id }) => kind === unit.kind && id === unit.id),
  );
  return [
    ...airspaceConflicts(proposal, held),
    ...sayOnce(proposal, taken).map((unit) => unitConflict(proposal, unit)),
  ];
}

/** The conflict as an asker may see it: the holder only where he may know of his bookings. */
export function shownConflict(
  { conflict, holder }: HeldConflict,
  maySee: (organisationId: string) => boolean,
): Conflict {
  if (!maySee(holder.organisationId)) return conflict;
  const { bookingId, organisationName } = holder;
  return { ...conflict, bookingId, organisationName };
}
