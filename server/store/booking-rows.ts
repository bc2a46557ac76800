// Bookings as rows and back. Called by the booking repository, the booking desk and the plan.
import type { Knex } from "knex";
import type { Booking, BookingState, BookingVolume } from "../../contract/wire/booking.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";

export interface BookingRow {
  id: string;
  version: number;
  state: BookingState;
  organisation_id: string;
  organisation_name: string;
  site_id: string;
  title: string;
  purpose: Booking["purpose"];
  start_ms: number;
  end_ms: number;
  contact_phone: string;
  telemetry: Booking["telemetry"];
  site_may_command: number;
  permissions: string;
  notes: string;
  created_at_ms: number;
  plan_version: number | null;
}
export interface VolumeRow {
  booking_id: string;
  label: string;
  footprint: string;
  band: string;
  lower_amsl_m: number;
  upper_amsl_m: number;
}
interface Part {
  booking_id: string;
  id: string;
  name: string;
}
interface HistoryRow {
  booking_id: string;
  at_ms: number;
  from_state: BookingState | null;
  to_state: BookingState;
  by_name: string;
  reason: string;
}

/** Every booking; the caller narrows and orders it. */
export function bookingRows(knex: Knex) {
  return knex("booking")
    .join("organisation", "organisation.id", "booking.organisation_id")
    .select<BookingRow[]>("booking.*", "organisation.name as organisation_name");
}

export function volumeOf(row: VolumeRow): BookingVolume {
  return {
    label: row.label,
    footprint: JSON.parse(row.footprint) as BookingVolume["footprint"],
    band: JSON.parse(row.band) as BookingVolume["band"],
    envelope: { lowerAmslM: row.lower_amsl_m, upperAmslM: row.upper_amsl_m },
  };
}

/** The members of a booking that stand in tables of their own, by booking. */
async function readParts(knex: Knex, ids: readonly string[]) {
  const of = (table: string) =>
    knex(table)
      .whereIn(`${table}.booking_id`, [...ids])
      .orderBy([`${table}.booking_id`, `${table}.ordinal`]);
  const volumes = await of("booking_volume").select<VolumeRow[]>("*");
  const aircraft = await of("booking_aircraft")
    .join("aircraft", "aircraft.id", "booking_aircraft.aircraft_id")
    .select<(Part & { sysid: number })[]>("booking_id", "aircraft.id", "name", "sysid");
  const pilots = await of("booking_pilot")
    .join("person", "person.id", "booking_pilot.person_id")
    .select<Part[]>("booking_id", "person.id", "name");
  const resources = await of("booking_resource")
    .join("resource", "resource.id", "booking_resource.resource_id")
    .select<(Part & { kind: string })[]>("booking_id", "resource.id", "kind", "name_en as name");
  const history = await knex("booking_history")
    .whereIn("booking_id", [...ids])
    .orderBy("number")
    .select<HistoryRow[]>("*");
  return { volumes, aircraft, pilots, resources, history };
}

/** Completes rows to bookings, in the order given. */
export async function recordsOf(knex: Knex, rows: readonly BookingRow[]): Promise<BookingRecord[]> {
  if (rows.length === 0) return [];
  const parts = await readParts(
    knex,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const own = <T extends { booking_id: string }>(list: readonly T[]): T[] =>
      list.filter((part) => part.booking_id === row.id);
    return {
      id: row.id,
      version: row.version,
      state: row.state,
      organisationId: row.organisation_id,
      organisationName: row.organisation_name,
      siteId: row.site_id,
      title: row.title,
      purpose: row.purpose,
      startMs: row.start_ms,
      endMs: row.end_ms,
      volumes: own(parts.volumes).map(volumeOf),
      aircraft: own(parts.aircraft).map(({ id, name, sysid }) => ({ id, name, sysid })),
      pilots: own(parts.pilots).map(({ id, name }) => ({ id, name })),
      contactPhone: row.contact_phone,
      resources: own(parts.resources).map(({ id, kind, name }) => ({ id, kind, name })),
      permissions: JSON.parse(row.permissions) as Booking["permissions"],
      siteMayCommand: row.site_may_command !== 0,
      telemetry: row.telemetry,
      notes: row.notes,
      createdAtMs: row.created_at_ms,
      planVersion: row.plan_version,
      history: own(parts.history).map((step) => ({
        atMs: step.at_ms,
        from: step.from_state,
        to: step.to_state,
        byName: step.by_name,
        reason: step.reason,
      })),
    };
  });
}

/** One booking, or undefined. */
export async function readBooking(knex: Knex, id: string): Promise<BookingRecord | undefined> {
  return (await recordsOf(knex, await bookingRows(knex).where({ "booking.id": id })))[0];
}
