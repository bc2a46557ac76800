// The web process put together: database, bookings, live feed from ingest, pages and HTTP. Called
// by main.ts for ROLE=web; everything it starts it also stops, in order.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { makeId } from "../contract/ids.ts";
import type { AlarmCondition } from "../contract/wire/alarm.ts";
import { createApp } from "./app.ts";
import { createBookingService, type BookingService } from "./booking/booking-service.ts";
import { createClock } from "./clock.ts";
import { ingestSocketPath } from "./cluster/ingest-socket.ts";
import type { AskIngest } from "./cluster/ingest-ask.ts";
import { connectToIngest } from "./cluster/local-feed-client.ts";
import type { IngestControl } from "./cluster/live-feed.ts";
import type { Config } from "./config.ts";
import { defaultBookingSettings } from "./domain/booking/settings.ts";
import { dronesFlyingByBooking } from "./domain/flight/drones-flying.ts";
import { continueWithinMs } from "./domain/flight/flight-life.ts";
import { movedBookingId } from "./domain/flight/flight-record.ts";
import { createSessions, type Sessions } from "./http/sessions.ts";
import { createJournalFlow, type JournalFlow } from "./journal-flow.ts";
import { createLiveDesk, type LiveDesk } from "./live-desk.ts";
import type { Log } from "./log.ts";
import { createLogWorker, type LogWorker } from "./log-worker.ts";
import { createSecretBox } from "./secret-box.ts";
import { createPlanSender } from "./plan-sender.ts";
import {
  boardAlarmsMax,
  clearedShownMs,
  createAlarmBoard,
  unseenShownMs,
} from "./realtime/alarm-board.ts";
import { createAuthorityBoard } from "./realtime/authority-board.ts";
import { boardOrdersMax, createOrderBoard } from "./realtime/order-board.ts";
import { createFlightBoard, type FlightBoard } from "./realtime/flight-board.ts";
import { openRecordFiles } from "./record-files.ts";
import type { WebMessage } from "./supervisor.ts";
import { openWebStore, type WebStore } from "./web-store.ts";

export interface WebPorts {
  readonly log: Log;
  /** Folder of the checkout. */
  readonly root: string;
  readonly tellSupervisor: (message: WebMessage) => void;
}

export type WebStart =
  | { readonly kind: "running"; readonly web: { stop(): Promise<void> } }
  /** `reason` is one line for a person. */
  | { readonly kind: "failed"; readonly reason: string };

/** Bookings whose window is over are looked for this often. */
const sweepEveryMs = 5_000;
const askAgainAfterMs = 1_000;
const lastAnswersMsMax = 3_000;
const originOf = (url: string): string => new URL(url).host;

/** Opens everything, listens, and connects to ingest, which may come later. */
export async function startWeb(config: Config, ports: WebPorts): Promise<WebStart> {
  const { log, root } = ports;
  const clock = createClock();
  // Whole milliseconds, as everything that is kept or sent.
  const nowMs = (): number => Math.floor(clock.nowMs());
  const opening = await openWebStore(config, root, nowMs(), log);
  if (opening.kind === "failed") return opening;
  const { opened } = opening;
  const http = createServer();
  const parts = await wire(http, config, opened, nowMs, ports);
  // Everything that answers is in place before the first request can come.
  const refusal = await listen(http, config);
  if (refusal !== undefined) {
    await parts.desk.close();
    await opened.close();
    return { kind: "failed", reason: refusal };
  }
  const stop = join(http, config, opened, parts, ports);
  const url = listeningUrl(http, config);
  log.info("The web process listens.", { url });
  ports.tellSupervisor({ kind: "listening", url, port: (http.address() as AddressInfo).port });
  return { kind: "running", web: { stop } };
}

/** Undefined once it listens; else why it does not. */
function listen(http: Server, { httpHost, httpPort }: Config): Promise<string | undefined> {
  return new Promise((resolve) => {
    http.once("error", (error: NodeJS.ErrnoException) => {
      const where = `HTTP_HOST "${httpHost}", HTTP_PORT "${httpPort}"`;
      const why =
        error.code === "EADDRINUSE" ? "the port is in use; allowed: a free one" : error.message;
      resolve(`${where}: ${why} (--port N chooses another).`);
    });
    http.listen(httpPort, httpHost, () => resolve(undefined));
  });
}

function listeningUrl(http: Server, { httpHost }: Config): string {
  const { port } = http.address() as AddressInfo;
  const host = httpHost === "0.0.0.0" || httpHost === "::" ? "127.0.0.1" : httpHost;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Wires the parts on a server that does not listen yet. */
async function wire(
  http: Server,
  config: Config,
  opened: WebStore,
  nowMs: () => number,
  { log, root }: WebPorts,
): Promise<Parts> {
  const { store } = opened;
  const { flightBoard, board } = await airBoardsOf(opened, nowMs());
  const orders = await orderBoardsOf(opened);
  const dronesFlying = () => dronesFlyingByBooking(flightBoard.unsealed());
  const bookings = bookingServiceOf(opened, flightBoard, () => journal.isCaughtUp(), nowMs);
  const sessions = sessionsOf(config, opened, nowMs);
  // The socket takes its own address from whoever listened before it, and from nobody after.
  const answering: { app?: RequestListener } = {};
  http.on("request", (request, response) => answering.app?.(request, response));
  const desk = createLiveDesk(http, {
    log,
    nowMs,
    store,
    board,
    dronesFlying,
    ...orders,
    journalNumber: () => journal.after().number,
    personOf: (request) => sessions.personOfRequest(freshRequest(request)),
    publicHost: config.publicUrl === undefined ? undefined : originOf(config.publicUrl),
  });
  const asking: Parts["asking"] = { again: () => undefined, ask: unreachable };
  const journal = createJournalFlow(
    {
      log,
      ...journalStoreOf(opened),
      bookings,
      alarms: board,
      flights: flightBoard,
      ...orders,
      nowMs,
      wait: (delayMs) => wait(delayMs),
      showAlarm: desk.showAlarm,
      showFlight: desk.showFlight,
      showCommand: desk.showCommand,
      showTransfer: desk.showTransfer,
      askAgain: () => asking.again(),
      restartPages: desk.restartPages,
    },
    await opened.projection.cursor(config.node),
  );
  const logs = logsOf(config, opened);
  answering.app = createApp({
    config,
    root,
    log,
    nowMs,
    store,
    flights: opened.flights,
    alarms: opened.alarms,
    ordering: { ...opened, boards: orders, showAuthority: desk.showAuthority },
    sessions,
    bookings,
    board,
    ...desk,
    dronesFlying,
    ...logs,
    secrets: createSecretBox(opened.secret),
    askIngest: (ask) => asking.ask(ask),
  });
  return { bookings, flightBoard, desk, journal, asking, reader: logs.reader, nowMs };
}

/** Before there is a connection to ask on. */
const unreachable: AskIngest = () => Promise.resolve({ kind: "unreachable", wasSent: false });

/** Flights and alarms as they stand, from what the database has. */
async function airBoardsOf({ flights, alarms }: WebStore, nowMs: number) {
  const shown = await alarms.shownSince(
    { endedSinceMs: nowMs - clearedShownMs, unseenSinceMs: nowMs - unseenShownMs },
    boardAlarmsMax,
  );
  const flightBoard = createFlightBoard(await flights.unsealed());
  return { flightBoard, board: createAlarmBoard(shown.alarms, shown.acts) };
}

/** Commands, transfers and authority as they stand, from what the database has. */
async function orderBoardsOf({ commands, transfers, authority }: WebStore) {
  const all = { organisationId: undefined, sessionId: undefined, flightId: undefined };
  return {
    commands: createOrderBoard(await commands.list(all, undefined, boardOrdersMax)),
    transfers: createOrderBoard(await transfers.list(all, undefined, boardOrdersMax)),
    authority: createAuthorityBoard(await authority.ofOpenSessions()),
  };
}

/** More flights than one booking has. */
const flightsOfBookingMax = 500;

function journalStoreOf({ projection, flights }: WebStore) {
  const flightsOfBooking = (bookingId: string) => {
    const filter = { organisationId: undefined, siteId: undefined, bookingId };
    return flights.list(filter, undefined, flightsOfBookingMax);
  };
  return { projection, flightsOfBooking };
}

function bookingServiceOf(
  { store }: WebStore,
  flightBoard: FlightBoard,
  isKnown: () => boolean,
  nowMs: () => number,
): BookingService {
  return createBookingService({
    desk: store.desk,
    plan: store.plan,
    settings: defaultBookingSettings,
    nowMs,
    makeBookingId: () => makeId("booking", randomBytes(20)),
    inTheAir: () => ({ bookingIds: flyingBookingIds(flightBoard), isKnown: isKnown() }),
  });
}

function sessionsOf(
  { publicUrl }: Config,
  { store, secret }: WebStore,
  nowMs: () => number,
): Sessions {
  return createSessions({
    accounts: store.accounts,
    sessions: store.sessions,
    secret,
    secure: publicUrl?.startsWith("https:") ?? false,
    nowMs,
  });
}

/** Records, and what is read from them for people. */
function logsOf({ dataDir }: Config, { alarms }: WebStore) {
  const files = openRecordFiles(dataDir);
  return {
    replay: files,
    records: files,
    reader: createLogWorker(dataDir),
    alarmsOf: async (flightId: string): Promise<AlarmCondition[]> =>
      (await alarms.ofFlight(flightId)).map(({ condition }) => condition),
  };
}

interface Parts {
  readonly bookings: BookingService;
  readonly flightBoard: FlightBoard;
  readonly desk: LiveDesk;
  readonly journal: JournalFlow;
  /** Set once there is a connection to ask on. */
  readonly asking: { again: () => void; ask: AskIngest };
  readonly reader: LogWorker;
  readonly nowMs: () => number;
}

/** Joins the parts to ingest and to each other's changes, and sets the clockwork going. */
function join(
  http: Server,
  config: Config,
  opened: WebStore,
  parts: Parts,
  ports: WebPorts,
): () => Promise<void> {
  const { log } = ports;
  const { bookings, flightBoard, desk, journal, nowMs } = parts;
  const listener = desk.listener({
    onJournal: (entry) => journal.onEntry(entry),
    onHello: (hello) => {
      journal.onHello(hello);
      const { pid, listeners } = hello;
      ports.tellSupervisor({ kind: "ingestUp", pid, listeners: [...listeners] });
    },
  });
  const connect = (): IngestControl =>
    connectToIngest({
      socketPath: ingestSocketPath(config.dataDir),
      journalAfter: () => journal.after(),
      listener,
      log,
    });
  let control = connect();
  parts.asking.ask = (ask) => control.ask(ask);
  let again: NodeJS.Timeout | undefined;
  parts.asking.again = () => {
    again ??= setTimeout(() => {
      again = undefined;
      control.close();
      control = connect();
      plans.sendAgain();
    }, askAgainAfterMs);
  };
  const plans = createPlanSender({
    log,
    plan: bookings,
    send: (plan) => control.sendPlan(plan),
    onRead: desk.planRead,
  });
  bookings.onPlanChanged(() => void plans.check());
  bookings.onBookingChanged(desk.showBooking);
  const sweep = setInterval(() => {
    // Before that a flight that ingest watches may be unknown here, and its booking seem unused.
    if (!journal.isCaughtUp()) return;
    const flown = flownBookingIds(flightBoard, nowMs());
    bookings.endDueBookings(nowMs(), flown).catch((error: unknown) => {
      log.error("Bookings that are over could not be ended; tried again soon.", { error });
    });
  }, sweepEveryMs);
  void plans.check();
  parts.reader.warmUp();
  return async () => {
    clearInterval(sweep);
    clearTimeout(again);
    control.close();
    // What was asked before is still answered, downloads excepted.
    await Promise.race([desk.close(), wait(lastAnswersMsMax)]);
    http.closeAllConnections();
    await Promise.all([plans.stop(), journal.stop(), parts.reader.stop()]);
    await opened.close();
  };
}

function flyingBookingIds(flights: FlightBoard): ReadonlySet<string> {
  return flownBookingIds(flights, Infinity);
}

/** Bookings of drones that are armed, or landed so lately that arming again is the same flight. */
function flownBookingIds(flights: FlightBoard, nowMs: number): ReadonlySet<string> {
  const flown = flights.unsealed().filter(({ flight: { state, disarmedAtMs } }) => {
    return state === "flying" || nowMs - (disarmedAtMs ?? 0) < continueWithinMs;
  });
  return new Set(flown.map(movedBookingId).filter((id) => id !== undefined));
}

/** The session middleware keeps what it read in the request; a later look must read anew. */
function freshRequest(request: IncomingMessage): IncomingMessage {
  return Object.create(request) as IncomingMessage;
}
