// Looks through a whole database for what must never be: two bookings that hold one unit, or one
// piece of airspace, at the same time. It shares nothing with the code that books but the geometry.
import { volumesConflict } from "../../server/domain/airspace/volume4d.ts";
import type { BookingVolume } from "../../contract/wire/booking.ts";
import type { Database } from "../../server/store/database.ts";

interface Window {
  booking_id: string;
  start_ms: number;
  end_ms: number;
}
type Allocation = Window & { unit_kind: string; unit_id: string };
type Volume = Window & { footprint: string; lower_amsl_m: number; upper_amsl_m: number };

function pairs<T extends Window>(rows: readonly T[], meet: (a: T, b: T) => boolean): string[] {
  return rows.flatMap((a, index) =>
    rows
      .slice(index + 1)
      .filter((b) => a.booking_id !== b.booking_id)
      .filter((b) => a.start_ms < b.end_ms && b.start_ms < a.end_ms && meet(a, b))
      .map((b) => `${a.booking_id} meets ${b.booking_id}`),
  );
}

function volumeOf(row: Volume) {
  return {
    footprint: JSON.parse(row.footprint) as BookingVolume["footprint"],
    envelope: { lowerAmslM: row.lower_amsl_m, upperAmslM: row.upper_amsl_m },
    window: { startMs: row.start_ms, endMs: row.end_ms },
  };
}

/** One line for each two that meet, and for each booking that holds nothing though it should. */
export async function overlapsIn({ read }: Database): Promise<string[]> {
  const allocations = await read("allocation").where({ status: "held" }).select<Allocation[]>("*");
  const volumes = await read("booking_volume").where({ holding: true }).select<Volume[]>("*");
  const held = await read("booking")
    .whereIn("state", ["accepted", "activated", "nonconforming", "contingent"])
    .select<{ id: string }[]>("id");
  const holds = (rows: readonly Window[], id: string) => rows.some((row) => row.booking_id === id);
  const empty = held.filter(({ id }) => !holds(allocations, id) || !holds(volumes, id));
  return [
    ...pairs(allocations, (a, b) => a.unit_kind === b.unit_kind && a.unit_id === b.unit_id),
    ...pairs(volumes, (a, b) => volumesConflict(volumeOf(a), volumeOf(b))),
    ...empty.map(({ id }) => `${id} holds nothing`),
  ];
}
