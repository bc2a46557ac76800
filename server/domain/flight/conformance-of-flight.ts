// How a booked flight keeps to its booking, in the words of ASTM F3548: conforming, nonconforming
// while it is outside its volumes or its time, contingent when that is not resolved in 60 s. Called
// by telemetry/flights.ts after every change of alarms and at each tick.
import type { AlarmKind } from "../../../contract/wire/alarm.ts";
import type { ConformanceState } from "../../../contract/wire/flight.ts";

/** F3548 leaves the operator this long to come back before others have to be warned. */
export const contingentAfterMs = 60_000;

/** The alarms that say that a flight does not keep to its booking. */
export const breachKinds: readonly AlarmKind[] = [
  "volumeLateral",
  "volumeCeiling",
  "volumeFloor",
  "overrun",
];

export interface FlightConformance {
  readonly state: ConformanceState;
  /** Since when it has not been conforming, epoch ms; null while it is. */
  readonly sinceMs: number | null;
  /** The alarm kinds that stand against it, each once, in order of name. */
  readonly causes: readonly AlarmKind[];
}

export const conforming: FlightConformance = { state: "conforming", sinceMs: null, causes: [] };

/**
 * The conformance now. The same object comes back where state and causes are as before.
 *
 * @param standing Kinds of all standing alarms of the flight; others than breaches do not count.
 */
export function conformanceAfter(
  before: FlightConformance,
  standing: readonly AlarmKind[],
  nowMs: number,
): FlightConformance {
  const causes = breachKinds.filter((kind) => standing.includes(kind)).sort();
  if (causes.length === 0) return before.state === "conforming" ? before : conforming;
  const sinceMs = before.sinceMs ?? nowMs;
  const state = nowMs - sinceMs >= contingentAfterMs ? "contingent" : "nonconforming";
  const isSame = state === before.state && causes.join() === before.causes.join();
  return isSame ? before : { state, sinceMs, causes };
}
