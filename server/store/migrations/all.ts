// Every migration in the order in which they are applied. A name that was ever released stays.
import type { Migration } from "../migration.ts";
import { foundation } from "./0001-foundation.ts";
import { journal } from "./0002-journal.ts";
import { journalEpochs } from "./0003-journal-epochs.ts";
import { bookingHolds } from "./0004-booking-holds.ts";
import { aircraftSigning } from "./0005-aircraft-signing.ts";
import { autopilotUid } from "./0006-autopilot-uid.ts";
import { acceptedHolds } from "./0007-accepted-holds.ts";
import { orders } from "./0008-orders.ts";
import { journalOrigins } from "./0009-journal-origins.ts";
import { siteOrder } from "./0010-site-order.ts";

export const migrations: readonly Migration[] = [
  foundation,
  journal,
  journalEpochs,
  bookingHolds,
  aircraftSigning,
  autopilotUid,
  acceptedHolds,
  orders,
  journalOrigins,
  siteOrder,
];
