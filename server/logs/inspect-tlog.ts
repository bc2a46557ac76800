// What is in a tlog, honestly: counts, systems, times, gaps, positions, signatures, damage.
// One pass over the file; called by `npm run log -- inspect`.

import { holdsSetupKey, isSignatureRight, parseSigningKey } from "../mavlink/signing.ts";
import { createTlogReader } from "../mavlink/tlog.ts";
import type { TlogRecord } from "../mavlink/tlog.ts";
import type { LogInspection, LogWarning, LogWarningKind } from "./log-inspection.ts";
import { messageName } from "./message-name.ts";
import { createSystemSurvey } from "./system-survey.ts";
import type { SystemSurvey } from "./system-survey.ts";

export interface InspectOptions {
  /** The signing key, 64 hexadecimal digits: signatures are then checked. */
  readonly keyHex?: string;
}

// No ground station wrote tlogs before 2010: an earlier stamp is a clock that was never set.
const stampUsMin = Date.UTC(2010, 0, 1) * 1000;
const stampUsMax = Date.UTC(2100, 0, 1) * 1000;

/**
 * Reads a whole tlog. A file without any frame gives `frames: 0`; it is no tlog, or an empty one.
 * @throws where `keyHex` is not 64 hexadecimal digits
 */
export function inspectTlog(bytes: Uint8Array, options: InspectOptions = {}): LogInspection {
  const survey = surveyRecords(bytes, keyOf(options));
  const { systems, messages, signed, times } = survey;
  const toMs = (stampUs: number) => Math.floor((stampUs - times.originUs) / 1000);
  const sorted = [...systems.values()].sort((a, b) => a.sysid - b.sysid || a.compid - b.compid);
  const autopilots = sorted.filter((system) => system.isAutopilot());
  const isDated = times.clock === "receipt" && times.firstUs <= times.lastUs;
  return {
    format: "tlog",
    bytes: bytes.length,
    frames: survey.tally.frames,
    badSpans: survey.tally.badSpans,
    messages: Object.fromEntries([...messages].sort(([a], [b]) => (a < b ? -1 : 1))),
    systems: sorted.map((system) => ({
      sysid: system.sysid,
      compid: system.compid,
      frames: system.frames(),
      position: (system.isAutopilot() ? system.position() : undefined) ?? null,
    })),
    startMs: isDated ? toMs(times.firstUs) : null,
    endMs: isDated ? toMs(times.lastUs) : null,
    clock: times.clock,
    gaps: autopilots
      .flatMap((system) =>
        system.gaps().map(({ fromUs, toUs }) => ({
          sysid: system.sysid,
          compid: system.compid,
          fromMs: toMs(fromUs),
          toMs: toMs(toUs),
        })),
      )
      .sort((a, b) => a.fromMs - b.fromMs),
    position: (autopilots.length === 1 ? autopilots[0]?.position() : undefined) ?? null,
    signed,
    warnings: warningsOf(survey.warnings, toMs),
  };
}

function keyOf({ keyHex }: InspectOptions): Uint8Array | undefined {
  if (keyHex === undefined) return undefined;
  const key = parseSigningKey(keyHex);
  if (!key) throw new Error("a signing key is 64 hexadecimal digits");
  return key;
}

function surveyRecords(bytes: Uint8Array, key: Uint8Array | undefined) {
  const reader = createTlogReader(bytes);
  const { record } = reader;
  const { frame } = record;
  const systems = new Map<number, SystemSurvey>();
  const messages = new Map<string, number>();
  const warnings = createWarningCounter();
  const times = createTimeSurvey(warnings);
  let signedFrames = 0;
  let verified = 0;
  let spansBefore = 0;
  while (reader.next()) {
    const stampUs = times.add(record);
    const { badSpans } = reader.tally();
    if (badSpans > spansBefore) warnings.add("badSpan", stampUs);
    spansBefore = badSpans;
    const name = messageName(frame);
    messages.set(name, (messages.get(name) ?? 0) + 1);
    if (!frame.definition) warnings.add("unknownMessage", stampUs);
    if (holdsSetupKey(frame)) warnings.add("signingKeyInFile", stampUs);
    const lost = systemOf(systems, record).add(stampUs, frame);
    if (lost > 0) warnings.add("sequenceGap", stampUs, lost);
    if (!frame.signed) continue;
    signedFrames += 1;
    if (!key) continue;
    if (isSignatureRight(frame, key)) verified += 1;
    else warnings.add("signatureRefused", stampUs);
  }
  const tally = reader.tally();
  if (tally.badSpans > spansBefore) {
    warnings.add("badSpan", times.latestUs());
    warnings.add("cutTail", times.latestUs());
  }
  return {
    systems,
    messages,
    warnings,
    tally,
    times: times.result(),
    signed: {
      frames: signedFrames,
      ...(key && { verified, refused: signedFrames - verified }),
    },
  };
}

function systemOf(systems: Map<number, SystemSurvey>, { frame }: TlogRecord): SystemSurvey {
  const key = frame.sysid * 256 + frame.compid;
  let system = systems.get(key);
  if (!system) {
    system = createSystemSurvey(frame.sysid, frame.compid);
    systems.set(key, system);
  }
  return system;
}

/** The log's clock by its first stamp, and the earliest and latest stamp that can be right. */
function createTimeSurvey(warnings: WarningCounter) {
  let isUnknown: boolean | undefined;
  let firstUs = Infinity;
  let lastUs = -Infinity;
  let previousUs: number | undefined;

  /** The record's stamp, or undefined where it cannot be right. */
  function add({ stampUs }: TlogRecord): number | undefined {
    isUnknown ??= stampUs < stampUsMin;
    if (!isUnknown && (stampUs < stampUsMin || stampUs > stampUsMax)) {
      warnings.add("implausibleStamp", previousUs);
      return undefined;
    }
    if (previousUs !== undefined && stampUs < previousUs) warnings.add("stampBackwards", stampUs);
    previousUs = stampUs;
    firstUs = Math.min(firstUs, stampUs);
    lastUs = Math.max(lastUs, stampUs);
    return stampUs;
  }

  return {
    add,
    latestUs: () => previousUs,
    result: () => {
      const clock = isUnknown === false ? ("receipt" as const) : ("unknown" as const);
      return { clock, firstUs, lastUs, originUs: clock === "receipt" ? 0 : firstUs };
    },
  };
}

type WarningCounter = ReturnType<typeof createWarningCounter>;

function createWarningCounter() {
  const found = new Map<LogWarningKind, { count: number; firstUs: number | undefined }>();
  return {
    add: (kind: LogWarningKind, atUs: number | undefined, count = 1) => {
      const entry = found.get(kind);
      if (entry) entry.count += count;
      else found.set(kind, { count, firstUs: atUs });
    },
    entries: () => [...found],
  };
}

function warningsOf(warnings: WarningCounter, toMs: (stampUs: number) => number): LogWarning[] {
  return warnings.entries().map(([kind, { count, firstUs }]) => ({
    kind,
    count,
    firstAtMs: firstUs === undefined ? null : toMs(firstUs),
  }));
}
