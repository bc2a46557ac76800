// Which registered aircraft a heard vehicle is: by its system id, and by its autopilot where that
// is registered. Called by telemetry/vehicle-name.ts.

/** What the registry says of an aircraft. */
export interface RegisteredIdentity {
  readonly sysid: number;
  /** Hex; absent or null where nobody has entered one. */
  readonly autopilotUid?: string | null | undefined;
}

/** What a vehicle says of itself; the uid is undefined until it has stated one. */
export interface StatedIdentity {
  readonly sysid: number;
  readonly autopilotUid: string | undefined;
}

/**
 * known: this one. unknown: none, or several that nothing tells apart. wrongAutopilot: the system
 * id is registered, but for another autopilot than this one.
 */
export type AircraftMatch<Aircraft> =
  | { readonly kind: "known"; readonly aircraft: Aircraft }
  | { readonly kind: "unknown" }
  | { readonly kind: "wrongAutopilot" };

/** True where both autopilots are known and are not the same. */
export function isOtherAutopilot(
  { autopilotUid: registered }: Pick<RegisteredIdentity, "autopilotUid">,
  { autopilotUid: stated }: Pick<StatedIdentity, "autopilotUid">,
): boolean {
  return typeof registered === "string" && stated !== undefined && registered !== stated;
}

/** @param candidates Those with the vehicle's system id; one that a booking names stands alone. */
export function matchAircraft<Aircraft extends RegisteredIdentity>(
  candidates: readonly Aircraft[],
  vehicle: StatedIdentity,
): AircraftMatch<Aircraft> {
  if (candidates.length === 0) return { kind: "unknown" };
  const possible = candidates.filter((one) => !isOtherAutopilot(one, vehicle));
  if (possible.length === 0) return { kind: "wrongAutopilot" };
  const stated = possible.filter(({ autopilotUid }) => autopilotUid === vehicle.autopilotUid);
  const isStated = vehicle.autopilotUid !== undefined && stated.length > 0;
  const [aircraft, ...others] = isStated ? stated : possible;
  if (aircraft === undefined || others.length > 0) return { kind: "unknown" };
  return { kind: "known", aircraft };
}
