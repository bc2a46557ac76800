// Who holds authority over a drone, and who may do what about it. Pure; asked by the command and
// authority routers with what is known of the drone, its booking and the acts so far.
import type { Person, Role } from "../../../contract/wire/account.ts";
import {
  authorityRequestValidMs,
  type AuthorityHolder,
  type CommandRight,
} from "../../../contract/wire/authority.ts";

/** What stands of the drone: whose it is and what its booking says. */
export interface AuthorityFacts {
  readonly sessionId: string;
  /** Null for a drone that nobody registered. */
  readonly organisationId: string | null;
  /** The booking it flies on, or would if it armed now. */
  readonly booking:
    | {
        readonly id: string;
        readonly pilotIds: readonly string[];
        readonly pilotName: string | null;
        readonly siteMayCommand: boolean;
      }
    | undefined;
}

type Commander = Pick<Person, "id" | "name" | "role" | "organisationId">;

/** One human act, with the number of its event. */
export interface AuthorityAct {
  readonly eventNumber: number;
  readonly sessionId: string;
  /** The booking at that time: a grant for one booking is none for the next. */
  readonly bookingId: string | null;
  readonly kind: "requested" | "granted" | "tookOver" | "gaveBack";
  /** Who asks, or who holds it from now on. */
  readonly person: { readonly id: string; readonly name: string; readonly role: Role };
  /** Who did it. */
  readonly byUserId: string;
  readonly reason: string;
  readonly atMs: number;
}

/** What the acts of one session come to. */
export interface AuthorityState {
  readonly eventNumber: number;
  readonly bookingId: string | null;
  readonly holder: AuthorityAct["person"] | undefined;
  readonly sinceMs: number | undefined;
  readonly reason: string | undefined;
  readonly request: { readonly person: AuthorityAct["person"]; readonly atMs: number } | undefined;
}

/** The state after one more act; older acts than the last change nothing. */
export function authorityAfter(
  before: AuthorityState | undefined,
  act: AuthorityAct,
): AuthorityState {
  const { eventNumber, bookingId, person, reason, atMs } = act;
  if (before !== undefined && before.eventNumber >= eventNumber) return before;
  // Of another booking nothing goes on.
  const same = before?.bookingId === bookingId ? before : undefined;
  const none = { holder: undefined, sinceMs: undefined, reason: undefined, request: undefined };
  const known = { ...none, ...same, eventNumber, bookingId };
  switch (act.kind) {
    case "requested":
      return { ...known, request: { person, atMs } };
    case "granted":
      return { ...known, holder: person, sinceMs: atMs, reason: undefined, request: undefined };
    case "tookOver":
      return { ...known, holder: person, sinceMs: atMs, reason, request: undefined };
    case "gaveBack":
      return { ...known, ...none };
  }
}

/** What of the state counts now: for this booking, and with a question that is still fresh. */
export function authorityNow(
  state: AuthorityState | undefined,
  facts: AuthorityFacts,
  nowMs: number,
): AuthorityState | undefined {
  if (state === undefined || state.bookingId !== (facts.booking?.id ?? null)) return undefined;
  const isFresh = nowMs - (state.request?.atMs ?? 0) < authorityRequestValidMs;
  return isFresh ? state : { ...state, request: undefined };
}

/** The one holder. */
export function holderOf(
  state: AuthorityState | undefined,
  { organisationId, booking }: AuthorityFacts,
): AuthorityHolder {
  if (state?.holder !== undefined) {
    const { id, name, role } = state.holder;
    return { kind: "person", userId: id, name, role };
  }
  if (organisationId === null) return { kind: "nobody" };
  return { kind: "crew", pilotName: booking?.pilotName ?? null };
}

/** What the person may do about the drone now. */
export interface AuthorityRights {
  readonly command: CommandRight;
  readonly request: boolean;
  readonly grant: boolean;
  readonly takeOver: boolean;
  readonly giveBack: boolean;
}

/**
 * The site's people (controllers and admins) command only where the booking agrees to it, whoever
 * gave them authority; they need no grant, but a reason. Everybody else asks the holder.
 */
export function authorityRights(
  state: AuthorityState | undefined,
  facts: AuthorityFacts,
  person: Commander,
): AuthorityRights {
  const holder = holderOf(state, facts);
  const isSite = isOfSite(person.role);
  const mayEver = isSite ? facts.booking?.siteMayCommand === true : isOfCrew(person, facts);
  const isHolder =
    holder.kind === "person"
      ? holder.userId === person.id
      : holder.kind === "crew" && isOfCrew(person, facts);
  const isAsked = state?.request !== undefined && state.request.person.id !== person.id;
  return {
    command: isSite && !mayEver ? "callPilot" : mayEver && isHolder ? "yes" : "notHolder",
    request: mayEver && !isHolder,
    grant: isHolder && isAsked,
    takeOver: isSite && mayEver && !isHolder,
    giveBack: isHolder && holder.kind === "person",
  };
}

function isOfSite(role: Role): boolean {
  return role === "controller" || role === "admin";
}

/** Operators of the drone's organisation; of its pilots those whom the booking names. */
function isOfCrew(person: Commander, { organisationId, booking }: AuthorityFacts): boolean {
  if (organisationId === null || person.organisationId !== organisationId) return false;
  if (person.role === "operator") return true;
  return person.role === "pilot" && booking?.pilotIds.includes(person.id) === true;
}
