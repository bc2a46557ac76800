// The live drone that a person names, with its booking and who holds authority over it: what the
// command, transfer and authority routers decide by. Who may not see the drone gets 404.
import type { Person } from "../../contract/wire/account.ts";
import type { Authority } from "../../contract/wire/authority.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { maySeeOrganisation } from "../accounts/permissions.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";
import {
  authorityRights,
  holderOf,
  type AuthorityAct,
  type AuthorityFacts,
  type AuthorityRights,
  type AuthorityState,
} from "../domain/flight/authority.ts";
import type { AuthorityRepository } from "../store/authority-repository.ts";
import { HttpProblem, notFound } from "./problem.ts";

export interface CommandedDronePorts {
  readonly vehicles: ReadonlyMap<number, VehicleStatus>;
  readonly findBooking: (id: string) => Promise<BookingRecord | undefined>;
  /** Who holds authority now, by the acts so far. */
  readonly authority: {
    acted(act: AuthorityAct): void;
    of(facts: AuthorityFacts, nowMs: number): AuthorityState | undefined;
  };
  readonly record: AuthorityRepository["record"];
  /** Pages that show the drone read its authority again. */
  readonly showAuthority: (organisationId: string | null, sessionId: string) => void;
  readonly nowMs: () => number;
}

/** The drone as one person finds it. */
export interface CommandedDrone {
  readonly status: VehicleStatus;
  readonly booking: BookingRecord | undefined;
  readonly facts: AuthorityFacts;
  readonly state: AuthorityState | undefined;
  readonly rights: AuthorityRights;
}

export async function findDrone(
  ports: CommandedDronePorts,
  sessionId: string,
  person: Person,
): Promise<CommandedDrone> {
  const status = [...ports.vehicles.values()].find((one) => one.sessionId === sessionId);
  if (status === undefined || !maySeeOrganisation(person, status.organisationId)) {
    return notFound("The drone");
  }
  const { bookingId } = status;
  const booking = bookingId === null ? undefined : await ports.findBooking(bookingId);
  const facts: AuthorityFacts = {
    sessionId,
    organisationId: status.organisationId,
    booking: booking && {
      id: booking.id,
      pilotIds: booking.pilots.map(({ id }) => id),
      pilotName: booking.pilots[0]?.name ?? null,
      siteMayCommand: booking.siteMayCommand,
    },
  };
  const state = ports.authority.of(facts, ports.nowMs());
  return { status, booking, facts, state, rights: authorityRights(state, facts, person) };
}

/** As it is told to the person it was found for. */
export function authorityOf({ status, booking, facts, state, rights }: CommandedDrone): Authority {
  const request = state?.request;
  return {
    sessionId: status.sessionId,
    vehicleName: status.name,
    bookingId: booking?.id ?? null,
    bookingTitle: booking?.title ?? null,
    contactPhone: booking?.contactPhone ?? null,
    pilotName: booking?.pilots[0]?.name ?? null,
    holder: holderOf(state, facts),
    sinceMs: state?.sinceMs ?? null,
    reason: state?.reason ?? null,
    request:
      request === undefined
        ? null
        : { userId: request.person.id, name: request.person.name, atMs: request.atMs },
    you: rights,
  };
}

/** Records what a person did about authority, and tells the pages. */
export async function actOnAuthority(
  ports: CommandedDronePorts,
  { status, facts }: CommandedDrone,
  act: Pick<AuthorityAct, "kind" | "person" | "byUserId" | "reason">,
): Promise<void> {
  const { sessionId, organisationId } = status;
  const bookingId = facts.booking?.id ?? null;
  const recorded = await ports.record({ ...act, sessionId, bookingId, atMs: ports.nowMs() });
  ports.authority.acted(recorded);
  ports.showAuthority(organisationId, sessionId);
}

/** The site takes authority over together with an order, and only where the order goes out. */
export interface TakeOver {
  readonly reason: string;
}

/**
 * Throws where the person may not command the drone now.
 *
 * @param takeOverReason The site gives one where it takes over with the order, and may.
 * @returns What the order brings with it; undefined where the person holds authority already.
 */
export function mayOrder(
  drone: CommandedDrone,
  takeOverReason: string | undefined,
): TakeOver | undefined {
  const { rights } = drone;
  if (rights.command === "yes") return undefined;
  if (rights.command === "callPilot") throw callPilot(drone.booking);
  if (takeOverReason === undefined || !rights.takeOver) throw notHolder(drone);
  return { reason: takeOverReason };
}

/** Ingest took the order: who gave it holds authority from now on. */
export async function takeOverWith(
  ports: CommandedDronePorts,
  drone: CommandedDrone,
  { id, name, role }: Person,
  takeOver: TakeOver | undefined,
): Promise<void> {
  if (takeOver === undefined) return;
  const person = { id, name, role };
  const { reason } = takeOver;
  await actOnAuthority(ports, drone, { kind: "tookOver", person, byUserId: id, reason });
}

function callPilot(booking: BookingRecord | undefined): HttpProblem {
  const title = "Call the pilot";
  const detail =
    booking === undefined
      ? "The site's people may command a drone only where its booking agrees; it has no booking."
      : `The booking "${booking.title}" does not let the site command its drones. ` +
        `Call the pilot: ${booking.pilots[0]?.name ?? "unnamed"}, ${booking.contactPhone}.`;
  return new HttpProblem({ status: 403, kind: "callPilot", title, detail });
}

export function notHolder({ state, facts }: CommandedDrone): HttpProblem {
  const holder = holderOf(state, facts);
  const who =
    holder.kind === "person"
      ? holder.name
      : holder.kind === "crew"
        ? "the crew of its booking"
        : "nobody";
  const title = "Somebody else holds authority";
  const detail = `Authority over this drone is with ${who}. Ask for it, or take over.`;
  return new HttpProblem({ status: 403, kind: "notHolder", title, detail });
}
