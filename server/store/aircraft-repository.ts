// Registered aircraft. Called by the vehicles router; booking-ground.ts reads those a booking
// names.
import type { Knex } from "knex";
import type { Aircraft, AircraftCreate } from "../../contract/wire/aircraft.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./event-repository.ts";
import { raisePlanVersion } from "./plan-version.ts";
import type { AircraftRepository } from "./ports.ts";

interface AircraftRow {
  id: string;
  organisation_id: string;
  organisation_name: string;
  name: string;
  model: string;
  sysid: number;
  take_off_mass_kg: number;
  registration_label: string;
  telemetry: Aircraft["telemetry"];
  autopilot_uid: string | null;
}

/** Every aircraft, by organisation and name; the caller narrows it. */
export function aircraftRows(knex: Knex) {
  return knex("aircraft")
    .join("organisation", "organisation.id", "aircraft.organisation_id")
    .select<AircraftRow[]>("aircraft.*", "organisation.name as organisation_name")
    .orderBy(["organisation.name", "aircraft.name", "aircraft.id"]);
}

export function aircraftOf(row: AircraftRow): Aircraft {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    name: row.name,
    model: row.model,
    sysid: row.sysid,
    takeOffMassKg: row.take_off_mass_kg,
    registrationLabel: row.registration_label,
    telemetry: row.telemetry,
    autopilotUid: row.autopilot_uid,
  };
}

/** Of those that speak MAVLink: the others have none on the wire. */
async function isOthersSysid(
  knex: Knex,
  organisationId: string,
  { sysid, telemetry }: AircraftCreate,
): Promise<boolean> {
  if (telemetry === "none") return false;
  const other = await knex<AircraftRow>("aircraft")
    .where({ sysid, telemetry: "mavlink" })
    .whereNot({ organisation_id: organisationId })
    .first();
  return other !== undefined;
}

export function createAircraftRepository({ read, write }: Database): AircraftRepository {
  return {
    setAutopilot: (id, before, after, act) =>
      write.transaction(async (transaction) => {
        const changed = await transaction("aircraft")
          .where({ id, autopilot_uid: before })
          .update({ autopilot_uid: after });
        if (changed === 0) return undefined;
        await raisePlanVersion(transaction);
        const payload = { aircraftId: id, before, after };
        await appendEvent(transaction, { ...act, kind: "aircraftAutopilotSet", payload });
        const row = (await aircraftRows(transaction).where({ "aircraft.id": id }))[0];
        return row && aircraftOf(row);
      }),
    async list(organisationId) {
      const query = aircraftRows(read);
      if (organisationId !== undefined) void query.where({ organisation_id: organisationId });
      return (await query).map(aircraftOf);
    },
    add: (id, organisationId, aircraft, act, mayShareSysid) =>
      write.transaction(async (transaction) => {
        const owner = await transaction<{ id: string }>("organisation")
          .where({ id: organisationId })
          .first();
        if (owner === undefined) return "organisationUnknown";
        if (!mayShareSysid && (await isOthersSysid(transaction, organisationId, aircraft))) {
          return "sysidOfAnother";
        }
        const added = await transaction("aircraft")
          .insert({
            id,
            organisation_id: organisationId,
            name: aircraft.name,
            model: aircraft.model,
            sysid: aircraft.sysid,
            take_off_mass_kg: aircraft.takeOffMassKg,
            registration_label: aircraft.registrationLabel,
            telemetry: aircraft.telemetry,
            autopilot_uid: aircraft.autopilotUid,
            created_at_ms: act.atMs,
          })
          .onConflict(["organisation_id", "name"])
          .ignore()
          .returning<{ id: string }[]>("id");
        if (added.length === 0) return "nameTaken";
        await raisePlanVersion(transaction);
        const kind = "aircraftRegistered";
        await appendEvent(transaction, { ...act, kind, payload: { aircraftId: id } });
        const row = (await aircraftRows(transaction).where({ "aircraft.id": id }))[0];
        if (row === undefined) throw new Error(`Aircraft ${id} is not there after its insert.`);
        return aircraftOf(row);
      }),
  };
}
