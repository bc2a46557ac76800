// Everything the booking page shows, read from the server and kept fresh: after every change of
// the page's own, when the live picture tells of a booking, and every half minute.
import { useCallback, useEffect } from "react";
import { z } from "zod";
import { pilotSchema } from "../../contract/wire/account.ts";
import { aircraftSchema } from "../../contract/wire/aircraft.ts";
import { bookingSchema, slotSchema } from "../../contract/wire/booking.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { resourceSchema } from "../../contract/wire/site.ts";
import { zoneSchema } from "../../contract/wire/zone.ts";
import { listOf } from "../app/list-answer.ts";
import { useLive } from "../app/live/live-context.ts";
import { useResource } from "../app/use-resource.ts";

const resourceList = listOf("resources", resourceSchema);
const zoneList = listOf("zones", zoneSchema);
const aircraftList = listOf("vehicles", aircraftSchema);
const pilotList = listOf("users", pilotSchema);
const bookingList = listOf("bookings", bookingSchema);
const slotsAnswer = z.object({ slots: z.array(slotSchema) });

const readAgainMs = 30_000;
/** How far ahead the list of bookings looks. */
const listAheadMs = 31 * 86_400_000;
const none: readonly never[] = [];

/** @param day The shown day, half-open. */
export function useBookingFacts(
  siteId: string | undefined,
  day: { readonly startMs: number; readonly endMs: number },
) {
  const until = day.startMs + listAheadMs;
  const resources = useResource("/resources", resourceList);
  const zones = useResource("/zones", zoneList);
  const aircraft = useResource("/vehicles", aircraftList);
  const pilots = useResource("/users?role=pilot", pilotList);
  const bookings = useResource(
    `/bookings?from=${day.startMs}&to=${until}&limit=200`,
    bookingList,
    readAgainMs,
  );
  const availability = useResource(
    siteId === undefined ? undefined : "/availability",
    slotsAnswer,
    readAgainMs,
    { siteId, startMs: day.startMs, endMs: day.endMs },
  );
  const { reload: reloadBookings } = bookings;
  const { reload: reloadSlots } = availability;
  const reload = useCallback(() => {
    reloadBookings();
    reloadSlots();
  }, [reloadBookings, reloadSlots]);
  const liveBookings = useLive((state) => state.bookings);
  useEffect(reload, [reload, liveBookings]);

  const all = [resources, zones, aircraft, pilots, bookings, availability];
  const problem: Problem | undefined = all.find((one) => one.problem !== undefined)?.problem;
  return {
    resources: resources.value?.items ?? none,
    zones: zones.value?.items ?? none,
    aircraft: aircraft.value?.items ?? none,
    pilots: pilots.value?.items ?? none,
    bookings: bookings.value?.items ?? none,
    slots: availability.value?.slots ?? none,
    /** True once a form can be filled from it. */
    isComplete: [resources, aircraft, pilots].every((one) => one.value !== undefined),
    /** False until it was told what is held; where that cannot be read, one may book anyway. */
    knowsHeld: [bookings, availability].every(
      (one) => one.value !== undefined || one.problem !== undefined,
    ),
    isLoading: bookings.value === undefined && bookings.loading,
    problem,
    reload,
  };
}

export type BookingFacts = ReturnType<typeof useBookingFacts>;
