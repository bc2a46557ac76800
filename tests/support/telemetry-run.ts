// Runs the telemetry flow on a recording's own stamps: records, journal and seals are kept in
// memory, and the tick comes every 250 ms of the recording's time.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { JournalEntry, JournalEvent } from "../../contract/wire/journal-event.ts";
import type { PlannedBooking, WatchPlan } from "../../contract/wire/watch-plan.ts";
import { mavlinkFrames } from "../../server/ingest/mavlink-frames.ts";
import type { FrameView } from "../../server/mavlink/frame-reader.ts";
import { tlogRecord, walkTlog } from "../../server/mavlink/tlog.ts";
import { TelemetryFlow } from "../../server/telemetry-flow.ts";
import { PastFlights } from "../../server/telemetry/past-flights.ts";
import type {
  LinkAddress,
  SealRequest,
  SessionRecord,
  SignatureJudge,
} from "../../server/telemetry/ports.ts";
import { flightPath, readFlight } from "./flights.ts";
import { readPcap } from "./pcap.ts";
import { createSilentLog } from "./silent-log.ts";
import { plannedBooking } from "./watch-plan.ts";

const tickUs = 250_000;
const stationSysid = 255;

/** One datagram as it reached the server. */
export interface HeardDatagram {
  readonly stampUs: number;
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** What the vehicles of a .pcap sent to the server, and when its first datagram was. */
export function heardInPcap(name: string): { datagrams: HeardDatagram[]; firstUs: number } {
  const all = readPcap(flightPath(name));
  const station = all[0]?.destinationPort;
  const datagrams = all
    .filter(({ sourcePort }) => sourcePort !== station)
    .map(({ stampUs, sourcePort, payload }) => ({ stampUs, port: sourcePort, bytes: payload }));
  return { datagrams, firstUs: all[0]?.stampUs ?? 0 };
}

/** The vehicle's frames of a .tlog, one a datagram, all from one port. */
export function heardInTlog(name: string): { datagrams: HeardDatagram[]; firstUs: number } {
  const datagrams: HeardDatagram[] = [];
  let firstUs: number | undefined;
  walkTlog(readFlight(name), ({ stampUs, frame }) => {
    firstUs ??= stampUs;
    if (frame.sysid === stationSysid) return;
    datagrams.push({ stampUs, port: 50_000, bytes: frame.bytes.slice(frame.start, frame.end) });
  });
  return { datagrams, firstUs: firstUs ?? 0 };
}

/** A flow with everything it did. */
export class TelemetryRun {
  readonly journal: JournalEntry[] = [];
  readonly records = new Map<string, Uint8Array[]>();
  readonly seals: SealRequest[] = [];
  readonly log = createSilentLog();
  readonly flow: TelemetryFlow<FrameView>;
  private nextTickUs = 0;
  private ids = 0;

  /** Frames that their signature spoke against. */
  readonly refused: Uint8Array[] = [];

  /** @param continued The journal goes on from there. */
  constructor(
    plan: WatchPlan,
    continued: readonly JournalEntry[] = [],
    signatures?: SignatureJudge<FrameView>,
  ) {
    this.journal.push(...continued);
    this.ids = continued.length * 100;
    const past = new PastFlights();
    for (const { atMs, event } of continued) past.follow(atMs, event);
    this.flow = new TelemetryFlow({
      frames: mavlinkFrames,
      stationSysids: new Set([245, 255]),
      ...(signatures === undefined ? {} : { signatures }),
      keepRefused: (_stampUs, frame) => void this.refused.push(frame.slice()),
      openRecord: ({ sessionId }) => this.record(sessionId),
      tell: (atMs, event) => {
        past.follow(atMs, event);
        this.journal.push({ node: "test", number: this.journal.length + 1, atMs, event });
      },
      pastFlight: (flightId) => past.find(flightId),
      seal: (request) => this.seals.push(request),
      makeId: (kind) => `${kind}_${this.ids++}`,
      log: this.log,
    });
    this.flow.setPlan(plan);
  }

  record(sessionId: string): SessionRecord {
    const written = this.records.get(sessionId) ?? [];
    this.records.set(sessionId, written);
    return {
      append: (stampUs, bytes, start, end) =>
        void written.push(tlogRecord(stampUs, bytes.slice(start, end))),
      bytes: () => written.reduce((sum, { length }) => sum + length, 0),
      close: () => undefined,
    };
  }

  /** Hears datagrams in order, ticking between them. */
  hear(datagrams: readonly HeardDatagram[]): void {
    for (const { stampUs, port, bytes } of datagrams) {
      this.tickUntil(stampUs);
      this.flow.onDatagram(bytes, link(port), stampUs);
    }
  }

  /** Lets time pass without a datagram. */
  tickUntil(nowUs: number): void {
    if (this.nextTickUs === 0) this.nextTickUs = nowUs;
    for (; this.nextTickUs <= nowUs; this.nextTickUs += tickUs) this.flow.onTick(this.nextTickUs);
  }

  events<Kind extends JournalEvent["kind"]>(
    kind: Kind,
  ): (Extract<JournalEvent, { kind: Kind }> & { atMs: number })[] {
    return this.journal.flatMap(({ atMs, event }) =>
      isKind(event, kind) ? { ...event, atMs } : [],
    );
  }

  /** Every condition of every alarm, as journalled. */
  alarms(): AlarmCondition[] {
    return this.events("alarmChanged").map(({ condition }) => condition);
  }

  /** Raisings, re-openings and returns as "kind state", in journal order; not what got worse. */
  alarmSteps(): string[] {
    const last = new Map<string, string>();
    return this.alarms().flatMap(({ id, kind, state, count }) => {
      const step = `${kind} ${state}`;
      const isRepeated = last.get(id) === `${step} ${count}`;
      last.set(id, `${step} ${count}`);
      return isRepeated ? [] : [step];
    });
  }
}

/** The link of a sender on this machine. */
export function link(port: number): LinkAddress {
  return { listener: "127.0.0.1:14550", address: "127.0.0.1", port };
}

function isKind<Kind extends JournalEvent["kind"]>(
  event: JournalEvent,
  kind: Kind,
): event is Extract<JournalEvent, { kind: Kind }> {
  return event.kind === kind;
}

/** Flight b's fence as its booking's footprint, 0 to 120 m above home, the 90 m limit lifted. */
export function fenceBooking(atMs: number): PlannedBooking {
  const fence = JSON.parse(readFileSync(flightPath("b_fence.fence.json"), "utf8")) as {
    inclusion_polygon: [number, number][];
  };
  const ring = fence.inclusion_polygon.map(([lat, lng]): [number, number] => [lng, lat]);
  const first = ring[0] ?? [0, 0];
  return plannedBooking(atMs, [1], {
    volumes: [
      {
        label: "Fence",
        footprint: {
          kind: "polygon",
          polygon: { type: "Polygon", coordinates: [[...ring, first]] },
        },
        band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 120 },
        envelope: { lowerAmslM: 3, upperAmslM: 123 },
      },
    ],
    permissions: [{ kind: "height", reference: "CAD-1", heightLimitAglM: 150 }],
  });
}

/** Valid frames of a record, without those with our own sysid, joined. */
export function framesOf(record: readonly Uint8Array[]): Buffer {
  const frames: Uint8Array[] = [];
  const tally = walkTlog(Buffer.concat(record), ({ frame }) =>
    frames.push(frame.bytes.slice(frame.start, frame.end)),
  );
  expect(tally.badSpans).toBe(0);
  return Buffer.concat(frames);
}

/** Seconds of a journalled time after the recording's first stamp. */
export function sinceStartS(run: { firstUs: number }, atMs: number): number {
  return atMs / 1000 - run.firstUs / 1e6;
}

/** The first standing condition of a kind. */
export function raisedOf(
  conditions: readonly AlarmCondition[],
  kind: string,
): AlarmCondition | undefined {
  return conditions.find((one) => one.kind === kind && one.state === "standing");
}
