// What a request is well formed for, but nobody can fly or act on: a volume too small to hold a
// drone, a phone that cannot be called. Called by the bookings router, beside request-faults.ts.
import { bookedBandMMin } from "../../../contract/wire/altitude.ts";
import type { BookingRequest } from "../../../contract/wire/booking.ts";
import { bookedAreaM2Min, bookedRadiusMMin } from "../../../contract/wire/geometry.ts";
import { isCallable, phoneDigitsMax, phoneDigitsMin } from "../../../contract/wire/plain-text.ts";
import type { Fault } from "../../../contract/wire/problem.ts";
import { polygonAreaM2 } from "../airspace/footprint-check.ts";

type Volume = BookingRequest["volumes"][number];

/** Each limit that is not met. Expects a request without requestFaults. */
export function requestLimitFaults({ volumes, contactPhone }: BookingRequest): Fault[] {
  const faults = volumes.flatMap((volume, index) => volumeFaults(volume, `volumes.${index}`));
  if (isCallable(contactPhone)) return faults;
  const expected =
    `a phone number that can be called: ${phoneDigitsMin} to ${phoneDigitsMax} digits, ` +
    "with +, spaces, hyphens, brackets or ext.";
  return [...faults, { path: "contactPhone", expected, found: contactPhone }];
}

function volumeFaults({ footprint, band }: Volume, path: string): Fault[] {
  const faults: Fault[] = [];
  if (footprint.kind === "circle" && footprint.radiusM < bookedRadiusMMin) {
    const found = `${footprint.radiusM} m`;
    const expected = `a radius of at least ${bookedRadiusMMin} m`;
    faults.push({ path: `${path}.footprint.radiusM`, expected, found });
  }
  if (footprint.kind === "polygon") {
    const areaM2 = polygonAreaM2(footprint.polygon);
    if (areaM2 < bookedAreaM2Min) {
      const expected = `an area of at least ${bookedAreaM2Min} m²`;
      const found = `${areaM2.toFixed(1)} m²`;
      faults.push({ path: `${path}.footprint.polygon`, expected, found });
    }
  }
  if (band !== undefined && band.upperM - band.lowerM < bookedBandMMin) {
    const expected = `a limit at least ${bookedBandMMin} m above the lower one`;
    faults.push({ path: `${path}.band.upperM`, expected, found: `${band.upperM} m` });
  }
  return faults;
}
