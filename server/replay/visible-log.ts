// A flight's log as people of its organisation may have it: the sealed bytes themselves, or, where
// another company's drone shared the link, those without its frames. Called by http/flights.ts.
import type { FlightRecord } from "../domain/flight/flight-record.ts";
import {
  chooseFrames,
  isOfOrganisation,
  type FrameChoice,
  type LinkSender,
  type OtherFlight,
  type RegisteredSysid,
} from "../domain/flight/log-visibility.ts";
import { logSpan, type ByteRange } from "../domain/flight/record-range.ts";
import type { FilteredLayout } from "../logs/filter-frames.ts";
import type { LogReader } from "./log-reader.ts";

/** Logs of which it is remembered what is hidden; sealed ones only, since they do not change. */
const rememberedMax = 64;

export interface VisibleLogPorts {
  readonly reader: Pick<LogReader, "senders" | "layOut" | "block">;
  /** Flights of a system armed before a time, newest first; enough to hold those of one log. */
  readonly flightsOfSysid: (sysid: number, beforeMs: number) => Promise<readonly OtherFlight[]>;
  readonly registered: () => Promise<readonly RegisteredSysid[]>;
  /** System id of the server. */
  readonly ourSysid: number;
}

export type VisibleLog =
  | { readonly kind: "whole" }
  | {
      readonly kind: "filtered";
      readonly choice: FrameChoice;
      readonly bytes: number;
      /** The bytes [from, to) of the filtered log. */
      readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>;
    };

/** @returns What people of the flight's organisation get of the range. */
export function createVisibleLogs(
  ports: VisibleLogPorts,
): (record: FlightRecord, range: ByteRange) => Promise<VisibleLog> {
  const { reader } = ports;
  const senders = remembering<LinkSender[]>();
  const layouts = remembering<FilteredLayout>();

  return async (record, range) => {
    const { flight } = record;
    const { sessionId } = flight;
    const key = flight.state === "sealed" ? flight.id : undefined;
    const heard = await senders(key, () => reader.senders(sessionId, range));
    const choice = await choiceOf(ports, record, heard);
    if (choice.hidden.length === 0) return { kind: "whole" };
    const layoutKey = key && `${key} ${choice.hidden.join(",")} ${choice.own.join(",")}`;
    const layout = await layouts(layoutKey, () => reader.layOut(sessionId, range, choice));
    const read = (from: number, to: number): AsyncIterable<Uint8Array> =>
      partOf(layout, from, to, (block) => reader.block(sessionId, block, choice));
    return { kind: "filtered", choice, bytes: layout.keptBytes.at(-1) ?? 0, read };
  };
}

async function choiceOf(
  { flightsOfSysid, registered, ourSysid }: VisibleLogPorts,
  { flight }: FlightRecord,
  senders: readonly LinkSender[],
): Promise<FrameChoice> {
  const { organisationId, sysid: ownSysid } = flight;
  const { fromUs, toUs } = logSpan(flight.armedAtMs, flight.disarmedAtMs);
  const span = { fromMs: fromUs / 1000, toMs: toUs / 1000 };
  const friends = new Set<number>();
  const others = senders.filter(({ sysid, isVehicle }) => isVehicle && sysid !== ownSysid);
  const registry = others.length === 0 ? [] : await registered();
  for (const { sysid } of others) {
    const flights = await flightsOfSysid(sysid, span.toMs);
    const registrations = registry.filter((one) => one.sysid === sysid);
    if (organisationId === null) continue;
    if (isOfOrganisation(organisationId, span, flights, registrations)) friends.add(sysid);
  }
  return chooseFrames(senders, { ownSysid, ourSysid, friends });
}

/** Reads block by block what lies in [from, to) of the filtered log. */
async function* partOf(
  { sourceBytes, keptBytes }: FilteredLayout,
  from: number,
  to: number,
  readBlock: (source: ByteRange) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const [at, fromByte] of sourceBytes.entries()) {
    const toByte = sourceBytes[at + 1];
    const start = keptBytes[at] ?? 0;
    const end = keptBytes[at + 1] ?? start;
    if (toByte === undefined || start >= to) return;
    if (end <= from || end === start) continue;
    const block = await readBlock({ fromByte, toByte });
    yield block.subarray(Math.max(0, from - start), Math.min(block.length, to - start));
  }
}

/** Asks once for what has a key; the oldest is forgotten first. */
function remembering<Value>(): (
  key: string | undefined,
  ask: () => Promise<Value>,
) => Promise<Value> {
  const known = new Map<string, Value>();
  return async (key, ask) => {
    const found = key === undefined ? undefined : known.get(key);
    if (found !== undefined) return found;
    const value = await ask();
    if (key === undefined) return value;
    const [oldest] = known.keys();
    if (known.size >= rememberedMax && oldest !== undefined) known.delete(oldest);
    known.set(key, value);
    return value;
  };
}
