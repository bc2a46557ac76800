// When a flight begins, goes on, lands and is sealed, and when a session ends. Pure decisions;
// called by telemetry-flow at each heartbeat of an autopilot and at each tick.

/** Arming again within this time continues the flight; after it the flight is sealed. */
export const continueWithinMs = 60_000;
/** Silence that ends the session of a disarmed vehicle. */
export const sessionSilenceMsMax = 10 * 60_000;
/** The flight's log begins this long before arming, */
export const logBeforeArmingMs = 60_000;
/** and ends this long after the last disarming. */
export const logAfterDisarmingMs = 30_000;

/** The flight that a session has open: none, in progress (`disarmedAtMs` null) or landed. */
export type OpenFlight = { readonly disarmedAtMs: number | null } | undefined;

export type FlightStep = "start" | "continue" | "land" | "none";

/** What a heartbeat with this armed bit does to the flight. */
export function flightStep(flight: OpenFlight, armed: boolean, atMs: number): FlightStep {
  if (flight === undefined) return armed ? "start" : "none";
  if (flight.disarmedAtMs === null) return armed ? "none" : "land";
  if (!armed) return "none";
  return atMs - flight.disarmedAtMs < continueWithinMs ? "continue" : "start";
}

/** True once a landed flight can no longer be continued. Silence counts too. */
export function isDueToSeal(flight: OpenFlight, nowMs: number): boolean {
  if (flight === undefined || flight.disarmedAtMs === null) return false;
  return nowMs - flight.disarmedAtMs >= continueWithinMs;
}

/** Silence ends a session only if the vehicle was last known disarmed. */
export function isSessionOver(isArmed: boolean, lastHeardAtMs: number, nowMs: number): boolean {
  return !isArmed && nowMs - lastHeardAtMs >= sessionSilenceMsMax;
}

/** MAV_STATE_UNINIT and MAV_STATE_BOOT: said only while the autopilot starts. */
const systemStatusBootMax = 1;

/** True where a heartbeat says that the autopilot is still starting. */
export function isBooting(now: {
  readonly systemStatus: number;
  readonly armed: boolean;
}): boolean {
  return now.systemStatus <= systemStatusBootMax && !now.armed;
}

/** True where a heartbeat says that a vehicle which was already up is starting again. */
export function isBootingAgain(
  before: { readonly systemStatus: number } | undefined,
  now: { readonly systemStatus: number; readonly armed: boolean },
): boolean {
  return before !== undefined && before.systemStatus > systemStatusBootMax && isBooting(now);
}
