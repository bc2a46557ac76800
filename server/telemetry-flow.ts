// STORY 1: datagram -> frames -> sample -> track -> airspace watch -> alarms -> record -> publish.
// Hosted by server/ingest/main.ts. It touches the world through its ports only and knows no clock,
// so a whole recorded flight runs through it on the recording's own stamps.
import { emptyWatchPlan, type WatchPlan } from "../contract/wire/watch-plan.ts";
import { judgeSample } from "./domain/airspace/airspace-watch.ts";
import { prepareAirspace } from "./domain/airspace/prepared-airspace.ts";
import { bindByHand, isOwnBinding, ownBooking } from "./domain/flight/flight-binding.ts";
import { isSessionOver } from "./domain/flight/flight-life.ts";
import { withFlownBookings } from "./domain/flight/flown-bookings.ts";
import { readBootClock } from "./domain/flight/live-clock.ts";
import type { PositionSample, Sample } from "./domain/flight/sample.ts";
import { Traffic } from "./domain/flight/traffic.ts";
import { trackAfter } from "./domain/flight/vehicle-track.ts";
import { Alarms } from "./telemetry/alarms.ts";
import { Flights, type Rules } from "./telemetry/flights.ts";
import { LinkFloods } from "./telemetry/link-floods.ts";
import { LinkBook, type Link } from "./telemetry/links.ts";
import type { BindAnswer, BindRequest, CloseAnswer, CloseRequest } from "./telemetry/hand-acts.ts";
import type {
  HeardFrame,
  LinkAddress,
  SignatureRefusal,
  TelemetryPorts,
} from "./telemetry/ports.ts";
import { SignatureWatch } from "./telemetry/signature-watch.ts";
import { isLost, isShared, isWithoutPosition } from "./telemetry/silence.ts";
import {
  heardUntilMs,
  noOpenAlarms,
  resumedSession,
  type OpenAlarms,
  type ResumedSession,
} from "./telemetry/resumed-session.ts";
import { framePrint } from "./telemetry/recent-prints.ts";
import { isWrongAutopilot } from "./telemetry/vehicle-name.ts";
import {
  countMessage,
  isFlying,
  leaveSilentLinks,
  type VehicleSession,
} from "./telemetry/vehicle-session.ts";
import { Vehicles } from "./telemetry/vehicles.ts";

/** Positions too late for this long, without one in time, are told. */
const lateToleratedMs = 2_000;

/** What the flow needs, and whom it tells of what it hears. */
export interface FlowPorts<Frame extends HeardFrame> extends TelemetryPorts<Frame> {
  /** Told of every frame of a vehicle's autopilot, for those who asked it something. */
  readonly heard?: (session: VehicleSession, frame: Frame, receivedAtMs: number) => void;
}

/** The flow. `Frame` is whatever the frame reader hands over; the flow reads its header only. */
export class TelemetryFlow<Frame extends HeardFrame = HeardFrame> {
  /** What receivers on the drones hear of other aircraft and of ships. */
  readonly traffic = new Traffic();
  private readonly ports: Pick<
    TelemetryPorts<Frame>,
    "tell" | "signatures" | "keepRefused" | "pastFlight"
  >;
  private readonly frames: TelemetryPorts<Frame>["frames"];
  private readonly signatureWatch: SignatureWatch;
  private readonly heard: FlowPorts<Frame>["heard"];
  private readonly book: LinkBook;
  private readonly alarms: Alarms;
  private readonly floods: LinkFloods;
  private readonly flights: Flights;
  private readonly vehicles: Vehicles;
  private rules: Rules = { plan: emptyWatchPlan, airspace: prepareAirspace(emptyWatchPlan) };
  // What the frames of one datagram share; set before each scan, so that none makes a closure.
  private link: Link | undefined;
  private stampUs = 0;

  constructor(ports: FlowPorts<Frame>) {
    this.ports = ports;
    this.frames = ports.frames;
    this.heard = ports.heard;
    this.book = new LinkBook(() => ports.frames.emptyTally());
    const alarmPorts = { tell: ports.tell, newId: () => ports.makeId("alarm") };
    this.alarms = new Alarms(alarmPorts);
    this.floods = new LinkFloods(alarmPorts);
    this.flights = new Flights(ports, this.alarms);
    this.vehicles = new Vehicles(ports, {
      opened: (session, atMs) => {
        const { plan } = this.rules;
        if (session.isTwin) this.alarms.set(session, plan, "duplicateSysid", true, atMs);
      },
      ending: (session, atMs, reason) => this.flights.end(session, atMs, reason),
    });
    this.signatureWatch = new SignatureWatch({
      tell: ports.tell,
      newId: () => ports.makeId("alarm"),
      sessionOf: (sysid) => this.vehicles.first(sysid),
    });
  }

  /** A datagram has come. Never throws, whatever its bytes. */
  onDatagram(bytes: Uint8Array, from: LinkAddress, receivedAtUs: number): void {
    const link = this.heardOn(from, receivedAtUs);
    if (link === undefined) return;
    const before = link.tally.frames;
    this.frames.scan(bytes, this.onFrame, link.tally);
    link.counts.datagramRead(link.tally.frames - before);
  }

  /** The next piece of a stream has come. Returns the frames found in it. */
  onStream(bytes: Uint8Array, from: LinkAddress, receivedAtUs: number): number {
    const link = this.heardOn(from, receivedAtUs);
    if (link === undefined) return 0;
    const before = link.tally.frames;
    link.stream ??= this.frames.openStream(this.onFrame, link.tally);
    link.stream.push(bytes);
    const frames = link.tally.frames - before;
    link.counts.datagramRead(frames);
    return frames;
  }

  /** The stream has ended; the link may come back with another. */
  onStreamEnd(from: LinkAddress, endedAtUs: number): void {
    const link = this.book.find(from);
    if (link?.stream === undefined) return;
    this.link = link;
    this.stampUs = endedAtUs;
    link.stream.end();
    link.stream = undefined;
  }

  private heardOn(from: LinkAddress, receivedAtUs: number): Link | undefined {
    const link = this.book.linkOf(from);
    if (link === undefined) return undefined;
    link.lastHeardAtMs = Math.floor(receivedAtUs / 1000);
    this.link = link;
    this.stampUs = receivedAtUs;
    return link;
  }

  private readonly onFrame = (frame: Frame): void => {
    const { link, stampUs } = this;
    if (link === undefined) return;
    const receivedAtMs = Math.floor(stampUs / 1000);
    const finding = this.ports.signatures?.judge(frame, receivedAtMs);
    if (finding?.kind === "refused") {
      this.refuse(link, frame, finding.why, receivedAtMs);
      return;
    }
    const sample = this.frames.toSample(frame);
    const session = this.vehicles.sessionOf(link, frame, sample, stampUs);
    // After the session: a boot that this frame tells begins its numbers anew.
    link.counts.count(frame, receivedAtMs);
    if (sample?.kind === "impossible") link.positionsRefused += 1;
    // Raw first: whatever judging does with it, the frame is in the record.
    this.record(link, stampUs, frame.bytes, frame.start, frame.end);
    this.hearTraffic(link, sample, receivedAtMs);
    if (session === undefined) return;
    session.signing = finding?.kind === "notChecked" ? undefined : finding?.kind;
    if (finding?.kind === "verified") session.signedBy = finding.aircraftId;
    if (link === session.link) countMessage(session, frame.messageId);
    this.heard?.(session, frame, receivedAtMs);
    if (this.frames.isPositionReport(frame)) session.lastPositionReportAtMs = receivedAtMs;
    if (sample === undefined) return;
    if ("timeBootMs" in sample) this.onTimedSample(session, link, frame, sample, receivedAtMs);
    else this.onSample(session, sample, receivedAtMs);
  };

  /** Nothing is learned from it but that it came; it is in no record, which others learn from. */
  private refuse(link: Link, frame: Frame, why: SignatureRefusal, atMs: number): void {
    link.refuse(why);
    this.signatureWatch.refused(frame.sysid, why, this.rules.plan, atMs);
    const { bytes, start, end } = frame;
    const kept = this.frames.withoutSecrets(bytes, start, end) ?? bytes.subarray(start, end);
    this.ports.keepRefused?.(this.stampUs, kept);
  }

  private record(link: Link, stampUs: number, bytes: Uint8Array, start: number, end: number): void {
    const masked = this.frames.withoutSecrets(bytes, start, end);
    if (masked === undefined) link.record(stampUs, bytes, start, end);
    else link.record(stampUs, masked, 0, masked.length);
  }

  /** A receiver is often a component of its own; it counts where its system's drone is heard. */
  private hearTraffic(link: Link, sample: Sample | undefined, receivedAtMs: number): void {
    if (sample?.kind !== "aircraft" && sample?.kind !== "vessel") return;
    if (this.vehicles.isHeardOn(link, sample.sysid)) this.traffic.hear(sample, receivedAtMs);
  }

  /** Without a clock of its own it is of the moment it came. */
  private onSample(session: VehicleSession, sample: Sample, receivedAtMs: number): void {
    session.track = trackAfter(session.track, sample, receivedAtMs);
    if (sample.kind !== "heartbeat" || !sample.isAutopilot) return;
    this.flights.heard(session, this.rules, sample.armed, receivedAtMs);
  }

  /** The vehicle's own clock says where in the order it belongs, and whether it is in time. */
  private onTimedSample(
    known: VehicleSession,
    link: Link,
    frame: Frame,
    sample: Extract<Sample, { timeBootMs: number }>,
    receivedAtMs: number,
  ): void {
    // The same frame by another link, or twice by one, says nothing new.
    const print = framePrint(frame, sample.timeBootMs);
    if (known.prints.has(print)) return;
    known.prints.add(print);
    const isPosition = sample.kind === "position";
    const reading = readBootClock(known.clock, sample.timeBootMs, receivedAtMs, isPosition);
    const { verdict, atMs } = reading;
    const isReboot = verdict === "rebooted";
    const session = isReboot ? this.vehicles.reboot(known, link, this.stampUs) : known;
    session.clock = reading.clock;
    if (!isPosition || verdict === "behind") return;
    session.track = trackAfter(session.track, sample, atMs);
    session.positionHeardAtMs = receivedAtMs;
    this.flights.count(session, sample);
    if (verdict === "late") {
      session.lateSinceMs ??= receivedAtMs;
      return;
    }
    session.lateSinceMs = undefined;
    this.judge(session, sample, atMs);
  }

  /** The airspace watch, and the alarms that follow from what it found. */
  private judge(session: VehicleSession, position: PositionSample, atMs: number): void {
    const { flight } = session;
    if (flight?.disarmedAtMs !== null) return;
    const { plan, airspace } = this.rules;
    const { latDeg, lngDeg, altitudeAmslM, altitudeAboveHomeM } = position;
    const booking = ownBooking(plan.bookings, flight.binding);
    const isMissing = booking === undefined && isOwnBinding(flight.binding);
    const outcome = judgeSample(airspace, { booking, isMissing }, session.watch, {
      atMs,
      position: { latDeg, lngDeg },
      altitudeAmslM,
      altitudeAboveHomeM,
    });
    session.watch = outcome.state;
    if (outcome.changes.length === 0) return;
    for (const change of outcome.changes) this.alarms.follow(session, plan, change);
    this.flights.conform(session, atMs);
  }

  /** We have sent one frame: it belongs to the record of what passed over the link. */
  onSent(bytes: Uint8Array, to: LinkAddress, sentAtUs: number): void {
    const link = this.book.find(to);
    if (link !== undefined) this.record(link, sentAtUs, bytes, 0, bytes.length);
  }

  /** Judges silence; called every 250 ms. */
  onTick(nowUs: number): void {
    const nowMs = Math.floor(nowUs / 1000);
    this.vehicles.tick(nowUs);
    this.traffic.tick(nowMs);
    this.signatureWatch.tick(nowMs);
    for (const session of this.vehicles.all()) {
      leaveSilentLinks(session, nowMs);
      this.judgeSilence(session, nowMs);
      this.flights.tick(session, this.rules, nowMs);
      this.alarms.tick(session, nowMs);
      if (isSessionOver(isFlying(session), session.lastFrameAtMs, nowMs)) {
        this.vehicles.close(session, "silent", nowMs);
      }
    }
    this.floods.tick(this.book, this.rules.plan.version, nowMs);
    this.book.forgetIdle(nowMs);
  }

  /** What only time tells: the link, lateness, and whether both twins still send. */
  private judgeSilence(session: VehicleSession, nowMs: number): void {
    const { plan } = this.rules;
    this.alarms.set(session, plan, "wrongAutopilot", isWrongAutopilot(session, plan), nowMs);
    const isFlown = isFlying(session);
    const { lateSinceMs } = session;
    const isLate = lateSinceMs !== undefined && nowMs - lateSinceMs >= lateToleratedMs;
    this.alarms.set(session, plan, "linkLost", isFlown && isLost(session, nowMs), nowMs);
    this.alarms.set(session, plan, "telemetryLate", isFlown && isLate, nowMs);
    this.alarms.set(session, plan, "positionLost", isWithoutPosition(session, nowMs), nowMs);
    if (!session.isTwin) return;
    const bothSend = isShared(session, this.vehicles.all(), nowMs);
    this.alarms.set(session, plan, "duplicateSysid", bothSend, nowMs);
  }

  /** An order that a flying drone must not miss was not answered, or has been since. */
  orderUnanswered(sessionId: string, isStanding: boolean, atMs: number): void {
    const session = [...this.vehicles.all()].find((one) => one.sessionId === sessionId);
    if (session === undefined) return;
    const stands = isStanding && isFlying(session);
    this.alarms.set(session, this.rules.plan, "orderUnanswered", stands, atMs);
  }

  /** A person ends a session whose drone is not heard any more and never returns. */
  closeSession({ sessionId, byUserId, nowMs }: CloseRequest): CloseAnswer {
    const session = [...this.vehicles.all()].find((one) => one.sessionId === sessionId);
    if (session === undefined) return { kind: "refused", reason: "unknownSession" };
    if (!isLost(session, nowMs)) return { kind: "refused", reason: "stillHeard" };
    const flightId = session.flight?.id ?? null;
    this.vehicles.close(session, "closedByController", nowMs, byUserId);
    return { kind: "closed", sessionId, flightId };
  }

  /**
   * A person binds a flight that has no booking of its own, or one that was bound by hand. One that
   * has ended is bound in the journal alone.
   */
  bindFlight({ flightId, bookingId, ownerId, byUserId, nowMs }: BindRequest): BindAnswer {
    const session = [...this.vehicles.all()].find(({ flight }) => flight?.id === flightId);
    const flight =
      session?.flight === undefined
        ? this.ports.pastFlight?.(flightId)
        : { ...session.flight, endedAtMs: null };
    const bound = bindByHand(this.rules.plan.bookings, flight, { bookingId, ownerId }, nowMs);
    if (bound.kind === "refused") return bound;
    const { binding, booking } = bound;
    const { title: bookingTitle = null, organisationId = ownerId } = booking ?? {};
    const leftId = flight?.binding.kind === "byHand" ? flight.binding.bookingId : null;
    const left = leftId === null ? {} : { leftBookingId: leftId };
    const facts = { flightId, binding, ...left, bookingTitle, organisationId, byUserId };
    const event = { kind: "flightBound", ...facts } as const;
    if (session === undefined) {
      this.ports.tell(nowMs, event);
    } else {
      this.flights.bind(session, this.rules, event, nowMs);
      this.judgeWhereLastSeen(session);
    }
    return { kind: "bound", flightId, bookingId };
  }

  private flownBookingIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { flight } of this.vehicles.all()) {
      if (flight === undefined || !isOwnBinding(flight.binding)) continue;
      if (flight.binding.bookingId !== null) ids.add(flight.binding.bookingId);
    }
    return ids;
  }

  /** From now on this plan is judged by; every drone in the air is judged by it at once. */
  setPlan(newest: WatchPlan): void {
    const plan = withFlownBookings(newest, this.rules.plan, this.flownBookingIds());
    this.rules = { plan, airspace: prepareAirspace(plan) };
    for (const session of this.vehicles.all()) this.judgeWhereLastSeen(session);
  }

  /**
   * As of its own time: silence since then says nothing of where the drone is now. A position that
   * came too late is not judged here either, neither to raise an alarm nor to end one.
   */
  private judgeWhereLastSeen(session: VehicleSession): void {
    if (session.lateSinceMs !== undefined) return;
    const { position, positionAtMs } = session.track;
    if (position !== undefined) this.judge(session, position, positionAtMs);
  }

  /** Takes up what was open when ingest last ended. */
  resume(
    sessions: readonly ResumedSession[],
    nowUs: number,
    open: OpenAlarms = noOpenAlarms,
  ): void {
    const nowMs = Math.floor(nowUs / 1000);
    this.signatureWatch.resume(open.signatureAlarms, nowMs);
    this.floods.resume(open.linkAlarms, nowMs);
    const untilMs = heardUntilMs(sessions, nowMs);
    for (const resumed of sessions) {
      const liveId = this.vehicles.liveIdOf(resumed.identity.vehicleKey);
      const session = resumedSession(resumed, liveId, nowMs, untilMs);
      this.vehicles.resume(session);
      if (resumed.isUnreadable === true) this.vehicles.close(session, "recordUnreadable", nowMs);
    }
  }

  /** The plan that is judged by: the newest, and the bookings being flown that it lacks. */
  get plan(): WatchPlan {
    return this.rules.plan;
  }

  /** True while frames with this system id are refused by their signature. */
  isRefused(sysid: number): boolean {
    return this.signatureWatch.stands(sysid);
  }

  /** The first sender of a system id, where it has an open session. */
  vehicle(sysid: number): VehicleSession | undefined {
    return this.vehicles.first(sysid);
  }

  sessions(): Iterable<VehicleSession> {
    return this.vehicles.all();
  }

  links(): Iterable<Link> {
    return this.book.all();
  }
}
