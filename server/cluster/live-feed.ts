// The port between the ingest process and the web process, both directions: LiveFeed (ingest
// tells) and IngestControl (web sends the plan, and asks). One implementation by local socket in
// DATA_DIR; Redis joins many machines later. Neither side ever waits for the other.
import type { JournalEntry, JournalPosition } from "../../contract/wire/journal-event.ts";
import type { VehicleStatus, WireReport } from "../../contract/wire/live-status.ts";
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Log } from "../log.ts";
import type { AskIngest } from "./ingest-ask.ts";

/**
 * What ingest tells. Journal entries come in order without gaps; the rest may be dropped, newest
 * wins.
 */
export interface LiveFeedListener {
  /** The connection stands; entries after the number asked for follow. */
  onUp(hello: IngestHello): void;
  /** The connection is gone; it is tried again until `close`. */
  onDown(): void;
  onJournal(entry: JournalEntry): void;
  /** A packed snapshot (contract/wire/live-snapshot.ts) of every vehicle. */
  onSnapshot(bytes: Uint8Array): void;
  onStatus(changed: readonly VehicleStatus[], removedLiveIds: readonly number[]): void;
  onLinks(report: WireReport): void;
  /** Every aircraft and ship that drones hear: replaces what was told before. */
  onTraffic(contacts: readonly TrafficContact[]): void;
  /** Ingest judges by this plan from now on. */
  onPlanAcknowledged(version: number): void;
}

export interface IngestHello {
  readonly protocolVersion: number;
  readonly node: string;
  /** Process id, so that a supervisor can adopt or end a running ingest. */
  readonly pid: number;
  readonly planVersion: number;
  readonly lastJournalNumber: number;
  /** The journal as it is now open. */
  readonly journalEpoch: string;
  /** Entries after this number follow: less than asked for where the journal was cut short. */
  readonly journalAfter: number;
  /** Where it listens, as "127.0.0.1:14550". */
  readonly listeners: readonly string[];
}

/** The web process's end. */
export interface IngestControl {
  /** Sends the newest whole plan; kept and sent again after a reconnect. */
  sendPlan(plan: WatchPlan): void;
  /** Asks one thing of ingest; settles once, with its answer or with why there is none. */
  readonly ask: AskIngest;
  close(): void;
}

/** Connects and keeps connecting. `journalAfter` is asked at each connect, for the resume point. */
export type ConnectToIngest = (options: {
  socketPath: string;
  journalAfter: () => JournalPosition;
  listener: LiveFeedListener;
  log: Log;
}) => IngestControl;

/** The ingest process's end: publishes to every connected web process. */
export interface LiveFeedPublisher {
  /** More of the journal may be told; each web process gets it in its turn. */
  journal(): void;
  snapshot(bytes: Uint8Array): void;
  status(changed: readonly VehicleStatus[], removedLiveIds: readonly number[]): void;
  links(report: WireReport): void;
  traffic(contacts: readonly TrafficContact[]): void;
  /** This plan is judged by, and will be after a restart. */
  planAcknowledged(version: number): void;
  close(): Promise<void>;
}
