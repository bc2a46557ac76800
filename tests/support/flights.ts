// The recorded flights that many tests replay. They are too large to live in the repository: they
// stand beside it, in ../shared/data. Tests that need them say plainly that they were skipped.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const repositoryRoot = path.resolve(import.meta.dirname, "../..");
const sharedRoot = process.env["SKYRANGE_SHARED"] ?? path.join(repositoryRoot, "../shared");

/** The folder of the recorded flights. */
export const flightsDir = path.join(sharedRoot, "data/flights");

export const flightsAvailable = existsSync(path.join(flightsDir, "a_normal.tlog"));

if (!flightsAvailable) {
  process.stderr.write(`Recorded flights not found in ${flightsDir}: tests of them are skipped.\n`);
}

/** Path of a file of the recorded flights, e.g. `a_normal.pcap`. */
export function flightPath(name: string): string {
  return path.join(flightsDir, name);
}

export function readFlight(name: string): Uint8Array {
  return new Uint8Array(readFileSync(flightPath(name)));
}

/** The facts of a recording, as its `.truth.json` states them. */
export interface FlightTruth {
  readonly frames: number;
  readonly first_ts_us: number;
  readonly last_ts_us: number;
  readonly timestamps_going_back: number;
  readonly systems: readonly {
    readonly sysid: number;
    readonly compid: number;
    readonly frames: number;
    readonly counts: Readonly<Record<string, number>>;
    readonly modes_by_heartbeat?: readonly (readonly [number, string])[];
    readonly armed_by_heartbeat_s?: readonly (readonly [number, number])[];
    readonly global_position_int?: {
      readonly count: number;
      readonly count_with_lat_lon_zero: number;
      readonly first_nonzero: FlightTruthPosition;
      readonly last: FlightTruthPosition;
      readonly lat_min: number;
      readonly lat_max: number;
      readonly lon_min: number;
      readonly lon_max: number;
      readonly alt_mm_min: number;
      readonly alt_mm_max: number;
      readonly relative_alt_mm_min: number;
      readonly relative_alt_mm_max: number;
    };
  }[];
}

export interface FlightTruthPosition {
  /** Seconds after the first stamp. */
  readonly t: number;
  readonly time_boot_ms: number;
  readonly lat: number;
  readonly lon: number;
  readonly alt: number;
  readonly relative_alt: number;
}

export function readTruth(name: string): FlightTruth {
  return JSON.parse(readFileSync(flightPath(`${name}.truth.json`), "utf8")) as FlightTruth;
}
