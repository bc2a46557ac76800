// The airspace watch: one sample of one armed drone against its booking and the zones around it.
// Called by the telemetry flow for every judged position, and once more when the plan changes.
import type { Permission } from "../../../contract/wire/booking.ts";
import type { Position } from "../../../contract/wire/geometry.ts";
import type { PlannedBooking } from "../../../contract/wire/watch-plan.ts";
import { breachBetween, isFlownSegment, segmentBounds } from "./between-samples.ts";
import { beginCause, continueCause, type CauseState } from "./cause-life.ts";
import {
  bandFor,
  breaksExclusion,
  exclusionKey,
  readExclusion,
  type Exclusion,
} from "./exclusion.ts";
import { readOperatingAreas, readVolumes, withinAny, type Inclusion } from "./inclusion.ts";
import type { PreparedAirspace } from "./prepared-airspace.ts";
import type {
  LimitReading,
  WatchCause,
  WatchChange,
  WatchPoint,
  WatchSample,
} from "./watch-cause.ts";

/** The booking the flight is bound to. Time is judged elsewhere: an overrun stays in its volume. */
export interface WatchSubject {
  readonly booking: PlannedBooking | undefined;
  /** Its booking is not in the plan: what was found against its volume neither ends nor begins. */
  readonly isMissing?: boolean;
}

/** What is remembered of one flight from sample to sample. Plain data, safe through JSON. */
export interface WatchState {
  readonly last: WatchSample | null;
  readonly causes: readonly CauseState[];
}

/** Before the first sample of a flight. */
export const emptyWatchState: WatchState = { last: null, causes: [] };

export interface WatchOutcome {
  readonly state: WatchState;
  /** What alarms are made of, in the order volume, operating area, zones; mostly empty. */
  readonly changes: readonly WatchChange[];
  /** The causes that stand after this sample. */
  readonly standing: readonly WatchCause[];
}

/** All that one sample is judged by. */
interface Judgement {
  readonly airspace: PreparedAirspace;
  readonly atMs: number;
  readonly point: WatchPoint;
  /** The sample before, where the way between the two is to be judged too. */
  readonly from: WatchPoint | undefined;
  readonly causes: readonly CauseState[];
  /** The volumes are not known. */
  readonly isMissing: boolean;
  readonly volumes: readonly Inclusion[];
  readonly pads: readonly Position[];
  readonly permissions: readonly Permission[];
}

/**
 * Judges one sample. Raises at the first sample outside a limit, or by the straight line from the
 * last sample that crossed one; a limit kept again is told after 5 s well within it.
 *
 * Call it only between arming and disarming, samples in order of time.
 * @param sample Finite numbers; it is kept, so it must not be changed afterwards.
 */
export function judgeSample(
  airspace: PreparedAirspace,
  subject: WatchSubject,
  state: WatchState,
  sample: WatchSample,
): WatchOutcome {
  const judgement = judgementOf(airspace, subject, state, sample);
  const readings: LimitReading[] = [];
  readBooking(judgement, readings);
  readAreas(judgement, readings);
  readExclusions(judgement, readings);
  if (readings.length === 0 && state.causes.length === 0) {
    return {
      state: { last: sample, causes: state.causes },
      changes: noChanges,
      standing: noCauses,
    };
  }
  return stepCauses(judgement, readings, sample);
}

const noChanges: readonly WatchChange[] = [];
const noCauses: readonly WatchCause[] = [];
const none: readonly never[] = [];

function judgementOf(
  airspace: PreparedAirspace,
  { booking, isMissing = false }: WatchSubject,
  { last, causes }: WatchState,
  sample: WatchSample,
): Judgement {
  const prepared = booking && airspace.preparedBooking(booking.id);
  const groundAmslM = airspace.groundAmslM(prepared?.booking.siteId, sample.position);
  return {
    airspace,
    atMs: sample.atMs,
    point: pointOf(sample, groundAmslM),
    from: last && isFlownSegment(last, sample) ? pointOf(last, groundAmslM) : undefined,
    causes,
    isMissing,
    volumes: prepared?.volumes ?? none,
    pads: prepared?.pads ?? none,
    permissions: prepared?.permissions ?? none,
  };
}

function pointOf(sample: WatchSample, groundAmslM: number): WatchPoint {
  const { position, altitudeAmslM, altitudeAboveHomeM } = sample;
  return { position, altitudeAmslM, altitudeAboveHomeM, groundAmslM };
}

function readBooking(judgement: Judgement, readings: LimitReading[]): void {
  const { volumes, point, pads, causes } = judgement;
  if (volumes.length === 0) return;
  const isOutside = !withinAny(volumes, point, pads);
  const left = isOutside ? undefined : leftBetween(judgement, volumes);
  const isWatched = causes.some(({ cause }) => volumeKinds.has(cause.kind));
  if (!isOutside && left === undefined && !isWatched) return;
  const now = readVolumes(volumes, point, pads);
  const then = left === undefined ? none : readVolumes(volumes, left, pads);
  for (const reading of now) readings.push(withEarlierBreach(reading, then));
}

const volumeKinds: ReadonlySet<WatchCause["kind"]> = new Set([
  "volumeLateral",
  "volumeCeiling",
  "volumeFloor",
]);

function readAreas(judgement: Judgement, readings: LimitReading[]): void {
  const { airspace, atMs, point, pads, causes } = judgement;
  const areas = airspace.operatingAreasAt(atMs);
  if (areas.length === 0) return;
  const isOutside = !withinAny(areas, point, pads);
  const left = isOutside ? undefined : leftBetween(judgement, areas);
  const isWatched = causes.some(({ cause }) => cause.kind === "operatingArea");
  if (!isOutside && left === undefined && !isWatched) return;
  const now = readOperatingAreas(areas, point, pads);
  const then = left && readOperatingAreas(areas, left, pads);
  if (now) readings.push(withEarlierBreach(now, then ? [then] : none));
}

/** Where the way from the last sample led out of all of them and back in. */
function leftBetween(
  { from, point, pads }: Judgement,
  inclusions: readonly Inclusion[],
): WatchPoint | undefined {
  if (from === undefined) return undefined;
  return breachBetween(from, point, inclusions, (at) => !withinAny(inclusions, at, pads));
}

function readExclusions(judgement: Judgement, readings: LimitReading[]): void {
  const { airspace, atMs, point, from, causes } = judgement;
  const near = airspace.exclusionsNear(segmentBounds(from ?? point, point), atMs);
  for (const exclusion of near) readExclusionHere(judgement, exclusion, readings);
  for (const { cause } of causes) {
    if (cause.zoneId === null || readings.some(({ cause: { key } }) => key === cause.key)) continue;
    const exclusion = airspace.exclusionAt(cause.zoneId, atMs);
    if (exclusion) readings.push(readExclusion(exclusion, point, judgement.permissions));
  }
}

function readExclusionHere(
  { point, from, causes, permissions }: Judgement,
  exclusion: Exclusion,
  readings: LimitReading[],
): void {
  const brokenNow = breaksExclusion(exclusion, point, permissions);
  const brokenAt =
    brokenNow || from === undefined
      ? undefined
      : breachBetween(
          from,
          point,
          [{ footprint: exclusion.footprint, band: bandFor(exclusion, point, permissions) }],
          (at) => breaksExclusion(exclusion, at, permissions),
        );
  const key = exclusionKey(exclusion);
  const isWatched = causes.some(({ cause }) => cause.key === key);
  if (!brokenNow && brokenAt === undefined && !isWatched) return;
  const now = readExclusion(exclusion, point, permissions);
  const then = brokenAt && readExclusion(exclusion, brokenAt, permissions);
  readings.push(withEarlierBreach(now, then ? [then] : none));
}

/** A limit kept now but passed on the way here counts as passed. */
function withEarlierBreach(now: LimitReading, earlier: readonly LimitReading[]): LimitReading {
  if (now.breach !== undefined) return now;
  const then = earlier.find(({ cause }) => cause.key === now.cause.key);
  if (then?.breach === undefined) return now;
  return { cause: then.cause, breach: then.breach, clear: now.clear };
}

function stepCauses(
  { atMs, point, causes, isMissing }: Judgement,
  readings: readonly LimitReading[],
  sample: WatchSample,
): WatchOutcome {
  const moment = { atMs, point };
  const changes: WatchChange[] = [];
  const next: CauseState[] = [];
  for (const reading of readings) {
    const state = causes.find(({ cause }) => cause.key === reading.cause.key);
    const step = state ? continueCause(state, reading, moment) : beginCause(reading, moment);
    if (step.change) changes.push(step.change);
    if (step.next) next.push(step.next);
  }
  for (const state of causes) {
    if (readings.some(({ cause }) => cause.key === state.cause.key)) continue;
    if (isMissing && volumeKinds.has(state.cause.kind)) {
      next.push(state);
      continue;
    }
    const step = continueCause(state, undefined, moment);
    if (step.change) changes.push(step.change);
    if (step.next) next.push(step.next);
  }
  const isSame =
    next.length === causes.length && next.every((state, index) => state === causes[index]);
  return {
    state: { last: sample, causes: isSame ? causes : next },
    changes: changes.length === 0 ? noChanges : changes,
    standing: next.filter(({ phase }) => phase === "standing").map(({ cause }) => cause),
  };
}
