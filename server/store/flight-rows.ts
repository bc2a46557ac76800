// Flights as rows and back. Called by the flight repository and the journal's projection.
import type { Knex } from "knex";
import type { Flight } from "../../contract/wire/flight.ts";
import type { FlightRecord } from "../domain/flight/flight-record.ts";
import { originColumns, type JournalOrigin } from "./origin-columns.ts";

export interface FlightRow {
  id: string;
  session_id: string;
  state: Flight["state"];
  organisation_id: string | null;
  site_id: string | null;
  booking_id: string | null;
  sysid: number;
  armed_at_ms: number;
  record: string;
}

export function flightOfRow(row: FlightRow): FlightRecord {
  const record = JSON.parse(row.record) as FlightRecord;
  // Rows of before it was kept say nothing of it.
  const known = record.flight as Partial<FlightRecord["flight"]>;
  return { ...record, flight: { ...record.flight, endedBy: known.endedBy ?? null } };
}

export async function readFlight(knex: Knex, id: string): Promise<FlightRecord | undefined> {
  const row = await knex<FlightRow>("flight").where({ id }).first();
  return row === undefined ? undefined : flightOfRow(row);
}

/**
 * Writes the flight as it now is.
 *
 * @param origin The entry at hand: kept where it is the first of the flight.
 */
export async function writeFlight(
  knex: Knex,
  flightRecord: FlightRecord,
  origin: JournalOrigin | undefined,
): Promise<void> {
  const { flight } = flightRecord;
  const row: FlightRow = {
    id: flight.id,
    session_id: flight.sessionId,
    state: flight.state,
    organisation_id: flight.organisationId,
    site_id: flight.siteId,
    booking_id: flight.binding.bookingId,
    sysid: flight.sysid,
    armed_at_ms: flight.armedAtMs,
    record: JSON.stringify(flightRecord),
  };
  await knex("flight")
    .insert({ ...row, ...(origin && originColumns(origin)) })
    .onConflict("id")
    .merge(row);
}
