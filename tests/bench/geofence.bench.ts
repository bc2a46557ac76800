// What judging a position costs: containment and distance among 1,000 zones of 100 vertices, beside
// a loop of Turf over the same zones in the same run, and one whole judgement of a booked flight.
// Processor time; rounds alternate, each figure is the median of its rounds.

import { booleanPointInPolygon, pointToPolygonDistance } from "@turf/turf";
import type { PolygonGeometry, Position } from "../../contract/wire/geometry.ts";
import { emptyWatchPlan, type WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import { emptyWatchState, judgeSample } from "../../server/domain/airspace/airspace-watch.ts";
import { degreeScale } from "../../server/domain/airspace/local-plane.ts";
import {
  prepareAirspace,
  type PreparedAirspace,
} from "../../server/domain/airspace/prepared-airspace.ts";
import type { BenchFigure } from "./bench-figure.ts";

const zoneCount = 1_000;
const vertexCount = 100;
const pointCount = 20_000;
/** Turf's loops take 500 to 100,000 times longer, so fewer points are enough. */
const turfContainmentPoints = 100;
const turfDistancePoints = 2;
const rounds = 5;
const withinM = 200;
const west = 113.6;
const south = 21.8;

/** Points a second on one core; `ratio` is how many times the baseline's. */
export function run(): BenchFigure[] {
  const random = seededRandom(20251);
  const outlines = Array.from({ length: zoneCount }, () => star(random));
  const airspace = prepareAirspace(planOf(outlines));
  const points = Array.from({ length: pointCount }, () => ({
    lngDeg: west + random(),
    latDeg: south + random(),
  }));
  let kept = 0; // keeps the work from being optimised away
  const containment = (): void => {
    for (const point of points) kept += airspace.zonesNear(point, 0).length;
  };
  const turfContainment = (): void => {
    for (const { lngDeg, latDeg } of points.slice(0, turfContainmentPoints)) {
      for (const outline of outlines) {
        if (booleanPointInPolygon([lngDeg, latDeg], outline)) kept++;
      }
    }
  };
  const distance = (): void => {
    for (const point of points) kept += distancesNear(airspace, point);
  };
  const turfDistance = (): void => {
    for (const { lngDeg, latDeg } of points.slice(0, turfDistancePoints)) {
      for (const outline of outlines) {
        const metres = pointToPolygonDistance([lngDeg, latDeg], outline, { units: "meters" });
        if (metres <= withinM) kept++;
      }
    }
  };
  const watch = (): void => {
    kept += flyAcross(airspace, points[0] ?? { lngDeg: west, latDeg: south });
  };
  const rates = medianRates([
    { work: containment, points: pointCount },
    { work: turfContainment, points: turfContainmentPoints },
    { work: distance, points: pointCount },
    { work: turfDistance, points: turfDistancePoints },
    { work: watch, points: pointCount },
  ]);
  if (kept === 0) throw new Error("No point was in any zone.");
  const [ours = 0, turf = 0, oursDistance = 0, turfDistances = 0, judged = 0] = rates;
  return [
    figure("containment, 1,000 zones of 100 vertices", ours, turf),
    figure("distance to every zone within 200 m", oursDistance, turfDistances),
    figure("whole judgement of one sample, beside Turf's containment alone", judged, turf),
  ];
}

function figure(name: string, value: number, baseline: number): BenchFigure {
  const ratio = value / baseline;
  return { suite: "geofence", case: name, value, unit: "points/s", baseline, ratio };
}

function distancesNear(airspace: PreparedAirspace, { lngDeg, latDeg }: Position): number {
  const { latM, lngM } = degreeScale(latDeg);
  const near = airspace.exclusionsNear(
    {
      westDeg: lngDeg - withinM / lngM,
      eastDeg: lngDeg + withinM / lngM,
      southDeg: latDeg - withinM / latM,
      northDeg: latDeg + withinM / latM,
    },
    0,
  );
  let found = 0;
  for (const { footprint } of near) {
    if (footprint.signedDistanceM({ lngDeg, latDeg }) <= withinM) found++;
  }
  return found;
}

/** One unbooked drone at 15 m/s and 10 Hz, east and back; answers how often anything changed. */
function flyAcross(airspace: PreparedAirspace, from: Position): number {
  let state = emptyWatchState;
  let changes = 0;
  for (let index = 0; index < pointCount; index++) {
    const east = Math.abs((index % 4_000) - 2_000) * 1.5e-5;
    const outcome = judgeSample(airspace, { booking: undefined }, state, {
      atMs: index * 100,
      position: { latDeg: from.latDeg, lngDeg: from.lngDeg + east },
      altitudeAmslM: 50,
      altitudeAboveHomeM: 47,
    });
    state = outcome.state;
    changes += outcome.changes.length;
  }
  return changes;
}

function medianRates(cases: readonly { work: () => void; points: number }[]): number[] {
  const rates = cases.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { work, points }] of cases.entries()) {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round > 0) rates[index]?.push((points * 1e6) / (user + system));
    }
  }
  return rates.map((found) => found.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN);
}

function star(random: () => number): PolygonGeometry {
  const lngDeg = west + random();
  const latDeg = south + random();
  const ring = Array.from({ length: vertexCount }, (_, index): [number, number] => {
    const angle = (index * 2 * Math.PI) / vertexCount;
    const reach = 0.003 + 0.004 * random();
    return [lngDeg + reach * Math.cos(angle), latDeg + reach * Math.sin(angle)];
  });
  return { type: "Polygon", coordinates: [[...ring, ...ring.slice(0, 1)]] };
}

function planOf(outlines: readonly PolygonGeometry[]): WatchPlan {
  const zones = outlines.map((polygon, index): Zone => ({
    id: `zone_${index}`,
    version: 1,
    kind: "keepOut",
    name: { en: "Zone", zhHant: "區域" },
    footprint: { kind: "polygon", polygon },
    band: { reference: "AMSL", lowerM: null, upperM: 100 },
    validity: { startMs: null, endMs: null },
    source: "bench",
    confidence: "estimate",
    sha256: "",
    inForce: true,
  }));
  return { ...emptyWatchPlan, zones };
}

/** mulberry32: the same zones and points in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
