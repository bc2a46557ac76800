// Reading bookings for lists, pages and the calendar. Called by the bookings router, realtime and
// the projections.
import { holdingStates, type Slot } from "../../contract/wire/booking.ts";
import { bookingRows, readBooking, recordsOf, volumeOf, type VolumeRow } from "./booking-rows.ts";
import type { Database } from "./database.ts";
import type { BookingRepository } from "./ports.ts";

/** Most slots one question is answered with. */
const slotsMax = 5_000;

export function createBookingRepository({ read }: Database): BookingRepository {
  return {
    find: (id) => readBooking(read, id),
    async list(filter, after, limit) {
      const query = bookingRows(read).orderBy(["start_ms", "booking.id"]).limit(limit);
      const { organisationId, siteId, fromMs, toMs, states } = filter;
      if (organisationId !== undefined) void query.where({ organisation_id: organisationId });
      if (siteId !== undefined) void query.where({ site_id: siteId });
      if (fromMs !== undefined) void query.where("end_ms", ">", fromMs);
      if (toMs !== undefined) void query.where("start_ms", "<", toMs);
      if (states !== undefined) void query.whereIn("state", [...states]);
      if (after !== undefined) {
        void query.whereRaw("(start_ms, booking.id) > (?, ?)", [after.startMs, after.id]);
      }
      return recordsOf(read, await query);
    },
    async slots(siteId, startMs, endMs) {
      const rows = await read("booking")
        .where({ site_id: siteId })
        .whereIn("state", [...holdingStates])
        .where("start_ms", "<", endMs)
        .where("end_ms", ">", startMs)
        .orderBy(["start_ms", "id"])
        .limit(slotsMax)
        .select<{ id: string; start_ms: number; end_ms: number }[]>("id", "start_ms", "end_ms");
      const ids = rows.map((row) => row.id);
      const volumes = await read("booking_volume")
        .whereIn("booking_id", ids)
        .orderBy(["booking_id", "ordinal"])
        .select<VolumeRow[]>("*");
      const resources = await read("booking_resource")
        .whereIn("booking_id", ids)
        .select<{ booking_id: string; resource_id: string }[]>("booking_id", "resource_id");
      return rows.map((row): Slot => {
        const own = <T extends { booking_id: string }>(list: readonly T[]): T[] =>
          list.filter((part) => part.booking_id === row.id);
        return {
          siteId,
          startMs: row.start_ms,
          endMs: row.end_ms,
          volumes: own(volumes)
            .map(volumeOf)
            .map(({ footprint, envelope }) => ({ footprint, envelope })),
          resourceIds: own(resources).map((part) => part.resource_id),
        };
      });
    },
  };
}
