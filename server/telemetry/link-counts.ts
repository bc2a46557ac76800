// What came over one link, in counts: by message, by sender with the gaps in its sequence numbers,
// and within the current second. Kept by links.ts.
import type { LinkRates } from "../domain/flight/link-flood.ts";
import { lateFrame, repeatedFrame, sequenceStep } from "../domain/flight/sequence-step.ts";
import type { HeardFrame } from "./ports.ts";

/** Messages counted by name on one link: more than any dialect has in use, fewer than all ids. */
const messagesMax = 400;
/** Senders (system and component) that are followed one by one on one link. */
const sendersMax = 512;
/** HEARTBEAT. */
const heartbeatMessageId = 0;

/** One component that is heard on the link. */
export interface SenderCount {
  readonly sysid: number;
  readonly compid: number;
  /** Last sequence number; undefined after a boot. */
  sequence: number | undefined;
  heardAtMs: number;
  received: number;
  /** Frames missing by number, less those that came late. */
  sequenceGaps: number;
  late: number;
  repeated: number;
  /** Within the current second. */
  recentFrames: number;
  recentHeartbeats: number;
}

/** The rates of the last second, and who sent most. */
export interface SecondOfLink {
  readonly rates: LinkRates;
  readonly busiest: SenderCount | undefined;
}

/** Counters of one link. */
export class LinkCounts {
  datagrams = 0;
  private readonly bySource = new Map<number, SenderCount>();
  private readonly messages = new Map<number, { readonly name: string; count: number }>();
  /** Frames of messages beyond `messagesMax`. */
  private otherMessages = 0;
  private recentEmpty = 0;

  /** A datagram is read; `frames` were found in it. */
  datagramRead(frames: number): void {
    this.datagrams += 1;
    if (frames === 0) this.recentEmpty += 1;
  }

  count(frame: HeardFrame, atMs: number): void {
    this.countSender(frame, atMs);
    const message = this.messages.get(frame.messageId);
    if (message !== undefined) message.count += 1;
    else if (this.messages.size < messagesMax) {
      const name = frame.definition?.name ?? `UNKNOWN_${frame.messageId}`;
      this.messages.set(frame.messageId, { name, count: 1 });
    } else this.otherMessages += 1;
  }

  private countSender({ sysid, compid, sequence, messageId }: HeardFrame, atMs: number): void {
    const source = (sysid << 8) | compid;
    let sender = this.bySource.get(source);
    if (sender === undefined) {
      if (this.bySource.size >= sendersMax) return;
      sender = newSender(sysid, compid, atMs);
      this.bySource.set(source, sender);
    }
    sender.received += 1;
    sender.recentFrames += 1;
    if (messageId === heartbeatMessageId) sender.recentHeartbeats += 1;
    const step =
      sender.sequence === undefined
        ? 0
        : sequenceStep(sender.sequence, sequence, atMs - sender.heardAtMs);
    sender.heardAtMs = atMs;
    if (step === repeatedFrame) sender.repeated += 1;
    else if (step === lateFrame) {
      sender.late += 1;
      if (sender.sequenceGaps > 0) sender.sequenceGaps -= 1;
    } else {
      sender.sequenceGaps += step;
      sender.sequence = sequence;
    }
  }

  /** It has booted: its numbers begin anew, which is no gap. */
  restart(sysid: number, compid: number): void {
    const sender = this.bySource.get((sysid << 8) | compid);
    if (sender !== undefined) sender.sequence = undefined;
  }

  /** What came since this was last asked; asked once a second. */
  takeSecond(): SecondOfLink {
    let busiest: SenderCount | undefined;
    let heartbeatsPerS = 0;
    for (const sender of this.bySource.values()) {
      if (sender.recentFrames > (busiest?.recentFrames ?? 0)) busiest = { ...sender };
      heartbeatsPerS = Math.max(heartbeatsPerS, sender.recentHeartbeats);
      sender.recentFrames = 0;
      sender.recentHeartbeats = 0;
    }
    const emptyDatagramsPerS = this.recentEmpty;
    this.recentEmpty = 0;
    const senderFramesPerS = busiest?.recentFrames ?? 0;
    return { rates: { heartbeatsPerS, senderFramesPerS, emptyDatagramsPerS }, busiest };
  }

  senders(): readonly SenderCount[] {
    return [...this.bySource.values()];
  }

  /** Frames by message name. */
  byMessage(): Record<string, number> {
    const counted = [...this.messages.values()].map(({ name, count }) => [name, count] as const);
    return {
      ...Object.fromEntries(counted),
      ...(this.otherMessages > 0 ? { UNKNOWN_OTHERS: this.otherMessages } : {}),
    };
  }
}

function newSender(sysid: number, compid: number, heardAtMs: number): SenderCount {
  return {
    sysid,
    compid,
    sequence: undefined,
    heardAtMs,
    received: 0,
    sequenceGaps: 0,
    late: 0,
    repeated: 0,
    recentFrames: 0,
    recentHeartbeats: 0,
  };
}
