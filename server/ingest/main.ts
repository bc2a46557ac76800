// The ingest process: wires the telemetry flow to UDP, records, journal and the local pipe, and
// ends in order. Imported by server/main.ts when ROLE is ingest; it starts at import.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { makeId } from "../../contract/ids.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { createClock, type Clock } from "../clock.ts";
import { ingestSocketPath } from "../cluster/ingest-socket.ts";
import { listenLocalFeed } from "../cluster/local-feed-server.ts";
import type { LiveFeedPublisher } from "../cluster/live-feed.ts";
import { openRecordStore, recordsDirOf } from "../cluster/record-store.ts";
import { readConfig, type Config } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { createEncoder } from "../mavlink/encode.ts";
import { PastFlights } from "../telemetry/past-flights.ts";
import { TelemetryFlow } from "../telemetry-flow.ts";
import { createAskHandlers } from "./answer-asks.ts";
import { OpenOrdersFold, type OpenOrders } from "./commands-of-journal.ts";
import { FenceReading } from "./fence-reading.ts";
import { IngestStateFold, type IngestState } from "./ingest-state.ts";
import { openJournal, type Journal } from "./journal.ts";
import { openListeners, type Listeners, type Listening } from "./listeners.ts";
import { createLivePicture } from "./live-picture.ts";
import { mavlinkFrames } from "./mavlink-frames.ts";
import { createOrderDesks, type OrderDesks } from "./order-desks.ts";
import { createPlanKeeper } from "./plan-keeper.ts";
import { Recorder } from "./recorder.ts";
import { restatedEvents } from "./restate.ts";
import { mendRecords, resumeSessions } from "./resume-sessions.ts";
import { createSealer } from "./seal.ts";
import { createSignedSending } from "./signed-sending.ts";
import { openSigningDesk, type SigningDesk } from "./signing-desk.ts";
import { createSigningSetup, type SigningSetup } from "./signing-setup.ts";
import { createStreamRequests, type StreamRequests } from "./stream-requests.ts";
import { createTeller } from "./teller.ts";
import { createTrafficPicture } from "./traffic-picture.ts";

const tickEveryMs = 250;
const snapshotEveryMs = 50;
/** What ground stations call themselves unless told otherwise. */
const customStationSysid = 255;
/** MAV_COMP_ID_MISSIONPLANNER: a ground station. */
const ourCompid = 190;

/** Everything that keeps what was heard, and the flow that hears it. */
interface Watch {
  readonly flow: TelemetryFlow<FrameView>;
  readonly journal: Journal;
  readonly plans: ReturnType<typeof createPlanKeeper>;
  readonly signing: SigningDesk;
  /** Commands and transfers that the last run left open. */
  readonly openOrders: OpenOrders;
  readonly tell: (atMs: number, event: JournalEvent) => void;
  /** From now on this plan is judged by. */
  setPlan(plan: WatchPlan): void;
  tick(nowMs: number): void;
  /** All that is open to disk; nothing is sealed early. */
  close(): Promise<void>;
}

/** The journal, and what it tells of the time before. */
function readPast(recordsDir: string, node: string, feed: LiveFeedPublisher, log: Log) {
  const flights = new PastFlights();
  const state = new IngestStateFold();
  const orders = new OpenOrdersFold();
  const journal = openJournal(join(recordsDir, "journal.jsonl"), node, {
    log,
    makeEpoch: () => randomBytes(12).toString("hex"),
    onEntry: (entry) => {
      flights.follow(entry.atMs, entry.event);
      state.follow(entry);
      orders.follow(entry);
    },
    onTellable: () => feed.journal(),
  });
  return { journal, flights, state, orders };
}

async function openWatch(
  config: Config,
  feed: LiveFeedPublisher,
  clock: Clock,
  log: Log,
  heard: StreamRequests["heard"],
): Promise<Watch> {
  const { dataDir, node } = config;
  const recordsDir = recordsDirOf(dataDir);
  mkdirSync(recordsDir, { recursive: true, mode: 0o700 });
  const { journal, ...past } = readPast(recordsDir, node, feed, log);
  const recorder = new Recorder(dataDir, node, log);
  const records = openRecordStore(dataDir);
  const teller = createTeller(journal, log);
  const tell: Watch["tell"] = (atMs, event) => {
    past.flights.follow(atMs, event);
    teller.tell(atMs, event);
  };
  const sealer = createSealer({
    records,
    flush: (sessionId) => recorder.flush(sessionId),
    tell: (event) => tell(Math.floor(clock.nowMs()), event),
    log,
  });
  const plans = keepPlans(recordsDir, feed, log);
  const signing = openSigningDesk(config, recordsDir, log);
  const flow = new TelemetryFlow({
    frames: mavlinkFrames,
    stationSysids: new Set([config.mavlinkSysid, customStationSysid]),
    signatures: signing.gate,
    keepRefused: signing.keepRefused,
    openRecord: (identity) => recorder.open(identity),
    tell,
    pastFlight: (flightId) => past.flights.find(flightId),
    seal: (request) => sealer.seal(request),
    makeId: (kind) => makeId(kind, randomBytes(20)),
    heard,
    log,
  });
  const state = past.state.state(clock.nowMs());
  const setPlan = planSetter(signing, flow);
  setPlan(plans.load());
  for (const event of restatedEvents(state)) tell(Math.floor(clock.nowMs()), event);
  const resuming = { recorder, records, log };
  flow.resume(await resumeSessions(state.sessions, resuming), clock.nowUs(), state);
  await mendRecords(closedSessions(state), resuming);
  for (const request of state.unsealed) sealer.seal(request);
  return {
    flow,
    journal,
    plans,
    signing,
    openOrders: past.orders.open(),
    tell: (atMs, event) => teller.tell(atMs, event),
    setPlan,
    tick(nowMs) {
      signing.tick(nowMs);
      teller.tick();
      plans.tick();
      recorder.tick(nowMs);
      sealer.tick(nowMs);
    },
    async close() {
      await sealer.idle();
      await Promise.all([recorder.close(), signing.close()]);
      teller.close();
      journal.close();
    },
  };
}

function keepPlans(recordsDir: string, feed: LiveFeedPublisher, log: Log) {
  const onKept = (version: number): void => feed.planAcknowledged(version);
  return createPlanKeeper(join(recordsDir, "plan.json"), log, onKept);
}

function planSetter({ gate }: SigningDesk, flow: TelemetryFlow<FrameView>): Watch["setPlan"] {
  return (plan) => {
    gate.setPlan(plan);
    flow.setPlan(plan);
  };
}

/** Sessions that have ended and hold flights without a seal. */
function closedSessions({ sessions, unsealed }: IngestState): Set<string> {
  const open = new Set(sessions.map(({ identity }) => identity.sessionId));
  const ids = unsealed.map(({ sessionId }) => sessionId);
  return new Set(ids.filter((sessionId) => !open.has(sessionId)));
}

/** Everything that leaves by our sockets. */
interface Sending {
  readonly requests: StreamRequests;
  readonly setup: SigningSetup;
  readonly desks: OrderDesks;
  readonly fences: FenceReading;
}

function openSending(config: Config, watch: Watch, listeners: Listeners, clock: Clock): Sending {
  const { flow, signing, tell } = watch;
  const own = { sysid: config.mavlinkSysid, compid: ourCompid };
  const encoder = createEncoder(own);
  const { gate, ownStamps: stamps } = signing;
  const transmit = createSignedSending({
    gate,
    stamps,
    sessions: () => flow.sessions(),
    send: (bytes, to) => {
      listeners.send(bytes, to);
      flow.onSent(bytes, to, clock.nowUs());
    },
    nowMs: () => Math.floor(clock.nowMs()),
  });
  const setup = createSigningSetup({ flow, gate, encoder, stamps, transmit });
  const desks = createOrderDesks({
    sessions: () => flow.sessions(),
    plan: () => flow.plan,
    encoder,
    own,
    send: transmit,
    tell,
    orderUnanswered: (sessionId, isStanding, atMs) =>
      flow.orderUnanswered(sessionId, isStanding, atMs),
  });
  desks.resume(watch.openOrders, Math.floor(clock.nowMs()));
  const { missions } = desks;
  const watched = { sessions: () => flow.sessions(), plan: () => flow.plan };
  const fences = new FenceReading({ ...watched, missions });
  return { requests: createStreamRequests(encoder, transmit), setup, desks, fences };
}

/** The regular work. Returns what ends it. */
function startTimers(
  watch: Watch,
  feed: LiveFeedPublisher,
  listeners: Listeners,
  { requests, setup, desks, fences }: Sending,
  clock: Clock,
): () => void {
  const { flow } = watch;
  const picture = createLivePicture(flow, () => listeners.counters(), feed, desks.missions);
  const traffic = createTrafficPicture(flow, feed);
  const tick = setInterval(() => {
    const nowUs = clock.nowUs();
    const nowMs = Math.floor(nowUs / 1000);
    flow.onTick(nowUs);
    setup.tick(nowMs);
    desks.tick(nowMs);
    fences.tick(nowMs);
    requests.tick(flow.sessions(), nowMs);
    picture.sendStatus(nowMs);
    traffic.send(nowMs);
    watch.tick(nowMs);
  }, tickEveryMs);
  const snapshot = setInterval(() => picture.sendSnapshot(clock.nowMs()), snapshotEveryMs);
  return () => {
    clearInterval(tick);
    clearInterval(snapshot);
  };
}

function listen(config: Config, { flow }: Watch, clock: Clock, log: Log): Promise<Listening> {
  return openListeners(
    {
      udp: config.mavlinkUdp,
      tcpListen: config.mavlinkTcpListen,
      tcpConnect: config.mavlinkTcpConnect,
      receiveBufferBytes: config.receiveBufferBytes,
    },
    {
      onDatagram: (bytes, from) => flow.onDatagram(bytes, from, clock.nowUs()),
      onStream: (bytes, from) => flow.onStream(bytes, from, clock.nowUs()),
      onStreamEnd: (from) => flow.onStreamEnd(from, clock.nowUs()),
    },
    log,
  );
}

/** The watch goes before the web process and the rest of the machine, where we may say so. */
function goFirst(log: Log): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    log.debug("The system does not let this process go first.");
  }
}

function fail(reason: string): never {
  console.error(`skyrange: ${reason}`);
  process.exit(1);
}

/** What is there once it has started. */
interface Parts {
  watch?: Watch;
  listeners?: Listeners;
  sending?: Sending;
  stop?: () => void;
}

async function run(config: Config): Promise<void> {
  const log = createLog("ingest", config.logLevel);
  goFirst(log);
  const clock = createClock();
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const parts: Parts = {};

  // Held first: nothing else of DATA_DIR is touched before it is sure that nobody else does.
  const pipe = await listenLocalFeed({
    socketPath: ingestSocketPath(config.dataDir),
    hello: () => ({
      node: config.node,
      pid: process.pid,
      planVersion: parts.watch?.plans.keptVersion ?? 0,
      listeners: [...(parts.listeners?.names ?? [])],
    }),
    journal: () => parts.watch?.journal,
    onPlan: (plan) => {
      // Acknowledged once it is kept: what is shown as in force outlasts a restart.
      parts.watch?.setPlan(plan);
      void parts.watch?.plans.keep(parts.watch.flow.plan);
    },
    onStop: () => parts.stop?.(),
    asks: () => asks,
    log,
  });
  if (pipe.kind === "taken") fail(`another ingest works on DATA_DIR ${config.dataDir}.`);
  const watch = await openWatch(config, pipe.feed, clock, log, (session, frame, atMs) => {
    parts.sending?.requests.heard(session, frame, atMs);
    parts.sending?.desks.heard(session, frame, atMs);
  });
  parts.watch = watch;

  const listening = await listen(config, watch, clock, log);
  if (listening.kind === "failed") fail(listening.reason);
  const { listeners } = listening;
  parts.listeners = listeners;
  const sending = openSending(config, watch, listeners, clock);
  parts.sending = sending;
  const nowMs = (): number => Math.floor(clock.nowMs());
  const { setup, desks } = sending;
  const asks = createAskHandlers({ flow: watch.flow, signing: setup, desks, nowMs });
  const stopTimers = startTimers(watch, pipe.feed, listeners, sending, clock);
  pipe.accept();
  log.info("Watching.", { listeners: listeners.names, planVersion: watch.flow.plan.version });

  let ending: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopTimers();
    await listeners.close();
    await watch.close();
    await pipe.feed.close();
    log.info("Ended in order.");
    process.exit(0);
  };
  parts.stop = () => void (ending ??= stop());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, parts.stop);
}

const config = readConfig(process.env, process.argv);
if ("problems" in config) {
  for (const problem of config.problems) console.error(`skyrange: ${problem}`);
  process.exit(1);
}
await run(config);
