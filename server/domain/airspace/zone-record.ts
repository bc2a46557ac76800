// A zone version as it is kept, and as it is shown. Written and read by the store, shown by http
// and realtime, and put into the watch plan.
import type { Zone } from "../../../contract/wire/zone.ts";

/** A zone version and the watch plan with which it came. */
export type ZoneRecord = Omit<Zone, "inForce"> & { readonly planVersion: number };

/** @param planVersionInForce The newest plan that ingest has acknowledged. */
export function shownZone(record: ZoneRecord, planVersionInForce: number): Zone {
  const { planVersion, ...zone } = record;
  return { ...zone, inForce: planVersion <= planVersionInForce };
}
