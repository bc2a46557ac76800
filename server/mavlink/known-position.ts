// Which latitudes and longitudes of MAVLink are a place. Asked by the converters to samples and by
// the log readers.

/** 0/0 is what autopilots send before they have a position; outside the globe there is none. */
export function isKnownPosition(latDegE7: number, lonDegE7: number): boolean {
  if (latDegE7 === 0 && lonDegE7 === 0) return false;
  return Math.abs(latDegE7) <= 90e7 && Math.abs(lonDegE7) <= 180e7;
}
