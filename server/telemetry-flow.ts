// STORY 1: datagram -> frames -> sample -> track -> airspace watch -> alarms -> record -> publish.
// Hosted by server/ingest/main.ts. It touches the world through its ports only and knows no clock,
// so a whole recorded flight runs through it on the recording's own stamps.
import { emptyWatchPlan, type WatchPlan } from "../contract/wire/watch-plan.ts";
import { judgeSample } from "./domain/airspace/airspace-watch.ts";
import { prepareAirspace } from "./domain/airspace/prepared-airspace.ts";
import { ownBooking } from "./domain/flight/flight-binding.ts";
import { isSessionOver } from "./domain/flight/flight-life.ts";
import { linkState } from "./domain/flight/link-health.ts";
import { readBootClock } from "./domain/flight/live-clock.ts";
import type { PositionSample, Sample } from "./domain/flight/sample.ts";
import { trackAfter } from "./domain/flight/vehicle-track.ts";
import { Alarms } from "./telemetry-alarms.ts";
import { Flights, type Rules } from "./telemetry-flights.ts";
import { LinkBook, type Link } from "./telemetry-links.ts";
import type { HeardFrame, LinkAddress, TelemetryPorts } from "./telemetry-ports.ts";
import { resumedSession, type ResumedSession } from "./telemetry-resume.ts";
import { isFlying, type VehicleSession } from "./telemetry-session.ts";
import { Vehicles } from "./telemetry-vehicles.ts";

/** Positions too late for this long, without one in time, are told. */
const lateToleratedMs = 2_000;

export interface TelemetryFlow {
  /** A datagram has come. Never throws, whatever its bytes. */
  onDatagram(bytes: Uint8Array, from: LinkAddress, receivedAtUs: number): void;
  /** We have sent one frame: it belongs to the record of what passed over the link. */
  onSent(bytes: Uint8Array, to: LinkAddress, sentAtUs: number): void;
  /** Judges silence; called every 250 ms. */
  onTick(nowUs: number): void;
  /** From now on this plan is judged by; every drone in the air is judged by it at once. */
  setPlan(plan: WatchPlan, nowUs: number): void;
  /** Takes up what was open when ingest last ended. */
  resume(sessions: readonly ResumedSession[], nowUs: number): void;
  readonly plan: WatchPlan;
  sessions(): Iterable<VehicleSession>;
  links(): Iterable<Link>;
}

export function createTelemetryFlow<Frame extends HeardFrame>(
  ports: TelemetryPorts<Frame>,
): TelemetryFlow {
  let rules: Rules = { plan: emptyWatchPlan, airspace: prepareAirspace(emptyWatchPlan) };
  const { frames } = ports;
  const links = new LinkBook(() => frames.emptyTally());
  const alarms = new Alarms({ tell: ports.tell, newId: () => ports.makeId("alarm") });
  const flights = new Flights(ports, alarms);
  const vehicles = new Vehicles(ports, {
    opened: (session, atMs) => {
      if (session.isTwin) alarms.set(session, rules.plan, "duplicateSysid", true, atMs);
    },
    ending: (session, atMs) => flights.end(session, atMs),
  });

  // What the frames of one datagram share; set before each scan, so that no closure is made a frame.
  let link: Link | undefined;
  let stampUs = 0;

  function onDatagram(bytes: Uint8Array, from: LinkAddress, receivedAtUs: number): void {
    link = links.linkOf(from);
    if (link === undefined) return;
    stampUs = receivedAtUs;
    link.datagrams += 1;
    link.lastHeardAtMs = Math.floor(receivedAtUs / 1000);
    frames.scan(bytes, onFrame, link.tally);
  }

  function onFrame(frame: Frame): void {
    if (link === undefined) return;
    link.count(frame);
    const sample = frames.toSample(frame);
    const session = vehicles.sessionOf(link, frame, sample, stampUs);
    // Raw first: whatever judging does with it, the frame is in the record.
    link.record(stampUs, frame.bytes, frame.start, frame.end);
    if (session === undefined) return;
    const receivedAtMs = Math.floor(stampUs / 1000);
    if (frames.isPositionReport(frame)) session.lastPositionReportAtMs = receivedAtMs;
    if (sample !== undefined) onSample(session, sample, link, receivedAtMs);
  }

  function onSample(known: VehicleSession, sample: Sample, via: Link, receivedAtMs: number): void {
    if (!("timeBootMs" in sample)) {
      known.track = trackAfter(known.track, sample, receivedAtMs);
      if (sample.kind === "heartbeat" && sample.isAutopilot) {
        flights.heard(known, rules, sample.armed, receivedAtMs);
      }
      return;
    }
    const isPosition = sample.kind === "position";
    const reading = readBootClock(known.clock, sample.timeBootMs, receivedAtMs, isPosition);
    const { verdict, atMs } = reading;
    const isReboot = verdict === "rebooted";
    const session = isReboot ? vehicles.reboot(known, via, stampUs) : known;
    session.clock = reading.clock;
    if (!isPosition || verdict === "behind") return;
    session.track = trackAfter(session.track, sample, atMs);
    flights.count(session, sample);
    if (verdict === "late") session.lateSinceMs ??= receivedAtMs;
    else judge(session, sample, atMs);
  }

  function judge(session: VehicleSession, position: PositionSample, atMs: number): void {
    session.lateSinceMs = undefined;
    const { flight } = session;
    if (flight?.disarmedAtMs !== null) return;
    const { latDeg, lngDeg, altitudeAmslM, altitudeAboveHomeM } = position;
    const booking = ownBooking(rules.plan.bookings, flight.binding);
    const outcome = judgeSample(rules.airspace, { booking }, session.watch, {
      atMs,
      position: { latDeg, lngDeg },
      altitudeAmslM,
      altitudeAboveHomeM,
    });
    session.watch = outcome.state;
    if (outcome.changes.length === 0) return;
    for (const change of outcome.changes) alarms.follow(session, rules.plan, change);
    flights.conform(session, atMs);
  }

  function onSent(bytes: Uint8Array, to: LinkAddress, sentAtUs: number): void {
    links.find(to)?.record(sentAtUs, bytes, 0, bytes.length);
  }

  function onTick(nowUs: number): void {
    const nowMs = Math.floor(nowUs / 1000);
    vehicles.tick(nowUs);
    for (const session of vehicles.all()) {
      judgeSilence(session, nowMs);
      flights.tick(session, rules, nowMs);
      alarms.tick(session, nowMs);
      const isArmed = isFlying(session);
      if (isSessionOver(isArmed, session.lastFrameAtMs, nowMs)) {
        vehicles.close(session, "silent", nowMs);
      }
    }
    links.forgetIdle(nowMs);
  }

  /** What only time tells: the link, lateness, and whether both twins still send. */
  function judgeSilence(session: VehicleSession, nowMs: number): void {
    const { plan } = rules;
    const isFlown = isFlying(session);
    const { lateSinceMs } = session;
    const isLate = lateSinceMs !== undefined && nowMs - lateSinceMs >= lateToleratedMs;
    alarms.set(session, plan, "linkLost", isFlown && isLost(session, nowMs), nowMs);
    alarms.set(session, plan, "telemetryLate", isFlown && isLate, nowMs);
    if (!session.isTwin) return;
    const first = vehicles.first(session.sysid);
    const bothSend = first !== undefined && !isLost(first, nowMs) && !isLost(session, nowMs);
    alarms.set(session, plan, "duplicateSysid", bothSend, nowMs);
  }

  function setPlan(plan: WatchPlan, nowUs: number): void {
    rules = { plan, airspace: prepareAirspace(plan) };
    for (const session of vehicles.all()) {
      const { position } = session.track;
      if (position !== undefined) judge(session, position, Math.floor(nowUs / 1000));
    }
  }

  function resume(sessions: readonly ResumedSession[], nowUs: number): void {
    for (const resumed of sessions) {
      const liveId = vehicles.liveIdOf(resumed.identity.vehicleKey);
      vehicles.resume(resumedSession(resumed, liveId, Math.floor(nowUs / 1000)));
    }
  }

  return {
    onDatagram,
    onSent,
    onTick,
    setPlan,
    resume,
    get plan() {
      return rules.plan;
    },
    sessions: () => vehicles.all(),
    links: () => links.all(),
  };
}

function isLost(session: VehicleSession, nowMs: number): boolean {
  const link = linkState(nowMs - session.track.heartbeatAtMs);
  return link === "lost" || link === "gone";
}
