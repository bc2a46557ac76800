// Which bookings the demo flights need next: a pure decision, made again every minute by the
// demo desk. Windows end where rounds begin, so no flight of a round ever outlives its booking.
import { demoFlights, demoRoundMs } from "../../contract/demo-flights.ts";
import type { Aircraft } from "../../contract/wire/aircraft.ts";
import type { Booking, BookingRequestInput } from "../../contract/wire/booking.ts";
import type { Pilot } from "../../contract/wire/account.ts";
import type { Site } from "../../contract/wire/site.ts";

/** Length of a whole window; six rounds. */
export const demoWindowMs = 6 * demoRoundMs;
/** The next window is booked when the running one has less than this left. */
export const renewBeforeEndMs = 2 * demoRoundMs;
/** A start this far ahead is not in the past when the server reads it. */
const startAheadMs = 2_000;

export interface DemoFacts {
  readonly nowMs: number;
  readonly sites: readonly Site[];
  readonly aircraft: readonly Aircraft[];
  readonly pilots: readonly Pilot[];
  /** Bookings of the demo's own organisation. */
  readonly bookings: readonly Booking[];
}

/**
 * The requests to make now, at most one a drone. A drone whose booking runs on for long enough, and
 * one whose aircraft or volume the site no longer has, gets none.
 */
export function neededBookings(facts: DemoFacts): BookingRequestInput[] {
  return demoFlights.flatMap(({ sysid, preparedVolumeId, padId, roundsAfterMs }) => {
    const aircraft = facts.aircraft.find((one) => one.sysid === sysid);
    const site = facts.sites.find(({ preparedVolumes }) =>
      preparedVolumes.some(({ id }) => id === preparedVolumeId),
    );
    const pilot = facts.pilots[0];
    if (!aircraft || !site || !pilot) return [];
    const window = nextWindow(facts, aircraft.id, roundsAfterMs);
    if (!window) return [];
    const request: BookingRequestInput = {
      siteId: site.id,
      title: `Demo flight ${aircraft.name}`,
      purpose: "training",
      ...window,
      volumes: [{ footprint: { kind: "prepared", volumeId: preparedVolumeId } }],
      aircraftIds: [aircraft.id],
      pilotIds: [pilot.id],
      contactPhone: pilot.phone,
      resourceIds: [padId],
    };
    return [request];
  });
}

function nextWindow(
  { nowMs, bookings }: DemoFacts,
  aircraftId: string,
  roundsAfterMs: number,
): { startMs: number; endMs: number } | undefined {
  const heldUntilMs = bookings
    .filter(({ aircraft, state }) => isHeld(state) && aircraft.some(({ id }) => id === aircraftId))
    .reduce((latest, { endMs }) => Math.max(latest, endMs), nowMs + startAheadMs);
  if (heldUntilMs - nowMs > renewBeforeEndMs) return undefined;
  const startMs = Math.ceil(heldUntilMs / 1000) * 1000;
  const sinceMs = (startMs - roundsAfterMs) % demoWindowMs;
  const boundaryMs = startMs - sinceMs + demoWindowMs;
  const endMs = boundaryMs - startMs < demoRoundMs ? boundaryMs + demoWindowMs : boundaryMs;
  return { startMs, endMs };
}

function isHeld(state: Booking["state"]): boolean {
  return ["accepted", "activated", "nonconforming", "contingent"].includes(state);
}
