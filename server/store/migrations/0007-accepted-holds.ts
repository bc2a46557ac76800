// Closes what 0001 and 0004 left open: a booking accepted without its units, and holds that shrink
// or are let go while the booking's state claims them. Letting go writes the state first.
import type { Migration } from "../migration.ts";
import { guardRefusals } from "./0001-guards.ts";

const holdingStates = `('accepted', 'activated', 'nonconforming', 'contingent')`;
const claimed = (bookingId: string): string =>
  `EXISTS (SELECT 1 FROM booking WHERE id = ${bookingId} AND state IN ${holdingStates})`;

/** No held allocation of this kind and unit that covers the booking's whole window. */
const lacksUnit = (unit: string): string => `NOT EXISTS (
  SELECT 1 FROM allocation WHERE booking_id = NEW.id AND status = 'held' AND ${unit}
  AND start_ms <= NEW.start_ms AND end_ms >= NEW.end_ms)`;
const lacksOne = (table: string, column: string, kind: string): string => `EXISTS (
  SELECT 1 FROM ${table} part WHERE part.booking_id = NEW.id
  AND ${lacksUnit(`unit_kind = '${kind}' AND unit_id = part.${column}`)})`;

const claimsMore = [
  lacksUnit("unit_kind = 'aircraft'"),
  lacksOne("booking_aircraft", "aircraft_id", "aircraft"),
  lacksOne("booking_resource", "resource_id", "resource"),
  `(NEW.telemetry = 'mavlink' AND ${lacksUnit("unit_kind = 'sysid'")})`,
  `EXISTS (SELECT 1 FROM booking_volume WHERE booking_id = NEW.id
    AND (holding = 0 OR start_ms > NEW.start_ms OR end_ms < NEW.end_ms))`,
].join(" OR ");

const changed = (columns: readonly string[]): string =>
  columns.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(" OR ");
const allocationColumns = ["booking_id", "unit_kind", "unit_id", "start_ms", "end_ms", "status"];
const volumeColumns = [
  "booking_id",
  "footprint",
  "lower_amsl_m",
  "upper_amsl_m",
  "start_ms",
].concat(["end_ms", "west_deg", "south_deg", "east_deg", "north_deg", "airspace_id", "holding"]);

function refuse(name: string, event: string, when: string): string {
  return `CREATE TRIGGER ${name} BEFORE ${event} WHEN ${when}
    BEGIN SELECT RAISE(ABORT, '${guardRefusals.holding}'); END`;
}

const guards = [
  refuse(
    "booking_claims",
    "UPDATE OF state, start_ms, end_ms, telemetry ON booking",
    `NEW.state IN ${holdingStates} AND (${claimsMore})`,
  ),
  refuse(
    "allocation_kept",
    "UPDATE ON allocation",
    `OLD.status = 'held' AND ${claimed("OLD.booking_id")} AND (${changed(allocationColumns)})`,
  ),
  refuse(
    "booking_volume_kept",
    "UPDATE ON booking_volume",
    `OLD.holding = 1 AND ${claimed("OLD.booking_id")} AND (${changed(volumeColumns)})`,
  ),
  refuse("booking_volume_added", "INSERT ON booking_volume", claimed("NEW.booking_id")),
  refuse("booking_aircraft_added", "INSERT ON booking_aircraft", claimed("NEW.booking_id")),
  refuse("booking_resource_added", "INSERT ON booking_resource", claimed("NEW.booking_id")),
];

export const acceptedHolds: Migration = {
  name: "0007-accepted-holds",
  async up(transaction) {
    for (const guard of guards) await transaction.raw(guard);
  },
};
