// Closes the ways around the guards of 0001: a booking that is born holding, and holds that vanish
// instead of being freed.
import type { Guard } from "../dialect.ts";
import type { Migration } from "../migration.ts";
import { guardRefusals } from "./0001-guards.ts";

const guards: readonly Guard[] = [
  {
    name: "booking_insert",
    table: "booking",
    event: "INSERT",
    when: "NEW.state IN ('accepted', 'activated', 'nonconforming', 'contingent')",
    refusal: guardRefusals.holding,
  },
  {
    name: "allocation_delete",
    table: "allocation",
    event: "DELETE",
    when: "OLD.status = 'held'",
    refusal: "allocation is held",
  },
  {
    name: "booking_volume_delete",
    table: "booking_volume",
    event: "DELETE",
    when: "OLD.holding",
    refusal: "volume is held",
  },
];

export const bookingHolds: Migration = {
  name: "0004-booking-holds",
  async up(transaction, dialect) {
    for (const statement of guards.flatMap(dialect.guard)) await transaction.raw(statement);
  },
};
