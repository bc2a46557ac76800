// The web process's end of the local pipe: connects to ingest, keeps connecting, and asks at each
// connect for the journal from where it stands. Called by the web process's composition.
import { connect, type Socket } from "node:net";
import type { z } from "zod";
import { protocolVersion } from "../../contract/protocol-version.ts";
import { journalEntrySchema, type JournalPosition } from "../../contract/wire/journal-event.ts";
import { wireReportSchema } from "../../contract/wire/live-status.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Log } from "../log.ts";
import type { ConnectToIngest, IngestControl, LiveFeedListener } from "./live-feed.ts";
import { feedSchemas } from "./feed-schemas.ts";
import type { AskIngest } from "./ingest-ask.ts";
import { createPipeReader, pipeJson, pipeType } from "./pipe-frame.ts";
import { WaitingAsks } from "./waiting-asks.ts";

/**
 * Waits between tries: ingest starts in about a second. Twice as long each time while what it sends
 * cannot be taken, as that seldom mends itself.
 */
const retryMs = { first: 250, max: 30_000 };

/** Both ends are of one checkout, but a journal may be older than the code that reads it. */
export const connectToIngest: ConnectToIngest = ({ socketPath, journalAfter, listener, log }) => {
  return new LocalFeedClient(socketPath, journalAfter, listener, log);
};

class LocalFeedClient implements IngestControl {
  private readonly socketPath: string;
  private readonly journalAfter: () => JournalPosition;
  private readonly listener: LiveFeedListener;
  private readonly log: Log;
  /** Types of frames of which one was dropped; told once each. */
  private readonly dropped = new Set<number>();
  private readonly asks = new WaitingAsks();
  /** Connections cut in a row because something that may not be missed could not be taken. */
  private refusals = 0;
  private socket: Socket | undefined;
  private retry: NodeJS.Timeout | undefined;
  private plan: WatchPlan | undefined;
  private isUp = false;
  private isClosed = false;

  constructor(
    socketPath: string,
    journalAfter: () => JournalPosition,
    listener: LiveFeedListener,
    log: Log,
  ) {
    this.socketPath = socketPath;
    this.journalAfter = journalAfter;
    this.listener = listener;
    this.log = log;
    this.open();
  }

  sendPlan(plan: WatchPlan): void {
    this.plan = plan;
    if (this.isUp) this.socket?.write(pipeJson(pipeType.plan, plan));
  }

  readonly ask: AskIngest = (ask) => {
    const socket = this.isUp ? this.socket : undefined;
    return this.asks.ask(
      ask,
      socket && ((frame) => void socket.write(pipeJson(pipeType.ask, frame))),
    );
  };

  close(): void {
    this.isClosed = true;
    this.isUp = false;
    clearTimeout(this.retry);
    this.asks.cut();
    this.socket?.destroy();
  }

  private open(): void {
    const socket = connect(this.socketPath);
    this.socket = socket;
    const read = createPipeReader((type, payload) => {
      // What follows in the same piece after a cut would leave a gap.
      if (!socket.destroyed) this.take(socket, type, payload);
    });
    socket.on("connect", () => {
      const after = this.journalAfter();
      socket.write(pipeJson(pipeType.subscribe, { protocolVersion, after }));
    });
    socket.on("data", (piece) => {
      if (this.isClosed) return;
      if (!read(piece)) socket.destroy(new Error("what ingest sent was not understood"));
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.down());
  }

  private down(): void {
    const wasUp = this.isUp;
    this.isUp = false;
    this.asks.cut();
    if (this.isClosed) return;
    const waitMs = Math.min(retryMs.first * 2 ** this.refusals, retryMs.max);
    this.retry = setTimeout(() => this.open(), waitMs);
    if (wasUp) this.listener.onDown();
  }

  /** A frame that cannot be taken must not end the process: live ones are dropped, others asked. */
  private take(socket: Socket, type: number, payload: Buffer): void {
    try {
      this.hear(type, payload);
      if (type === pipeType.journal) this.refusals = 0;
    } catch (error) {
      if (type === pipeType.journal || type === pipeType.hello) {
        this.refusals += 1;
        const facts = { type, refusals: this.refusals, error };
        this.log.error("What ingest sent could not be taken; it is asked again later.", facts);
        socket.destroy();
      } else if (!this.dropped.has(type)) {
        this.dropped.add(type);
        this.log.error("What ingest sent could not be taken and is left out.", { type, error });
      }
    }
  }

  private hear(type: number, payload: Buffer): void {
    const { listener } = this;
    switch (type) {
      case pipeType.hello: {
        const hello = parse(feedSchemas.hello, payload);
        this.isUp = true;
        listener.onUp(hello);
        if (this.plan !== undefined) this.sendPlan(this.plan);
        return;
      }
      case pipeType.journal: {
        listener.onJournal(parse(journalEntrySchema, payload));
        return;
      }
      case pipeType.snapshot: {
        listener.onSnapshot(payload);
        return;
      }
      case pipeType.status: {
        const { changed, removed } = parse(feedSchemas.status, payload);
        listener.onStatus(changed, removed);
        return;
      }
      case pipeType.links: {
        listener.onLinks(parse(wireReportSchema, payload));
        return;
      }
      case pipeType.traffic: {
        listener.onTraffic(parse(feedSchemas.traffic, payload));
        return;
      }
      case pipeType.planAcknowledged: {
        listener.onPlanAcknowledged(parse(feedSchemas.version, payload));
        return;
      }
      case pipeType.reply: {
        this.asks.hear(JSON.parse(payload.toString("utf8")));
        return;
      }
      default:
        throw new Error(`frame type ${type} is none that ingest sends`);
    }
  }
}

function parse<T>(schema: z.ZodType<T>, payload: Buffer): T {
  return schema.parse(JSON.parse(payload.toString("utf8")));
}
