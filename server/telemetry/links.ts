// The links of the telemetry flow: one for each (listener, address, port). A link counts what comes
// over it and hands every valid frame to the record of each session heard on it.
import type { LinkCounters } from "../../contract/wire/live-status.ts";
import type { FrameTally } from "../domain/flight/frame-tally.ts";
import { linkState } from "../domain/flight/link-health.ts";
import { LinkCounts } from "./link-counts.ts";
import type { FrameStream, LinkAddress, SessionRecord, SignatureRefusal } from "./ports.ts";

/** Frames kept of a link on which no vehicle has been heard yet. */
export const heldBytesMax = 64 * 1024;
/** Links known at a time; a new one takes the place of the oldest without a vehicle. */
export const linksMax = 1_024;
/** A link that carries no session is forgotten after this silence. */
const idleLinkMs = 10 * 60_000;

interface HeldFrame {
  readonly stampUs: number;
  readonly bytes: Uint8Array;
}

/** One way by which datagrams come. */
export class Link {
  readonly address: LinkAddress;
  readonly tally: FrameTally;
  readonly counts = new LinkCounts();
  /** Of a link that is a stream; undefined between two connections. */
  stream: FrameStream | undefined;
  /** Times a vehicle here said that it boots again, too soon to be followed. */
  rebootsRefused = 0;
  /** Positions that no drone can have, from any sender here. */
  positionsRefused = 0;
  lastHeardAtMs = 0;
  private readonly records = new Set<SessionRecord>();
  /** Valid frames that their signature, or its lack, spoke against. */
  private readonly refused = new Map<SignatureRefusal, number>();
  /** Undefined once they are too many to be of use to a vehicle heard later. */
  private held: HeldFrame[] | undefined = [];
  private heldBytes = 0;

  constructor(address: LinkAddress, tally: FrameTally) {
    this.address = address;
    this.tally = tally;
  }

  get remote(): string {
    return `${this.address.address}:${this.address.port}`;
  }

  /** A refused frame is counted by its cause and by nothing else. */
  refuse(why: SignatureRefusal): void {
    this.refused.set(why, (this.refused.get(why) ?? 0) + 1);
  }

  /** Appends a frame to every session heard here; holds it for one that may still be heard. */
  record(stampUs: number, bytes: Uint8Array, start: number, end: number): void {
    for (const record of this.records) record.append(stampUs, bytes, start, end);
    if (this.held !== undefined) this.hold(stampUs, bytes.slice(start, end));
  }

  private hold(stampUs: number, bytes: Uint8Array): void {
    if (this.held === undefined) return;
    this.held.push({ stampUs, bytes });
    this.heldBytes += bytes.length;
    while (this.heldBytes > heldBytesMax) {
      // What a session has already is not kept for the next one beyond the limit.
      if (this.records.size > 0) {
        this.dropHeld();
        return;
      }
      this.heldBytes -= this.held.shift()?.bytes.length ?? 0;
    }
  }

  /** Receipt of the first frame that a session heard from now on will have, microseconds. */
  firstStampUs(otherwiseUs: number): number {
    return this.held?.[0]?.stampUs ?? otherwiseUs;
  }

  /** A session is heard here: it gets what was held, and every frame from now on. */
  join(record: SessionRecord): void {
    for (const { stampUs, bytes } of this.held ?? []) {
      record.append(stampUs, bytes, 0, bytes.length);
    }
    this.records.add(record);
  }

  /** Frames of a session that has ended belong to no later one. */
  dropHeld(): void {
    this.held = undefined;
    this.heldBytes = 0;
  }

  leave(record: SessionRecord): void {
    if (!this.records.delete(record) || this.records.size > 0) return;
    this.held = [];
    this.heldBytes = 0;
  }

  get isIdle(): boolean {
    return this.records.size === 0;
  }

  counters(nowMs: number): LinkCounters {
    const senders = this.counts.senders();
    const silentMs = Math.max(0, Math.floor(nowMs - this.lastHeardAtMs));
    return {
      listener: this.address.listener,
      remote: this.remote,
      state: linkState(silentMs),
      silentMs,
      sysids: [...new Set(senders.map(({ sysid }) => sysid))].sort((a, b) => a - b),
      received: this.counts.datagrams,
      decoded: this.tally.frames - [...this.refused.values()].reduce((sum, one) => sum + one, 0),
      dropped: { ...this.tally.dropped, ...Object.fromEntries(this.refused) },
      sequenceGaps: senders.reduce((sum, { sequenceGaps }) => sum + sequenceGaps, 0),
      components: senders.map(({ sysid, compid, received, sequenceGaps, late, repeated }) => {
        return { sysid, compid, received, sequenceGaps, late, repeated };
      }),
      rebootsRefused: this.rebootsRefused,
      positionsRefused: this.positionsRefused,
      messages: this.counts.byMessage(),
    };
  }
}

type PortMap = Map<number, Link>;

/** All links, newest addresses included, never more than `linksMax`. */
export class LinkBook {
  private readonly links = new Map<string, Map<string, PortMap>>();
  /** All of them, first come first. */
  private readonly known = new Set<Link>();
  /** Links made at each listener since they were last asked for. */
  private readonly made = new Map<string, number>();
  private readonly emptyTally: () => FrameTally;

  constructor(emptyTally: () => FrameTally) {
    this.emptyTally = emptyTally;
  }

  /** The link of an address; undefined where there are too many that all carry sessions. */
  linkOf(address: LinkAddress): Link | undefined {
    return this.find(address) ?? this.add(address);
  }

  find({ listener, address, port }: LinkAddress): Link | undefined {
    return this.links.get(listener)?.get(address)?.get(port);
  }

  private add(address: LinkAddress): Link | undefined {
    if (this.known.size >= linksMax && !this.forgetOldestIdle()) return undefined;
    const link = new Link(address, this.emptyTally());
    const byAddress = getOrAdd(this.links, address.listener, () => new Map<string, PortMap>());
    getOrAdd(byAddress, address.address, (): PortMap => new Map()).set(address.port, link);
    this.known.add(link);
    this.made.set(address.listener, (this.made.get(address.listener) ?? 0) + 1);
    return link;
  }

  /** Links made at each listener since this was last asked. */
  takeMade(): ReadonlyMap<string, number> {
    const made = new Map(this.made);
    this.made.clear();
    return made;
  }

  all(): Iterable<Link> {
    return this.known;
  }

  forgetIdle(nowMs: number): void {
    for (const link of this.known) {
      if (link.isIdle && nowMs - link.lastHeardAtMs > idleLinkMs) this.forget(link);
    }
  }

  /** By age, not by silence: cheap, so that a flood of made-up addresses costs little. */
  private forgetOldestIdle(): boolean {
    for (const link of this.known) {
      if (!link.isIdle) continue;
      this.forget(link);
      return true;
    }
    return false;
  }

  private forget(link: Link): void {
    const { listener, address, port } = link.address;
    const byPort = this.links.get(listener)?.get(address);
    byPort?.delete(port);
    if (byPort?.size === 0) this.links.get(listener)?.delete(address);
    this.known.delete(link);
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
