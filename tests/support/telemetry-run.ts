// Runs the telemetry flow on a recording's own stamps: records, journal and seals are kept in
// memory, and the tick comes every 250 ms of the recording's time.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { JournalEntry, JournalEvent } from "../../contract/wire/journal-event.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { mavlinkFrames } from "../../server/ingest/mavlink-frames.ts";
import { tlogRecord, walkTlog } from "../../server/mavlink/tlog.ts";
import { createTelemetryFlow, type TelemetryFlow } from "../../server/telemetry-flow.ts";
import type { LinkAddress, SealRequest } from "../../server/telemetry-ports.ts";
import { flightPath, readFlight } from "./flights.ts";
import { readPcap } from "./pcap.ts";

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
  readonly flow: TelemetryFlow;
  private nextTickUs = 0;
  private ids = 0;

  /** @param continued The journal goes on from there. */
  constructor(plan: WatchPlan, continued: readonly JournalEntry[] = []) {
    this.journal.push(...continued);
    this.ids = continued.length * 100;
    this.flow = createTelemetryFlow({
      frames: mavlinkFrames,
      openRecord: ({ sessionId }) => this.record(sessionId),
      tell: (atMs, event) => {
        this.journal.push({ node: "test", number: this.journal.length + 1, atMs, event });
      },
      seal: (request) => this.seals.push(request),
      makeId: (kind) => `${kind}_${this.ids++}`,
    });
    this.flow.setPlan(plan, 0);
  }

  record(sessionId: string): ReturnType<Parameters<typeof createTelemetryFlow>[0]["openRecord"]> {
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

export function link(port: number): LinkAddress {
  return { listener: "127.0.0.1:14550", address: "127.0.0.1", port };
}

function isKind<Kind extends JournalEvent["kind"]>(
  event: JournalEvent,
  kind: Kind,
): event is Extract<JournalEvent, { kind: Kind }> {
  return event.kind === kind;
}
