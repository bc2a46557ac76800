// Which figures of MAVLink are a place, and which no drone can have. Asked by the converters to
// samples and by the log readers.

/** Metres, up or down, in any datum: space begins there, and a drone does not. */
const heightMMax = 100_000;
/** Metres a second, over ground or upwards: beyond the fastest drone in the strongest wind. */
const droneSpeedMpsMax = 300;

/** 0/0 is what autopilots send before they have a position; outside the globe there is none. */
export function isKnownPosition(latDegE7: number, lonDegE7: number): boolean {
  if (latDegE7 === 0 && lonDegE7 === 0) return false;
  return Math.abs(latDegE7) <= 90e7 && Math.abs(lonDegE7) <= 180e7;
}

/** Beyond the globe: damage, or a sender that means something else. 0/0 is only not known yet. */
export function isImpossiblePlace(latDegE7: number, lonDegE7: number): boolean {
  return Math.abs(latDegE7) > 90e7 || Math.abs(lonDegE7) > 180e7;
}

export function isPossibleHeight(heightM: number): boolean {
  return Math.abs(heightM) <= heightMMax;
}

export function isPossibleSpeed(speedMps: number): boolean {
  return Math.abs(speedMps) <= droneSpeedMpsMax;
}
