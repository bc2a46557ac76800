// Which autopilot an aircraft carries, so that another one with its system id is not taken for it.
import type { Migration } from "../migration.ts";

export const autopilotUid: Migration = {
  name: "0006-autopilot-uid",
  async up(transaction) {
    await transaction.schema.alterTable("aircraft", (table) => {
      // Hex as in contract/wire/aircraft.ts; null where nobody has entered one.
      table.text("autopilot_uid");
    });
  },
};
