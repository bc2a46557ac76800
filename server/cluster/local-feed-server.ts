// Ingest's end of the local pipe: serves every connected web process with the journal from the
// number it asks for, and with live states that are dropped for who is slow. Called by
// server/ingest/main.ts.
import { chmodSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { platform } from "node:os";
import { z } from "zod";
import { protocolVersion } from "../../contract/protocol-version.ts";
import type { JournalEntry, JournalPosition } from "../../contract/wire/journal-event.ts";
import {
  emptyWireReport,
  type VehicleStatus,
  type WireReport,
} from "../../contract/wire/live-status.ts";
import { watchPlanSchema, type WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Log } from "../log.ts";
import {
  askFrameSchema,
  waitingAsksMax,
  type AskHandlers,
  type AskKind,
  type AskOf,
  type ReplyFrame,
} from "./ingest-ask.ts";
import type { IngestHello, LiveFeedPublisher } from "./live-feed.ts";
import { createPipeReader, pipeFrame, pipeJson, pipeType } from "./pipe-frame.ts";
import { takeSocket } from "./take-socket.ts";

/** Web processes served at a time. */
const clientsMax = 8;
/** Bytes waiting for a client above which it gets no live states until they are gone. */
export const liveBacklogBytesMax = 1024 * 1024;
/** Bytes of journal handed to a client ahead of its reading. */
const journalBacklogBytesMax = 1024 * 1024;
/** A client that reads nothing for so long is cut; it comes back and resumes from its number. */
const stalledMsMax = 30_000;

/** The journal as it is read on from a number. */
export interface ReadableJournal {
  readonly epoch: string;
  readonly lastNumber: number;
  /** The last number up to which a reader's journal and this one are the same. */
  commonNumber(position: JournalPosition): number;
  /** Entries after a number in order, until their text exceeds `bytesMax`; one at least. */
  readAfter(number: number, bytesMax: number): JournalEntry[];
}

/** What the hello says of the journal, as it stands for the client that subscribes. */
type JournalFacts = "lastJournalNumber" | "journalEpoch" | "journalAfter";

export interface LocalFeedOptions {
  readonly socketPath: string;
  /** Told to each client as it stands at its connecting. */
  readonly hello: () => Omit<IngestHello, "protocolVersion" | JournalFacts>;
  /** Undefined until it is open, which is before clients are accepted. */
  readonly journal: () => ReadableJournal | undefined;
  /** Judges by it from now on, and acknowledges it by the feed once it is kept. */
  readonly onPlan: (plan: WatchPlan) => void;
  /** Ends in order: seals nothing early, flushes everything, exits. */
  readonly onStop: () => void;
  /** Clients are accepted only once there is who answers. */
  readonly asks: () => AskHandlers;
  readonly log: Log;
  readonly stalledMs?: number;
}

/**
 * Listening, and nobody else on this DATA_DIR does; clients wait until `accept`. Or another ingest
 * already serves it.
 */
export type LocalFeed =
  | { readonly kind: "listening"; readonly feed: LiveFeedPublisher; readonly accept: () => void }
  | { readonly kind: "taken" };

const subscribeSchema = z.object({
  protocolVersion: z.number(),
  after: z.strictObject({ epoch: z.string(), number: z.number().int().nonnegative() }),
});

/** Takes the socket, in place of a file that a dead ingest left. */
export async function listenLocalFeed(options: LocalFeedOptions): Promise<LocalFeed> {
  const clients = new Set<Client>();
  const statuses = new Map<number, VehicleStatus>();
  let wire = emptyWireReport;
  let early: Socket[] | undefined = [];
  const serve = (socket: Socket): void => {
    if (clients.size >= clientsMax) {
      socket.destroy();
      return;
    }
    const client = new Client(socket, options, () => pictureOf(statuses, wire));
    clients.add(client);
    socket.once("close", () => clients.delete(client));
  };
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    if (early === undefined) serve(socket);
    else if (early.length < clientsMax) early.push(socket);
    else socket.destroy();
  });
  if (!(await takeSocket(server, options.socketPath))) return { kind: "taken" };
  if (platform() !== "win32") chmodSync(options.socketPath, 0o600);

  const toAll = (frame: Buffer): void => {
    for (const client of clients) client.tellLive(frame);
  };
  const feed: LiveFeedPublisher = {
    journal: () => {
      for (const client of clients) client.pumpJournal();
    },
    snapshot: (bytes) => toAll(pipeFrame(pipeType.snapshot, bytes)),
    status: (changed, removed) => {
      for (const status of changed) statuses.set(status.liveId, status);
      for (const liveId of removed) statuses.delete(liveId);
      const frame = pipeJson(pipeType.status, { changed, removed });
      for (const client of clients) client.tellStatus(frame);
    },
    links: (report) => {
      wire = report;
      toAll(pipeJson(pipeType.links, report));
    },
    traffic: (contacts) => toAll(pipeJson(pipeType.traffic, contacts)),
    planAcknowledged: (version) => {
      const frame = pipeJson(pipeType.planAcknowledged, version);
      for (const client of clients) client.tell(frame);
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of clients) client.end();
      for (const socket of early ?? []) socket.destroy();
      await closed;
    },
  };
  const accept = (): void => {
    const waiting = early ?? [];
    early = undefined;
    for (const socket of waiting) serve(socket);
  };
  return { kind: "listening", feed, accept };
}

/** Everything a client needs that has missed what went before. */
function pictureOf(statuses: ReadonlyMap<number, VehicleStatus>, wire: WireReport): Buffer[] {
  const all = { changed: [...statuses.values()], removed: [] };
  return [pipeJson(pipeType.status, all), pipeJson(pipeType.links, wire)];
}

/** One web process. */
class Client {
  private readonly socket: Socket;
  private readonly options: LocalFeedOptions;
  private readonly picture: () => Buffer[];
  /** Number of the last entry handed over; undefined before it has subscribed. */
  private journalAfter: number | undefined;
  private hasMissedStatus = false;
  private unanswered = 0;

  constructor(socket: Socket, options: LocalFeedOptions, picture: () => Buffer[]) {
    this.socket = socket;
    this.options = options;
    this.picture = picture;
    const read = createPipeReader((type, payload) => this.hear(type, payload));
    socket.on("data", (piece) => {
      const isRead = this.guard("What a web process said was not understood; it is cut.", () => {
        return read(piece);
      });
      if (isRead === false) socket.destroy();
    });
    socket.on("drain", () => this.drained());
    // Nothing goes either way for so long though something waits: nobody reads it.
    socket.setTimeout(options.stalledMs ?? stalledMsMax, () => {
      if (socket.writableLength > 0) socket.destroy();
    });
  }

  tell(frame: Buffer): void {
    if (this.journalAfter !== undefined) this.socket.write(frame);
  }

  tellLive(frame: Buffer): void {
    if (this.socket.writableLength < liveBacklogBytesMax) this.tell(frame);
  }

  tellStatus(frame: Buffer): void {
    if (this.socket.writableLength < liveBacklogBytesMax) this.tell(frame);
    else this.hasMissedStatus = true;
  }

  /** Hands over the next entries. A journal that cannot be read cuts the client, nothing else. */
  pumpJournal(): void {
    this.guard("The journal could not be handed over; the web process is cut.", () =>
      this.handOver(),
    );
  }

  /** As the client reads: the journal itself is the queue. */
  private handOver(): void {
    const journal = this.options.journal();
    while (journal && this.journalAfter !== undefined) {
      if (this.journalAfter >= journal.lastNumber) return;
      if (this.socket.writableLength >= journalBacklogBytesMax) return;
      for (const entry of journal.readAfter(this.journalAfter, journalBacklogBytesMax)) {
        this.socket.write(pipeJson(pipeType.journal, entry));
        this.journalAfter = entry.number;
      }
    }
  }

  end(): void {
    this.socket.end();
    this.socket.destroySoon();
  }

  private drained(): void {
    this.pumpJournal();
    if (this.socket.destroyed) return;
    if (!this.hasMissedStatus) return;
    this.hasMissedStatus = false;
    for (const frame of this.picture()) this.tell(frame);
  }

  private hear(type: number, payload: Buffer): void {
    switch (type) {
      case pipeType.subscribe: {
        this.subscribe(subscribeSchema.parse(JSON.parse(payload.toString("utf8"))));
        return;
      }
      case pipeType.plan:
        this.options.onPlan(watchPlanSchema.parse(JSON.parse(payload.toString("utf8"))));
        return;
      case pipeType.stop: {
        this.options.onStop();
        return;
      }
      case pipeType.ask: {
        const { id, ask } = askFrameSchema.parse(JSON.parse(payload.toString("utf8")));
        void this.answer(id, ask.kind, ask);
        return;
      }
      default:
        throw new Error(`frame type ${type} is none that a web process sends`);
    }
  }

  private subscribe(asked: z.infer<typeof subscribeSchema>): void {
    if (asked.protocolVersion !== protocolVersion) {
      throw new Error(`protocol ${protocolVersion} expected, ${asked.protocolVersion} found`);
    }
    const journal = this.options.journal();
    if (journal === undefined) throw new Error("a client was served before the journal was open");
    const facts: Pick<IngestHello, JournalFacts> = {
      lastJournalNumber: journal.lastNumber,
      journalEpoch: journal.epoch,
      journalAfter: journal.commonNumber(asked.after),
    };
    const hello = { ...this.options.hello(), protocolVersion, ...facts };
    this.journalAfter = facts.journalAfter;
    this.tell(pipeJson(pipeType.hello, hello));
    for (const frame of this.picture()) this.tell(frame);
    this.pumpJournal();
  }

  /** Replies once, whatever becomes of the ask. */
  private async answer<K extends AskKind>(id: number, kind: K, ask: AskOf<K>): Promise<void> {
    const reply = (frame: ReplyFrame): void => this.tell(pipeJson(pipeType.reply, frame));
    if (this.unanswered >= waitingAsksMax) {
      reply({ kind: "busy", id });
      return;
    }
    this.unanswered += 1;
    try {
      const answer = await this.options.asks()[kind](ask);
      reply({ kind: "answered", id, answer });
    } catch (error) {
      this.options.log.error("What a web process asked could not be answered.", { kind, error });
      reply({ kind: "failed", id });
    } finally {
      this.unanswered -= 1;
    }
  }

  /** Does it, or says why it could not and cuts this client. */
  private guard<T>(complaint: string, step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      this.options.log.error(complaint, { error });
      this.socket.destroy();
      return undefined;
    }
  }
}
