// A booking, for the tests of what is shown of one and may be done with it.
import type { Booking } from "../../../../contract/wire/booking.ts";

/** An accepted booking of org_a without volumes, changed as asked. */
export function bookingWith(changes: Partial<Booking> = {}): Booking {
  return {
    id: "bkg_1",
    version: 1,
    state: "accepted",
    organisationId: "org_a",
    organisationName: "A",
    siteId: "site_pier",
    title: "Pier survey",
    purpose: "other",
    startMs: 0,
    endMs: 3_600_000,
    volumes: [],
    aircraft: [],
    pilots: [],
    contactPhone: "",
    resources: [],
    permissions: [],
    siteMayCommand: true,
    telemetry: "mavlink",
    notes: "",
    inForce: true,
    dronesFlying: 0,
    createdAtMs: 0,
    history: [],
    ...changes,
  };
}
