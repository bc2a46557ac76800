// One MAVLink system and component over a whole log: how much it sent, when it was silent, where
// it was. Fed record by record by inspect-tlog.ts.

import { isAutopilotHeartbeat } from "../mavlink/autopilot-heartbeat.ts";
import { decodeFields } from "../mavlink/decode.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { isKnownPosition } from "../mavlink/known-position.ts";
import { createPositionCollector } from "./position-summary.ts";
import type { PositionSummary } from "./position-summary.ts";

const gapUsMin = 2_000_000;
const reorderUsMax = 1_000_000;

export interface SilentSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

export interface SystemSurvey {
  readonly sysid: number;
  readonly compid: number;
  /**
   * Takes the system's next frame; `stampUs` is undefined where its time is not known.
   * @returns frames missing before this one by its sequence number, 0 to 255
   */
  add(stampUs: number | undefined, frame: FrameView): number;
  frames(): number;
  /** True once a heartbeat said so. */
  isAutopilot(): boolean;
  /** Spans of more than two seconds between two frames. */
  gaps(): readonly SilentSpan[];
  /** From GLOBAL_POSITION_INT, else from GPS_RAW_INT; 0/0 is no position. */
  position(): PositionSummary | undefined;
}

export function createSystemSurvey(sysid: number, compid: number): SystemSurvey {
  const estimated = createPositionCollector();
  const received = createPositionCollector();
  const gaps: SilentSpan[] = [];
  let frames = 0;
  let isAutopilot = false;
  let latestUs: number | undefined;
  let sequence: number | undefined;

  function add(stampUs: number | undefined, frame: FrameView): number {
    frames += 1;
    const lost = framesLost(stampUs, frame.sequence);
    sequence = frame.sequence;
    if (stampUs !== undefined) {
      if (latestUs !== undefined && stampUs - latestUs > gapUsMin) {
        gaps.push({ fromUs: latestUs, toUs: stampUs });
      }
      latestUs = Math.max(latestUs ?? stampUs, stampUs);
    }
    readFrame(frame);
    return lost;
  }

  /** Half a round ahead within a second is a frame that comes again or late, not 128 lost ones. */
  function framesLost(stampUs: number | undefined, found: number): number {
    if (sequence === undefined) return 0;
    const ahead = (found - sequence - 1) & 0xff;
    const silentUs = stampUs === undefined || latestUs === undefined ? 0 : stampUs - latestUs;
    return ahead < 128 || silentUs > reorderUsMax ? ahead : 0;
  }

  function readFrame(frame: FrameView): void {
    const name = frame.definition?.name;
    if (name === "HEARTBEAT") {
      const { type, autopilot } = numbersOf(frame);
      isAutopilot ||= isAutopilotHeartbeat(compid, type ?? 0, autopilot ?? 0);
    } else if (name === "GLOBAL_POSITION_INT" || name === "GPS_RAW_INT") {
      const { lat = 0, lon = 0, alt = 0, relative_alt: relativeAlt } = numbersOf(frame);
      if (!isKnownPosition(lat, lon)) return;
      (name === "GPS_RAW_INT" ? received : estimated).add({
        latDeg: lat / 1e7,
        lngDeg: lon / 1e7,
        altitudeAmslM: alt / 1000,
        ...(relativeAlt !== undefined && { altitudeAboveHomeM: relativeAlt / 1000 }),
      });
    }
  }

  return {
    sysid,
    compid,
    add,
    frames: () => frames,
    isAutopilot: () => isAutopilot,
    gaps: () => gaps,
    position: () => estimated.summary() ?? received.summary(),
  };
}

/** The fields of a message that has nothing but numbers below 2^53 where it is read. */
function numbersOf(frame: FrameView): Record<string, number | undefined> {
  return decodeFields(frame) as Record<string, number | undefined>;
}
