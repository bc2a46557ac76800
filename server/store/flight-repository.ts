// Finding flights and sessions. They are written by journal-projection.ts alone. Called by
// replay-flow, the flights router and the web process.
import type { FlightRecord } from "../domain/flight/flight-record.ts";
import type { Database } from "./database.ts";
import { flightOfRow, readFlight, type FlightRow } from "./flight-rows.ts";

/** More flights than one drone makes in the time of one log, its twins' included. */
const ofSysidMax = 200;

export interface FlightFilter {
  /** Undefined: of all organisations, and of none. */
  readonly organisationId: string | undefined;
  readonly siteId: string | undefined;
  readonly bookingId: string | undefined;
}

/** Where a page of the list ended: newest arming first, then by id. */
export interface FlightCursor {
  readonly armedAtMs: number;
  readonly id: string;
}

export interface FlightRepository {
  find(id: string): Promise<FlightRecord | undefined>;
  /** Newest first. */
  list(
    filter: FlightFilter,
    after: FlightCursor | undefined,
    limit: number,
  ): Promise<FlightRecord[]>;
  /** Flights whose log can still change: flying, or landed and not sealed. */
  unsealed(): Promise<FlightRecord[]>;
  /** Of one system id, armed before the time, newest first. */
  ofSysid(sysid: number, beforeMs: number): Promise<FlightRecord[]>;
  hasSession(sessionId: string): Promise<boolean>;
}

export function createFlightRepository({ read }: Database): FlightRepository {
  const flights = () => read<FlightRow>("flight");
  return {
    find: (id) => readFlight(read, id),
    async list({ organisationId, siteId, bookingId }, after, limit) {
      const query = flights()
        .orderBy([
          { column: "armed_at_ms", order: "desc" },
          { column: "id", order: "desc" },
        ])
        .limit(limit);
      if (organisationId !== undefined) void query.where({ organisation_id: organisationId });
      if (siteId !== undefined) void query.where({ site_id: siteId });
      if (bookingId !== undefined) void query.where({ booking_id: bookingId });
      if (after !== undefined) {
        void query.whereRaw("(armed_at_ms, id) < (?, ?)", [after.armedAtMs, after.id]);
      }
      return (await query).map(flightOfRow);
    },
    async unsealed() {
      return (await flights().whereIn("state", ["flying", "landed"])).map(flightOfRow);
    },
    async ofSysid(sysid, beforeMs) {
      const query = flights().where({ sysid }).orderBy("armed_at_ms", "desc").limit(ofSysidMax);
      if (Number.isFinite(beforeMs)) void query.where("armed_at_ms", "<", beforeMs);
      return (await query).map(flightOfRow);
    },
    async hasSession(sessionId) {
      const row = await read<{ id: string }>("session").where({ id: sessionId }).first();
      return row !== undefined;
    },
  };
}
