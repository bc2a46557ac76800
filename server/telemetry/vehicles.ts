// Whose frame it is: step 3 of the telemetry flow. Opens a session at the first heartbeat of an
// autopilot, follows the vehicle to a new address, tells a reboot and a twin from it.
import type { SessionEnd } from "../../contract/wire/flight.ts";
import { isBooting, isBootingAgain } from "../domain/flight/flight-life.ts";
import type { HeartbeatSample, Sample } from "../domain/flight/sample.ts";
import { staleAgeMsMax } from "../domain/flight/link-health.ts";
import { paceAfterReboot, rebootsMax, rebootSpanMs } from "../domain/flight/reboot-pace.ts";
import {
  isSameAutopilot,
  judgeSender,
  takeoverSilenceMs,
  type SeenAutopilot,
  type SenderVerdict,
} from "../domain/flight/sender-identity.ts";
import type { Link } from "./links.ts";
import { framePrint, RecentPrints } from "./recent-prints.ts";
import type { HeardFrame, SessionIdentity, TelemetryPorts } from "./ports.ts";
import { isShared } from "./silence.ts";
import { joinLink, leaveLinks, newSession, type VehicleSession } from "./vehicle-session.ts";

/** Senders of one sysid beside the first that get a session each; more are counted only. */
const twinsMax = 4;
/** Senders whose identity is open at a time. */
const waitingMax = 64;

/** An address that sends autopilot heartbeats with the sysid of a vehicle known elsewhere. */
interface WaitingSender {
  readonly link: Link;
  readonly sysid: number;
  readonly compid: number;
  readonly sinceMs: number;
  readonly isBooting: boolean;
  bootMs: number | undefined;
  heartbeatAtMs: number;
  /** Of its frames with a boot clock, and of all. */
  readonly prints: RecentPrints;
  readonly allPrints: RecentPrints;
}

/** What the flow does when a session begins or ends. */
export interface SessionSteps {
  opened(session: VehicleSession, atMs: number): void;
  /** Called before its record is closed. */
  ending(session: VehicleSession, atMs: number, reason: SessionEnd): void;
}

/** All vehicles with an open session. */
export class Vehicles {
  private readonly ports: Pick<
    TelemetryPorts<HeardFrame>,
    "openRecord" | "tell" | "makeId" | "log" | "stationSysids"
  >;
  private readonly steps: SessionSteps;
  private readonly byKey = new Map<string, VehicleSession>();
  /** The vehicles that are heard by a link, by sysid; one may be heard by several at once. */
  private readonly byLink = new Map<Link, Map<number, VehicleSession>>();
  private readonly waiting = new Set<WaitingSender>();
  private readonly liveIds = new Map<string, number>();
  private readonly freeLiveIds: number[] = [];

  constructor(
    ports: Pick<
      TelemetryPorts<HeardFrame>,
      "openRecord" | "tell" | "makeId" | "log" | "stationSysids"
    >,
    steps: SessionSteps,
  ) {
    this.ports = ports;
    this.steps = steps;
  }

  all(): Iterable<VehicleSession> {
    return this.byKey.values();
  }

  /** The first sender of a sysid. */
  first(sysid: number): VehicleSession | undefined {
    return this.byKey.get(vehicleKey(sysid));
  }

  /** Takes back a session that was open when ingest ended. It has no link until it is heard. */
  resume(session: VehicleSession): void {
    this.byKey.set(session.vehicleKey, session);
  }

  /** A number for the snapshots, kept for the vehicle's later sessions. */
  liveIdOf(key: string): number {
    const liveId = this.liveIds.get(key) ?? this.freeLiveIds.pop() ?? this.liveIds.size;
    this.liveIds.set(key, liveId);
    return liveId;
  }

  /**
   * The session a frame speaks for, opened if need be; undefined for other components, other
   * systems, and while it is open whose frames these are.
   */
  sessionOf(
    link: Link,
    frame: HeardFrame,
    sample: Sample | undefined,
    atUs: number,
  ): VehicleSession | undefined {
    const atMs = Math.floor(atUs / 1000);
    // A station is no drone, whatever vehicle it says it is.
    if (this.ports.stationSysids.has(frame.sysid)) return undefined;
    const heartbeat = sample?.kind === "heartbeat" && sample.isAutopilot ? sample : undefined;
    const known = this.byLink.get(link)?.get(frame.sysid);
    if (known !== undefined) {
      if (frame.compid !== known.compid) return undefined;
      if (heartbeat !== undefined && isBootingAgain(known.track.heartbeat, heartbeat)) {
        return this.reboot(known, link, atUs);
      }
      known.lastFrameAtMs = atMs;
      this.follow(known, link, atMs);
      if (this.waiting.size > 0) known.allPrints.add(framePrint(frame, 0));
      return known;
    }
    this.noteWaiting(link, frame, sample);
    return heartbeat === undefined ? undefined : this.arrive(link, heartbeat, atUs);
  }

  /** True where the system id's autopilot is heard on this link. */
  isHeardOn(link: Link, sysid: number): boolean {
    return this.byLink.get(link)?.has(sysid) === true;
  }

  /** Settles by silence what no frame settles. */
  tick(nowUs: number): void {
    for (const sender of this.waiting) {
      // One that came and went is forgotten when a vehicle would count as lost.
      const silentMs = nowUs / 1000 - sender.heartbeatAtMs;
      if (silentMs > staleAgeMsMax) this.waiting.delete(sender);
      else this.settle(sender, nowUs);
    }
    this.forgetLeftLinks();
    this.joinSameAutopilots(nowUs);
    this.markAmbiguous(Math.floor(nowUs / 1000));
  }

  /** Answered by the link it is heard on; by another once that one has fallen silent. */
  private follow(session: VehicleSession, link: Link, atMs: number): void {
    if (link !== session.link) {
      if (atMs - session.linkHeardAtMs < takeoverSilenceMs) return;
      session.link = link;
    }
    session.linkHeardAtMs = atMs;
  }

  /** What is heard on a link that its session has left is judged anew. */
  private forgetLeftLinks(): void {
    for (const [link, heard] of this.byLink) {
      for (const session of heard.values()) {
        if (!session.links.has(link)) heard.delete(session.sysid);
      }
      if (heard.size === 0) this.byLink.delete(link);
    }
  }

  /** Twins that turn out to be one autopilot, heard by two of its links, become one again. */
  private joinSameAutopilots(nowUs: number): void {
    for (const twin of [...this.byKey.values()].filter(({ isTwin }) => isTwin)) {
      const first = this.first(twin.sysid);
      const { link } = twin;
      if (first === undefined || link === undefined) continue;
      if (!isSameAutopilot(seenOf(first), seenOf(twin))) continue;
      this.close(twin, "sameVehicle", Math.floor(nowUs / 1000));
      this.hearAlso(first, link);
    }
  }

  /** While two senders of a sysid are heard, or may be, a command to either may reach the other. */
  private markAmbiguous(nowMs: number): void {
    const sysids = new Set<number>();
    for (const { sysid } of this.waiting) sysids.add(sysid);
    for (const session of this.byKey.values()) {
      if (session.isTwin && isShared(session, this.byKey.values(), nowMs)) {
        sysids.add(session.sysid);
      }
    }
    for (const session of this.byKey.values()) session.isAmbiguous = sysids.has(session.sysid);
  }

  /**
   * Ends a session and begins the next one of the same vehicle. Where it boots more often than a
   * vehicle can, its session goes on instead, heard on this link.
   */
  reboot(session: VehicleSession, link: Link, atUs: number): VehicleSession {
    const atMs = Math.floor(atUs / 1000);
    const reboots = paceAfterReboot(session.reboots, atMs);
    if (reboots === undefined) return this.goOn(session, link, atMs);
    this.close(session, "rebooted", atMs);
    if (session.link === link) link.dropHeld();
    link.counts.restart(session.sysid, session.compid);
    const next = this.open(link, session, atUs);
    next.reboots = reboots;
    return next;
  }

  private goOn(session: VehicleSession, link: Link, atMs: number): VehicleSession {
    link.rebootsRefused += 1;
    if (link.rebootsRefused === 1) {
      const { vehicleKey: vehicle } = session;
      const facts = { vehicle, remote: link.remote, rebootsMax, rebootSpanMs };
      this.ports.log.warn(
        "A vehicle says again and again that it boots; it is not followed.",
        facts,
      );
    }
    session.lastFrameAtMs = atMs;
    return session.link === link ? session : this.move(session, link);
  }

  /** @param byUserId Who closed it, where a person did. */
  close(session: VehicleSession, reason: SessionEnd, atMs: number, byUserId?: string): void {
    this.steps.ending(session, atMs, reason);
    this.unlink(session);
    leaveLinks(session);
    session.record.close();
    this.byKey.delete(session.vehicleKey);
    // Addresses of twins come and go; the numbers are few.
    if (session.isTwin && this.liveIds.delete(session.vehicleKey)) {
      this.freeLiveIds.push(session.liveId);
    }
    const { sessionId } = session;
    this.ports.tell(atMs, {
      kind: "sessionClosed",
      sessionId,
      reason,
      recordBytes: session.record.bytes(),
      ...(byUserId === undefined ? {} : { byUserId }),
    });
  }

  private arrive(link: Link, heartbeat: HeartbeatSample, atUs: number): VehicleSession | undefined {
    const { sysid, compid } = heartbeat;
    const first = this.first(sysid);
    const isStarting = isBooting(heartbeat);
    // A twin that was heard here before ingest started again; it must not be taken for the first.
    const twin = this.byKey.get(twinKey(sysid, link));
    if (twin !== undefined && twin.link === undefined) {
      return isStarting ? this.reboot(twin, link, atUs) : this.move(twin, link);
    }
    if (first === undefined) {
      const identity = { sysid, compid, vehicleKey: vehicleKey(sysid), isTwin: false };
      return this.open(link, identity, atUs);
    }
    if (first.link === undefined) {
      return isStarting ? this.reboot(first, link, atUs) : this.move(first, link);
    }
    for (const sender of this.waiting) {
      if (sender.link !== link || sender.sysid !== sysid) continue;
      sender.heartbeatAtMs = Math.floor(atUs / 1000);
      return this.settle(sender, atUs);
    }
    if (this.waiting.size >= waitingMax) return undefined;
    const sinceMs = Math.floor(atUs / 1000);
    const sender = {
      ...{ link, sysid, compid, sinceMs, isBooting: isStarting, bootMs: undefined },
      heartbeatAtMs: sinceMs,
      prints: new RecentPrints(),
      allPrints: new RecentPrints(),
    };
    this.waiting.add(sender);
    // From now on, until it is settled whose frames these are: twins of it are shown alike.
    for (const known of this.byKey.values()) {
      if (known.sysid === sysid) known.isAmbiguous = true;
    }
    return this.settle(sender, atUs);
  }

  private settle(sender: WaitingSender, nowUs: number): VehicleSession | undefined {
    const { link, sysid, compid } = sender;
    const first = this.first(sysid);
    const verdict = this.judge(sender, first, Math.floor(nowUs / 1000));
    if (verdict === "wait") return undefined;
    this.waiting.delete(sender);
    if (verdict === "alsoHere" && first !== undefined) return this.hearAlso(first, link);
    if (verdict === "moved" && first !== undefined) return this.move(first, link);
    if (verdict === "rebooted" && first !== undefined) return this.reboot(first, link, nowUs);
    const isTwin = first !== undefined;
    const key = isTwin ? twinKey(sysid, link) : vehicleKey(sysid);
    if (isTwin && this.twinsOf(sysid) >= twinsMax) return undefined;
    const session = this.open(link, { sysid, compid, vehicleKey: key, isTwin }, nowUs);
    const { heartbeatAtMs } = sender;
    session.track = { ...session.track, heartbeatAtMs };
    session.silenceFromMs = heartbeatAtMs;
    return session;
  }

  private judge(
    sender: WaitingSender,
    first: VehicleSession | undefined,
    nowMs: number,
  ): SenderVerdict {
    if (first === undefined) return "rebooted";
    const { track, lastFrameAtMs, clock } = first;
    const known = { lastHeartbeatAtMs: track.heartbeatAtMs, lastFrameAtMs, clock };
    const shown = {
      timedCopies: sender.prints.shared(first.prints),
      copies: sender.allPrints.shared(first.allPrints),
      frames: sender.allPrints.size,
    };
    return judgeSender(known, { ...sender, ...shown }, nowMs);
  }

  private twinsOf(sysid: number): number {
    let count = 0;
    for (const session of this.byKey.values()) {
      if (session.isTwin && session.sysid === sysid) count += 1;
    }
    return count;
  }

  private open(
    link: Link,
    vehicle: Pick<VehicleSession, "sysid" | "compid" | "vehicleKey" | "isTwin">,
    atUs: number,
  ): VehicleSession {
    const { sysid, compid, isTwin } = vehicle;
    const startMs = Math.floor(link.firstStampUs(atUs) / 1000);
    const identity: SessionIdentity = {
      sessionId: this.ports.makeId("session"),
      vehicleKey: vehicle.vehicleKey,
      sysid,
      compid,
      startMs,
    };
    const atMs = Math.floor(atUs / 1000);
    const record = this.ports.openRecord(identity);
    const liveId = this.liveIdOf(identity.vehicleKey);
    const session = newSession(identity, record, liveId, isTwin, atMs);
    this.byKey.set(session.vehicleKey, session);
    this.ports.tell(atMs, { kind: "sessionOpened", ...identity });
    session.isAmbiguous = isTwin;
    this.steps.opened(session, atMs);
    return this.move(session, link);
  }

  /** The vehicle is heard on this link alone from now on; earlier ones stay in its record. */
  private move(session: VehicleSession, link: Link): VehicleSession {
    this.unlink(session);
    session.link = link;
    session.linkHeardAtMs = link.lastHeardAtMs;
    return this.hearAlso(session, link);
  }

  /** The vehicle is heard on this link, too. */
  private hearAlso(session: VehicleSession, link: Link): VehicleSession {
    const heard = this.byLink.get(link) ?? new Map<number, VehicleSession>();
    this.byLink.set(link, heard.set(session.sysid, session));
    joinLink(session, link);
    return session;
  }

  private unlink(session: VehicleSession): void {
    for (const link of session.links) {
      const heard = this.byLink.get(link);
      if (heard?.get(session.sysid) !== session) continue;
      heard.delete(session.sysid);
      if (heard.size === 0) this.byLink.delete(link);
    }
  }

  private noteWaiting(link: Link, frame: HeardFrame, sample: Sample | undefined): void {
    for (const sender of this.waiting) {
      if (sender.link !== link || sender.sysid !== frame.sysid) continue;
      if (sender.compid !== frame.compid) continue;
      sender.allPrints.add(framePrint(frame, 0));
      if (sample === undefined || !("timeBootMs" in sample)) continue;
      sender.bootMs = sample.timeBootMs;
      sender.prints.add(framePrint(frame, sample.timeBootMs));
    }
  }
}

/** A sender is known by both ends: one address may send to two of our sockets. */
function twinKey(sysid: number, { remote, address: { listener } }: Link): string {
  return `${vehicleKey(sysid)}@${remote}@${listener}`;
}

function vehicleKey(sysid: number): string {
  return `sysid-${sysid}`;
}

function seenOf({ track: { autopilotUid }, clock }: VehicleSession): SeenAutopilot {
  return { autopilotUid, clock };
}
