// The whole plan that ingest judges by, read in one snapshot. Called by the web process after every
// change and every few minutes.
import type { Knex } from "knex";
import { holdingStates } from "../../contract/wire/booking.ts";
import type {
  PlannedBooking,
  RegisteredAircraft,
  WatchPlan,
} from "../../contract/wire/watch-plan.ts";
import { shownZone } from "../domain/airspace/zone-record.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";
import { movedBookingId } from "../domain/flight/flight-record.ts";
import { bookingRows, recordsOf } from "./booking-rows.ts";
import type { Database } from "./database.ts";
import { flightOfRow, type FlightRow } from "./flight-rows.ts";
import { raisePlanVersion, readCounter, writeCounter } from "./plan-version.ts";
import type { PlanRepository } from "./ports.ts";
import { plannedSignings } from "./signing-repository.ts";
import { readResources, readSites } from "./site-repository.ts";
import { newestZones } from "./zone-versions.ts";

const hourMs = 3_600_000;
/** How far ahead the plan reaches; the horizon moves an hour at a time. */
export const planReachMs = 7 * 24 * hourMs;
/** A drone armed this long after its booking ended is bound to it as late (design, section 3). */
export const planTailMs = 15 * 60_000;

function planned(record: BookingRecord): PlannedBooking {
  return {
    id: record.id,
    title: record.title,
    state: record.state,
    organisationId: record.organisationId,
    siteId: record.siteId,
    startMs: record.startMs,
    endMs: record.endMs,
    volumes: record.volumes,
    aircraft: record.aircraft.map(({ id, sysid }) => ({ aircraftId: id, sysid })),
    padIds: record.resources.filter(({ kind }) => kind === "pad").map(({ id }) => id),
    permissions: record.permissions,
    contactPhone: record.contactPhone,
    pilotName: record.pilots[0]?.name ?? "",
    siteMayCommand: record.siteMayCommand,
  };
}

/**
 * Holding bookings within reach, those that ended a short while ago, and in any state those that a
 * flight which is not sealed is bound to.
 */
async function plannedBookings(
  knex: Knex,
  nowMs: number,
  horizonMs: number,
): Promise<PlannedBooking[]> {
  const rows = await bookingRows(knex)
    .whereIn("state", [...holdingStates, "ended"])
    .where("end_ms", ">", nowMs - planTailMs)
    .where("start_ms", "<", horizonMs)
    .orderBy(["start_ms", "booking.id"]);
  // A drone may still fly on a booking long past its end.
  const overrun = await bookingRows(knex)
    .whereIn("state", [...holdingStates])
    .where("end_ms", "<=", nowMs - planTailMs)
    .orderBy(["start_ms", "booking.id"]);
  const known = [...overrun, ...rows].map(({ id }) => id);
  const flown = await bookingRows(knex)
    .whereIn("booking.id", await flownBookingIds(knex))
    .whereNotIn("booking.id", known)
    .orderBy(["start_ms", "booking.id"]);
  return (await recordsOf(knex, [...overrun, ...flown, ...rows])).map(planned);
}

async function flownBookingIds(knex: Knex): Promise<string[]> {
  const flights = await knex<FlightRow>("flight").whereIn("state", ["flying", "landed"]);
  return flights.map(flightOfRow).flatMap((flight) => movedBookingId(flight) ?? []);
}

async function registry(knex: Knex): Promise<RegisteredAircraft[]> {
  const signings = await plannedSignings(knex);
  const rows = await knex("aircraft")
    .where({ telemetry: "mavlink" })
    .orderBy("id")
    .select<RegisteredAircraft[]>(
      "id as aircraftId",
      "sysid",
      "name",
      "organisation_id as organisationId",
      "autopilot_uid as autopilotUid",
    );
  return rows.map((row) => {
    const signing = signings.get(row.aircraftId);
    return signing === undefined ? row : { ...row, signing };
  });
}

export function createPlanRepository({ read, write }: Database): PlanRepository {
  return {
    planVersion: () => readCounter(read, "plan_version"),
    readWatchPlan: (nowMs): Promise<WatchPlan> =>
      read.transaction(async (snapshot) => {
        const version = await readCounter(snapshot, "plan_version");
        const horizonMs = await readCounter(snapshot, "plan_horizon_ms");
        const zones = await newestZones(snapshot);
        return {
          version,
          sites: await readSites(snapshot),
          resources: await readResources(snapshot),
          zones: zones.map((zone) => shownZone(zone, version)),
          bookings: await plannedBookings(snapshot, nowMs, horizonMs),
          registry: await registry(snapshot),
        };
      }),
    extendHorizon: async (nowMs) => {
      const wanted = Math.ceil((nowMs + planReachMs) / hourMs) * hourMs;
      if ((await readCounter(read, "plan_horizon_ms")) >= wanted) return false;
      return write.transaction(async (transaction) => {
        const reached = await readCounter(transaction, "plan_horizon_ms");
        if (reached >= wanted) return false;
        await writeCounter(transaction, "plan_horizon_ms", wanted);
        const version = await raisePlanVersion(transaction);
        await transaction("booking")
          .whereIn("state", [...holdingStates])
          .where("start_ms", ">=", reached)
          .where("start_ms", "<", wanted)
          .update({ plan_version: version });
        return true;
      });
    },
  };
}
