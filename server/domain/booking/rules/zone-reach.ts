// How far a zone reaches in height and time, for the rules that meet volumes with zones.
import type { AmslEnvelope } from "../../../../contract/wire/altitude.ts";
import { amslEnvelope, type HeightGround } from "../../airspace/altitude-envelope.ts";
import type { ZoneRecord } from "../../airspace/zone-record.ts";

/** Stands for an open side; beyond any height that can be booked. */
const openLowerM = -10_000;
const openUpperM = 100_000;

/** The zone's band above mean sea level; open where it says so or its datum is unknown there. */
export function zoneEnvelope(zone: ZoneRecord, heights: HeightGround): AmslEnvelope {
  const { reference, lowerM, upperM } = zone.band;
  const band = { reference, lowerM: lowerM ?? openLowerM, upperM: upperM ?? openUpperM };
  const outcome = amslEnvelope(band, zone.footprint, heights);
  if (outcome.kind === "envelope") return outcome.envelope;
  return { lowerAmslM: openLowerM, upperAmslM: openUpperM };
}

interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** Valid at any moment of the window. */
export function validWithin({ validity }: ZoneRecord, { startMs, endMs }: Window): boolean {
  return (validity.startMs ?? -Infinity) < endMs && (validity.endMs ?? Infinity) > startMs;
}

/** Valid at every moment of the window. */
export function validThroughout({ validity }: ZoneRecord, { startMs, endMs }: Window): boolean {
  return (validity.startMs ?? -Infinity) <= startMs && (validity.endMs ?? Infinity) >= endMs;
}
