// The live picture as a page holds it: immutable slices, each replaced when it changes, so that a
// component renders only for its own slice. Positions, ten times a second, are not among them.
import type { Alarm } from "../../../contract/wire/alarm.ts";
import type { Booking } from "../../../contract/wire/booking.ts";
import type { Command } from "../../../contract/wire/command.ts";
import type { Flight } from "../../../contract/wire/flight.ts";
import type { VehicleStatus } from "../../../contract/wire/live-status.ts";
import type { Transfer } from "../../../contract/wire/mission.ts";
import type { Picture, PictureHealth } from "../../../contract/wire/realtime.ts";
import type { Site } from "../../../contract/wire/site.ts";
import type { Zone } from "../../../contract/wire/zone.ts";
import { trafficAfter, type ToldContact } from "./live-traffic.ts";

export interface LiveState {
  readonly connection: "connecting" | "up" | "down";
  /** The server speaks another version than this page: it must be loaded anew. */
  readonly outdated: boolean;
  /** True once a whole picture has come. */
  readonly hasPicture: boolean;
  readonly sites: readonly Site[];
  readonly zones: readonly Zone[];
  /** By liveId. */
  readonly statuses: ReadonlyMap<number, VehicleStatus>;
  /** Aircraft and ships that drones hear, by key. */
  readonly traffic: ReadonlyMap<string, ToldContact>;
  readonly alarms: ReadonlyMap<string, Alarm>;
  readonly bookings: ReadonlyMap<string, Booking>;
  /** Flights that changed while the page was open; lists of flights come over HTTP. */
  readonly flights: ReadonlyMap<string, Flight>;
  /** Of the last minutes, and those that changed while the page was open. */
  readonly commands: ReadonlyMap<string, Command>;
  readonly transfers: ReadonlyMap<string, Transfer>;
  /** How often authority over a session's drone has changed while the page was open. */
  readonly authorityTurns: ReadonlyMap<string, number>;
  readonly health: PictureHealth | undefined;
  readonly trust: PictureTrust;
}

/** Whether what is shown may be acted on, and why not. */
export type PictureTrust = "trusted" | "connecting" | "noConnection" | "ingestDown" | "noSnapshot";

/** Without a snapshot for this long the picture is not trusted. */
export const snapshotSilenceMsMax = 2_000;

export const firstLiveState: LiveState = {
  connection: "connecting",
  outdated: false,
  hasPicture: false,
  sites: [],
  zones: [],
  statuses: new Map(),
  traffic: new Map(),
  alarms: new Map(),
  bookings: new Map(),
  flights: new Map(),
  commands: new Map(),
  transfers: new Map(),
  authorityTurns: new Map(),
  health: undefined,
  trust: "connecting",
};

/**
 * @param sinceSnapshotMs Since the last snapshot came, by the browser's monotonic clock; since the
 *   connection stood where none has come yet.
 */
export function pictureTrust(
  state: Pick<LiveState, "connection" | "hasPicture" | "health">,
  sinceSnapshotMs: number,
): PictureTrust {
  if (state.connection === "down") return "noConnection";
  if (state.connection === "connecting" || !state.hasPicture) return "connecting";
  if (state.health?.ingestConnected === false) return "ingestDown";
  return sinceSnapshotMs > snapshotSilenceMsMax ? "noSnapshot" : "trusted";
}

/**
 * Everything a picture holds replaces what was there: nothing is lost, nothing doubled.
 *
 * @param monotonicMs When it came.
 */
export function withPicture(state: LiveState, picture: Picture, monotonicMs: number): LiveState {
  return {
    ...state,
    hasPicture: true,
    sites: picture.sites,
    zones: picture.zones,
    statuses: new Map(picture.vehicles.map((status) => [status.liveId, status])),
    traffic: trafficAfter(new Map(), picture.traffic, [], monotonicMs),
    alarms: new Map(picture.alarms.map((alarm) => [alarm.condition.id, alarm])),
    bookings: new Map(picture.bookings.map((booking) => [booking.id, booking])),
    commands: new Map(picture.commands.map((command) => [command.id, command])),
    transfers: new Map(picture.transfers.map((transfer) => [transfer.id, transfer])),
    // What changed while the connection was down was not told: all is read again.
    authorityTurns: new Map([...state.authorityTurns].map(([id, turn]) => [id, turn + 1])),
    health: picture.health,
  };
}

export function withStatuses(
  state: LiveState,
  changed: readonly VehicleStatus[],
  removed: readonly number[],
): LiveState {
  const statuses = new Map(state.statuses);
  for (const status of changed) statuses.set(status.liveId, status);
  for (const liveId of removed) statuses.delete(liveId);
  return { ...state, statuses };
}

/** Newest wins: a message that is older than what is held changes nothing. */
export function withAlarm(state: LiveState, alarm: Alarm): LiveState {
  const held = state.alarms.get(alarm.condition.id);
  if (held !== undefined && !isNewer(alarm, held)) return state;
  return { ...state, alarms: new Map(state.alarms).set(alarm.condition.id, alarm) };
}

/** An alarm has two numbers, one for what happened in the air and one for what people did. */
function isNewer(alarm: Alarm, held: Alarm): boolean {
  return alarm.journalNumber > held.journalNumber || alarm.eventNumber > held.eventNumber;
}

export function withBooking(state: LiveState, booking: Booking): LiveState {
  const held = state.bookings.get(booking.id);
  if (held !== undefined && held.version > booking.version) return state;
  return { ...state, bookings: new Map(state.bookings).set(booking.id, booking) };
}

/** The highest revision is the command as it stands. */
export function withCommand(state: LiveState, command: Command): LiveState {
  const held = state.commands.get(command.id);
  if (held !== undefined && held.revision >= command.revision) return state;
  return { ...state, commands: withNewest(state.commands, command) };
}

export function withTransfer(state: LiveState, transfer: Transfer): LiveState {
  const held = state.transfers.get(transfer.id);
  if (held !== undefined && held.revision >= transfer.revision) return state;
  return { ...state, transfers: withNewest(state.transfers, transfer) };
}

/** Orders that a page keeps; the first that came leaves. */
const ordersMax = 200;

function withNewest<One extends { readonly id: string }>(
  orders: ReadonlyMap<string, One>,
  order: One,
): Map<string, One> {
  const next = new Map(orders).set(order.id, order);
  const [oldest] = next.keys();
  if (next.size > ordersMax && oldest !== undefined) next.delete(oldest);
  return next;
}

/** Authority over the drone of this session is to be read again. */
export function withAuthorityTurn(state: LiveState, sessionId: string): LiveState {
  const turn = (state.authorityTurns.get(sessionId) ?? 0) + 1;
  return { ...state, authorityTurns: new Map(state.authorityTurns).set(sessionId, turn) };
}

export function withFlight(state: LiveState, flight: Flight): LiveState {
  return { ...state, flights: new Map(state.flights).set(flight.id, flight) };
}
