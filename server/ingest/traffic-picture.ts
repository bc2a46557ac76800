// The traffic that drones hear, whole, once a second while there is any: newest wins, so that none
// of it is missed for long. Called by the ingest timers.
import type { TrafficContact, TrafficDatum } from "../../contract/wire/traffic.ts";
import type { LiveFeedPublisher } from "../cluster/live-feed.ts";
import type { AircraftReport } from "../domain/flight/sample.ts";
import type { HeardContact } from "../domain/flight/traffic.ts";
import type { TelemetryFlow } from "../telemetry-flow.ts";
import { nameOf } from "../telemetry/vehicle-name.ts";

const trafficEveryMs = 1_000;

/** Whose receiver it was, as far as that drone is still heard. */
type HearerOf = (sysid: number) => TrafficContact["heardBy"];

export interface TrafficPicture {
  /** Each tick. */
  send(nowMs: number): void;
}

export function createTrafficPicture(
  flow: Pick<TelemetryFlow, "traffic" | "vehicle" | "plan">,
  feed: Pick<LiveFeedPublisher, "traffic">,
): TrafficPicture {
  let sentAtMs = 0;
  let wasEmpty = true;
  const hearerOf: HearerOf = (sysid) => {
    const session = flow.vehicle(sysid);
    if (session === undefined) return null;
    const { name: vehicleName, organisationId } = nameOf(session, flow.plan);
    return { sysid, vehicleName, organisationId };
  };
  return {
    send(nowMs) {
      if (nowMs - sentAtMs < trafficEveryMs) return;
      const contacts = [...flow.traffic.all()].map((one) => trafficContact(one, hearerOf, nowMs));
      if (contacts.length === 0 && wasEmpty) return;
      wasEmpty = contacts.length === 0;
      sentAtMs = nowMs;
      feed.traffic(contacts);
    },
  };
}

function trafficContact(
  { key, report, heardBy, heardAtMs }: HeardContact,
  hearerOf: HearerOf,
  nowMs: number,
): TrafficContact {
  const { latDeg, lngDeg, courseDeg, groundSpeedMps, callsign } = report;
  const shared = {
    key,
    position: { latDeg, lngDeg },
    courseDeg: courseDeg ?? null,
    groundSpeedMps: groundSpeedMps ?? null,
    callsign: callsign ?? null,
    ageMs: Math.max(0, nowMs - heardAtMs),
    heardBy: hearerOf(heardBy.sysid),
  };
  if (report.kind === "vessel") {
    const { name, headingDeg, vesselType, lengthM, beamM } = report;
    return {
      kind: "vessel",
      ...shared,
      name: name ?? null,
      headingDeg: headingDeg ?? null,
      vesselType,
      lengthM: lengthM ?? null,
      beamM: beamM ?? null,
    };
  }
  const { climbMps, squawk, emitterType, isSimulated } = report;
  return {
    kind: "aircraft",
    ...shared,
    altitude: altitudeOf(report),
    climbMps: climbMps ?? null,
    squawk: squawk ?? null,
    emitterType,
    isSimulated,
  };
}

function altitudeOf(report: AircraftReport) {
  const { altitudeQnhM, altitudeGnssM, altitudeUnknownDatumM } = report;
  const of = (altitudeM: number, datum: TrafficDatum) => ({ altitudeM, datum });
  if (altitudeQnhM !== undefined) return of(altitudeQnhM, "QNH");
  if (altitudeGnssM !== undefined) return of(altitudeGnssM, "GNSS");
  return altitudeUnknownDatumM === undefined ? null : of(altitudeUnknownDatumM, "unknown");
}
