// Who a vehicle is to people: name, aircraft and organisation, by its flight or the registry.
// Called by the alarms and flights of the telemetry flow and by the live picture.
import type { PlannedBooking, WatchPlan } from "../../contract/wire/watch-plan.ts";
import {
  isOtherAutopilot,
  matchAircraft,
  type StatedIdentity,
} from "../domain/flight/aircraft-identity.ts";
import { bindFlight } from "../domain/flight/flight-binding.ts";
import type { VehicleSession } from "./vehicle-session.ts";

export interface VehicleName {
  /** Null for drones nobody registered. */
  readonly aircraftId: string | null;
  /** Empty where nobody registered it: pages word that in the reader's language. */
  readonly name: string;
  readonly organisationId: string | null;
}

/** By its open flight; between flights by the booking it would fly on now, and by the registry. */
export function nameOf(session: VehicleSession, plan: WatchPlan): VehicleName {
  const { flight, sysid, lastFrameAtMs } = session;
  if (flight === undefined) {
    const bookings = bookingsOf(session, plan);
    const { booking } = bindFlight(bookings, sysid, lastFrameAtMs, () => []);
    return registeredName(session, plan, booking);
  }
  if (isWrongAutopilot(session, plan)) return unknownName;
  const { aircraftId, aircraftName: name, organisationId } = flight;
  return { aircraftId, name, organisationId };
}

interface SignedBy {
  /** The aircraft whose key signed its frames. */
  readonly signedBy?: string | undefined;
}

type Heard = Pick<VehicleSession, "sysid" | "isTwin"> &
  SignedBy & { readonly track: Pick<VehicleSession["track"], "autopilotUid"> };

/**
 * The aircraft that a booking names for the sysid, else the one whose key signs, else the only one
 * registered with it. A sysid that several aircraft have names none of them, unless the autopilot's
 * own id tells them apart; a twin is nobody's, nor is a drone with another autopilot than its own.
 */
export function registeredName(
  session: Heard,
  plan: WatchPlan,
  booking: PlannedBooking | undefined,
): VehicleName {
  if (session.isTwin) return unknownName;
  const booked = booking?.aircraft.find((one) => one.sysid === session.sysid);
  const ofSysid = plan.registry.filter((one) => one.sysid === session.sysid);
  const signers = ofSysid.filter((one) => one.aircraftId === session.signedBy);
  const candidates =
    booked === undefined
      ? signers.length === 1
        ? signers
        : ofSysid
      : plan.registry.filter((one) => one.aircraftId === booked.aircraftId);
  const match = matchAircraft(candidates, statedBy(session));
  if (match.kind === "wrongAutopilot") return unknownName;
  if (match.kind === "unknown") {
    return { ...unknownName, organisationId: onlyOrganisationOf(candidates) };
  }
  const { aircraftId, name, organisationId } = match.aircraft;
  return { aircraftId, name, organisationId };
}

/** Whichever of several aircraft it is, it is theirs where all are one organisation's. */
function onlyOrganisationOf(candidates: WatchPlan["registry"]): string | null {
  const owners = new Set(candidates.map(({ organisationId }) => organisationId));
  const [owner] = owners;
  return owners.size === 1 ? (owner ?? null) : null;
}

/** True for a drone with a registered sysid whose autopilot is none of those registered with it. */
export function isWrongAutopilot(session: Heard, plan: WatchPlan): boolean {
  if (session.isTwin || session.track.autopilotUid === undefined) return false;
  const candidates = plan.registry.filter((one) => one.sysid === session.sysid);
  return matchAircraft(candidates, statedBy(session)).kind === "wrongAutopilot";
}

/** The bookings that may be this drone's: none that names an aircraft with another autopilot. */
export function bookingsOf(session: Heard, plan: WatchPlan): readonly PlannedBooking[] {
  if (session.isTwin) return [];
  const stated = statedBy(session);
  const others = plan.registry.filter((one) => isOtherAutopilot(one, stated));
  if (others.length === 0) return plan.bookings;
  const otherIds = new Set(others.map(({ aircraftId }) => aircraftId));
  return plan.bookings.filter(
    ({ aircraft }) =>
      !aircraft.some(
        ({ aircraftId, sysid }) => sysid === session.sysid && otherIds.has(aircraftId),
      ),
  );
}

function statedBy({ sysid, track }: Heard): StatedIdentity {
  return { sysid, autopilotUid: track.autopilotUid };
}

const unknownName: VehicleName = { aircraftId: null, name: "", organisationId: null };
