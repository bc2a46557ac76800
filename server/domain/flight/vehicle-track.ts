// What is known of one vehicle from its samples: the newest of each kind and when it was. A pure
// reducer; called by telemetry-flow for every sample, read by the watch and the live picture.
import type {
  GnssSample,
  HeartbeatSample,
  HomeSample,
  LandedStateSample,
  PositionSample,
  Sample,
  SystemStatusSample,
} from "./sample.ts";
import { readStatusText, settleTexts } from "./status-text.ts";
import type { HeardText, OpenText, TextReading } from "./status-text.ts";

/** The newest sample of each kind; undefined where none was heard. Times are epoch ms. */
export interface VehicleTrack {
  readonly heartbeat: HeartbeatSample | undefined;
  readonly heartbeatAtMs: number;
  readonly position: PositionSample | undefined;
  /** When the position was taken, in receipt time. */
  readonly positionAtMs: number;
  readonly systemStatus: SystemStatusSample | undefined;
  readonly gnss: GnssSample | undefined;
  readonly landedState: LandedStateSample | undefined;
  readonly text: HeardText | undefined;
  /** Texts of which chunks are still to come. */
  readonly openTexts: readonly OpenText[];
  readonly home: HomeSample | undefined;
  /** Which autopilot it is, as it states itself. */
  readonly autopilotUid: string | undefined;
}

/** A vehicle that has said nothing yet. */
export const emptyTrack: VehicleTrack = {
  heartbeat: undefined,
  heartbeatAtMs: 0,
  position: undefined,
  positionAtMs: 0,
  systemStatus: undefined,
  gnss: undefined,
  landedState: undefined,
  text: undefined,
  openTexts: [],
  home: undefined,
  autopilotUid: undefined,
};

/**
 * @param atMs When the sample was taken, in receipt time. Older positions are the caller's to keep
 *   out.
 */
export function trackAfter(track: VehicleTrack, sample: Sample, atMs: number): VehicleTrack {
  const next = withSample(track, sample, atMs);
  return next.openTexts.length === 0 ? next : withTexts(next, settleTexts(next.openTexts, atMs));
}

function withTexts(track: VehicleTrack, { open, heard }: TextReading): VehicleTrack {
  if (open === track.openTexts && heard.length === 0) return track;
  return { ...track, openTexts: open, text: heard.at(-1) ?? track.text };
}

function withSample(track: VehicleTrack, sample: Sample, atMs: number): VehicleTrack {
  switch (sample.kind) {
    case "heartbeat":
      return { ...track, heartbeat: sample, heartbeatAtMs: atMs };
    case "position":
      return { ...track, position: sample, positionAtMs: atMs };
    case "systemStatus":
      return { ...track, systemStatus: sample };
    case "gnss":
      return { ...track, gnss: sample };
    case "landedState":
      return { ...track, landedState: sample };
    case "statusText":
      return withTexts(track, readStatusText(track.openTexts, sample, atMs));
    case "home":
      return { ...track, home: sample };
    case "autopilotVersion":
      return { ...track, autopilotUid: sample.autopilotUid ?? track.autopilotUid };
    case "attitude":
    case "systemTime":
    case "aircraft":
    case "vessel":
    case "impossible":
      return track;
  }
}
