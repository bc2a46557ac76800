// A log's inspection in words, for `npm run log -- inspect` without --json.

import type { LogInspection, LogWarningKind } from "../logs/log-inspection.ts";
import type { LoggedPosition, PositionSummary } from "../logs/position-summary.ts";

const warningWords: Record<LogWarningKind, string> = {
  badSpan: "spans of bytes that are no record",
  cutTail: "cut off at the end of the file",
  unknownMessage: "frames of unknown messages (kept, not read)",
  implausibleStamp: "times before 2010 or after 2100 (not used)",
  stampBackwards: "times that go back",
  sequenceGap: "frames missing by sequence number (seen modulo 256)",
  signatureRefused: "signatures that the key does not make",
  signingKeyInFile: "signing keys in clear: keep this file private",
};

const clockWords: Record<LogInspection["clock"], string> = {
  gps: "by the GNSS receiver",
  receipt: "by the clock of the receiving station",
  boot: "from the start of the log (the date is unknown)",
  unknown: "from the start of the log (the date is unknown)",
};

/** Some lines of plain text, without a last line break. */
export function describeInspection(log: LogInspection): string {
  const lines = [
    `${log.format}, ${log.bytes} bytes, ${log.frames} frames, ${log.badSpans} damaged spans`,
    `times ${clockWords[log.clock]}`,
  ];
  if (log.startMs !== null && log.endMs !== null) {
    lines.push(`${timeText(log, log.startMs)} to ${timeText(log, log.endMs)}`);
  }
  for (const { sysid, compid, frames, position } of log.systems) {
    lines.push(`system ${sysid}/${compid}: ${frames} frames`);
    if (position) lines.push(...describePosition(position));
  }
  for (const { sysid, compid, fromMs, toMs } of log.gaps) {
    const seconds = ((toMs - fromMs) / 1000).toFixed(1);
    lines.push(`gap of ${seconds} s in ${sysid}/${compid} from ${timeText(log, fromMs)}`);
  }
  if (log.signed.frames > 0) lines.push(describeSigned(log.signed));
  for (const { kind, count, firstAtMs } of log.warnings) {
    const first = firstAtMs === null ? "" : `, first at ${timeText(log, firstAtMs)}`;
    lines.push(`warning: ${count} ${warningWords[kind]}${first}`);
  }
  lines.push("messages:");
  for (const [name, count] of Object.entries(log.messages)) lines.push(`  ${name} ${count}`);
  return lines.join("\n");
}

function describePosition({ count, first, last, min, max }: PositionSummary): string[] {
  return [
    `  ${count} positions, first ${placeText(first)}, last ${placeText(last)}`,
    `  lowest ${heightText(min)}, highest ${heightText(max)}`,
  ];
}

function describeSigned({ frames, verified, refused }: LogInspection["signed"]): string {
  if (verified === undefined) return `${frames} signed frames (not checked: no --key)`;
  return `${frames} signed frames, ${verified} verified, ${refused ?? 0} refused`;
}

function placeText(position: LoggedPosition): string {
  return `${position.latDeg.toFixed(7)}, ${position.lngDeg.toFixed(7)} (${heightText(position)})`;
}

function heightText({ altitudeAmslM, altitudeAboveHomeM }: LoggedPosition): string {
  const heights = [];
  if (altitudeAmslM !== undefined) heights.push(`${metresText(altitudeAmslM)} AMSL`);
  if (altitudeAboveHomeM !== undefined)
    heights.push(`${metresText(altitudeAboveHomeM)} above home`);
  return heights.length > 0 ? heights.join(", ") : "height unknown";
}

/** To a tenth; what rounds to zero has no sign. */
function metresText(metres: number): string {
  return `${(Math.round(metres * 10) / 10 + 0).toFixed(1)} m`;
}

/** Hong Kong time with its offset where the date is known, else seconds from the log's start. */
function timeText({ clock }: LogInspection, timeMs: number): string {
  if (clock === "boot" || clock === "unknown") return `${(timeMs / 1000).toFixed(3)} s`;
  const hongKongMs = timeMs + 8 * 3_600_000; // no daylight saving time since 1979
  return new Date(hongKongMs).toISOString().replace("T", " ").replace("Z", "+08:00");
}
