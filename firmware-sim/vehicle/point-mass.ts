// The body of a simulated drone: a point that flies straight towards a target at bounded speed.
// Metres north, east and up of home. Called by the autopilot at every step.

export interface LocalPointM {
  readonly northM: number;
  readonly eastM: number;
  readonly upM: number;
}

export interface PointMass extends LocalPointM {
  readonly northMps: number;
  readonly eastMps: number;
  /** Positive up. */
  readonly climbMps: number;
  /** 0 <= heading < 360, clockwise from north; kept while it stands still. */
  readonly headingDeg: number;
}

export interface SpeedLimits {
  readonly groundSpeedMpsMax: number;
  readonly climbMpsMax: number;
}

export const restingAtHome: PointMass = {
  northM: 0,
  eastM: 0,
  upM: 0,
  northMps: 0,
  eastMps: 0,
  climbMps: 0,
  headingDeg: 0,
};

/** One step of `stepS` seconds towards `target`, arriving exactly and never passing it. */
export function stepTowards(
  mass: PointMass,
  target: LocalPointM,
  limits: SpeedLimits,
  stepS: number,
): PointMass {
  const north = target.northM - mass.northM;
  const east = target.eastM - mass.eastM;
  const away = Math.hypot(north, east);
  const travel = Math.min(away, limits.groundSpeedMpsMax * stepS);
  const share = away > 0 ? travel / away : 0;
  const upMax = limits.climbMpsMax * stepS;
  const up = Math.max(-upMax, Math.min(upMax, target.upM - mass.upM));
  return {
    northM: mass.northM + north * share,
    eastM: mass.eastM + east * share,
    upM: mass.upM + up,
    northMps: (north * share) / stepS,
    eastMps: (east * share) / stepS,
    climbMps: up / stepS,
    headingDeg: travel > 0.01 ? headingDeg(north, east) : mass.headingDeg,
  };
}

/** Whether the mass stands at the target within `withinM` metres, sideways and in height. */
export function hasArrived(mass: LocalPointM, target: LocalPointM, withinM: number): boolean {
  const sideways = Math.hypot(target.northM - mass.northM, target.eastM - mass.eastM);
  return sideways <= withinM && Math.abs(target.upM - mass.upM) <= withinM;
}

function headingDeg(north: number, east: number): number {
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}
