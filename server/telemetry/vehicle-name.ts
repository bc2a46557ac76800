// Who a vehicle is to people: name, aircraft and organisation, by its flight or the registry.
// Called by the alarms and flights of the telemetry flow and by the live picture.
import type { PlannedBooking, WatchPlan } from "../../contract/wire/watch-plan.ts";
import { bindFlight } from "../domain/flight/flight-binding.ts";
import type { VehicleSession } from "./vehicle-session.ts";

export interface VehicleName {
  /** Null for drones nobody registered. */
  readonly aircraftId: string | null;
  readonly name: string;
  readonly organisationId: string | null;
}

/** By its open flight; between flights by the booking it would fly on now, and by the registry. */
export function nameOf(session: VehicleSession, plan: WatchPlan): VehicleName {
  const { flight, sysid, lastFrameAtMs } = session;
  if (flight === undefined) {
    const { booking } = bindFlight(plan.bookings, sysid, lastFrameAtMs, () => []);
    return registeredName(session, plan, booking);
  }
  const { aircraftId, aircraftName: name, organisationId } = flight;
  return { aircraftId, name, organisationId };
}

interface SignedBy {
  /** The aircraft whose key signed its frames. */
  readonly signedBy?: string | undefined;
}

/**
 * The aircraft that a booking names for the sysid, else the one whose key signs, else the only
 * one registered with it. A sysid that several have names none of them, and a twin is nobody's.
 */
export function registeredName(
  { sysid, isTwin, signedBy }: Pick<VehicleSession, "sysid" | "isTwin"> & SignedBy,
  plan: WatchPlan,
  booking: PlannedBooking | undefined,
): VehicleName {
  const unknown = { aircraftId: null, name: `sysid ${sysid}`, organisationId: null };
  if (isTwin) return unknown;
  const booked = booking?.aircraft.find((one) => one.sysid === sysid);
  const ofSysid = plan.registry.filter((one) => one.sysid === sysid);
  const signer = ofSysid.filter((one) => one.aircraftId === signedBy);
  const registered =
    booked === undefined
      ? signer.length === 1
        ? signer
        : ofSysid
      : plan.registry.filter((one) => one.aircraftId === booked.aircraftId);
  const [aircraft, ...others] = registered;
  if (aircraft === undefined || others.length > 0) return unknown;
  const { aircraftId, name, organisationId } = aircraft;
  return { aircraftId, name, organisationId };
}
