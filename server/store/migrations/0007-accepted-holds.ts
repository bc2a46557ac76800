// Closes what 0001 and 0004 left open: a booking accepted without its units, and holds that shrink
// or are let go while the booking's state claims them. Letting go writes the state first.
import type { Guard } from "../dialect.ts";
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
    AND (NOT holding OR start_ms > NEW.start_ms OR end_ms < NEW.end_ms))`,
].join(" OR ");

const changed = (columns: readonly string[]): string =>
  columns.map((column) => `NEW.${column} IS DISTINCT FROM OLD.${column}`).join(" OR ");
const allocationColumns = ["booking_id", "unit_kind", "unit_id", "start_ms", "end_ms", "status"];
const volumeColumns = [
  "booking_id",
  "footprint",
  "lower_amsl_m",
  "upper_amsl_m",
  "start_ms",
].concat(["end_ms", "west_deg", "south_deg", "east_deg", "north_deg", "airspace_id", "holding"]);

/** The booking of the row, as it is when the change is made. */
const looksAtBooking = (row: "NEW" | "OLD") =>
  ({ table: "booking", id: `${row}.booking_id` }) as const;

/** A row that a booking which claims its holds may not be given any more. */
const added = (table: string): Guard => ({
  name: `${table}_added`,
  table,
  event: "INSERT",
  when: claimed("NEW.booking_id"),
  looksAt: looksAtBooking("NEW"),
  refusal: guardRefusals.holding,
});

const guards: readonly Guard[] = [
  {
    name: "booking_claims",
    table: "booking",
    event: "UPDATE OF state, start_ms, end_ms, telemetry",
    when: `NEW.state IN ${holdingStates} AND (${claimsMore})`,
    refusal: guardRefusals.holding,
  },
  {
    name: "allocation_kept",
    table: "allocation",
    event: "UPDATE",
    when: `OLD.status = 'held' AND ${claimed("OLD.booking_id")}
      AND (${changed(allocationColumns)})`,
    looksAt: looksAtBooking("OLD"),
    refusal: guardRefusals.holding,
  },
  {
    name: "booking_volume_kept",
    table: "booking_volume",
    event: "UPDATE",
    when: `OLD.holding AND ${claimed("OLD.booking_id")} AND (${changed(volumeColumns)})`,
    looksAt: looksAtBooking("OLD"),
    refusal: guardRefusals.holding,
  },
  added("booking_volume"),
  added("booking_aircraft"),
  added("booking_resource"),
];

export const acceptedHolds: Migration = {
  name: "0007-accepted-holds",
  async up(transaction, dialect) {
    for (const statement of guards.flatMap(dialect.guard)) await transaction.raw(statement);
  },
};
