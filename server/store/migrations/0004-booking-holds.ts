// Closes the ways around the guards of 0001: a booking that is born holding, and holds that vanish
// instead of being freed.
import type { Migration } from "../migration.ts";

const guards = [
  `CREATE TRIGGER booking_insert BEFORE INSERT ON booking
    WHEN NEW.state IN ('accepted', 'activated', 'nonconforming', 'contingent')
    BEGIN SELECT RAISE(ABORT, 'booking does not hold what its state says'); END`,
  `CREATE TRIGGER allocation_delete BEFORE DELETE ON allocation WHEN OLD.status = 'held'
    BEGIN SELECT RAISE(ABORT, 'allocation is held'); END`,
  `CREATE TRIGGER booking_volume_delete BEFORE DELETE ON booking_volume WHEN OLD.holding = 1
    BEGIN SELECT RAISE(ABORT, 'volume is held'); END`,
];

export const bookingHolds: Migration = {
  name: "0004-booking-holds",
  async up(transaction) {
    for (const guard of guards) await transaction.raw(guard);
  },
};
