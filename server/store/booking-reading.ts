// Reads what a booking is decided on. Called by booking-desk.ts, on the read connection for the
// first tries and inside the write transaction for the last.
import type { Knex } from "knex";
import { boundsOf } from "../domain/airspace/bounds.ts";
import type {
  GroundVersions,
  HeldNearby,
  HeldUnit,
  HeldVolume,
  Holder,
  Unit,
} from "../domain/booking/booking-ground.ts";
import { unitsOf, type BookingProposal } from "../domain/booking/booking-proposal.ts";
import { pilotsOf } from "./account-repository.ts";
import { aircraftOf, aircraftRows } from "./aircraft-repository.ts";
import type { BookingReading, GroundQuestion } from "./booking-desk-port.ts";
import { readBooking, volumeOf, type VolumeRow } from "./booking-rows.ts";
import { readResources, readSites } from "./site-repository.ts";
import { newestZones } from "./zone-versions.ts";

interface HolderRow {
  booking_id: string;
  organisation_id: string;
  organisation_name: string;
  start_ms: number;
  end_ms: number;
}
type HeldVolumeRow = VolumeRow & HolderRow;
type HeldUnitRow = HolderRow & { unit_kind: Unit["kind"]; unit_id: string };

function holderOf(row: HolderRow): Holder {
  return {
    bookingId: row.booking_id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
  };
}

/** Undefined where the site or the organisation is not there. */
async function readVersions(
  knex: Knex,
  question: GroundQuestion,
): Promise<(GroundVersions & { automaticAcceptance: boolean }) | undefined> {
  const rows = await knex("site")
    .join("airspace", "airspace.id", "site.airspace_id")
    .joinRaw("JOIN organisation ON organisation.id = ?", [question.organisationId])
    .where({ "site.id": question.siteId })
    .select<{ airspace_id: string; airspace: number; site: number; org: number; auto: number }[]>(
      "site.airspace_id",
      "airspace.version as airspace",
      "site.version as site",
      "organisation.version as org",
      "site.automatic_acceptance as auto",
    );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    airspaceId: row.airspace_id,
    airspace: row.airspace,
    siteId: question.siteId,
    site: row.site,
    organisationId: question.organisationId,
    organisation: row.org,
    automaticAcceptance: row.auto !== 0,
  };
}

/** Box, band and window first, all a little generous; the exact geometry is the domain's. */
async function heldVolumes(knex: Knex, proposal: BookingProposal): Promise<HeldVolume[]> {
  const found = new Map<string, HeldVolume>();
  for (const { footprint, envelope } of proposal.volumes) {
    const box = boundsOf(footprint);
    const rows = await knex("booking_volume as volume")
      .join("booking", "booking.id", "volume.booking_id")
      .join("organisation", "organisation.id", "booking.organisation_id")
      .where({ "volume.airspace_id": proposal.airspaceId, "volume.holding": 1 })
      .whereNot({ "volume.booking_id": proposal.bookingId })
      .where("volume.end_ms", ">", proposal.startMs)
      .where("volume.start_ms", "<", proposal.endMs)
      .where("west_deg", "<=", box.eastDeg)
      .where("east_deg", ">=", box.westDeg)
      .where("south_deg", "<=", box.northDeg)
      .where("north_deg", ">=", box.southDeg)
      .where("lower_amsl_m", "<", envelope.upperAmslM)
      .where("upper_amsl_m", ">", envelope.lowerAmslM)
      .orderBy(["volume.start_ms", "volume.booking_id", "volume.ordinal"])
      .select<(HeldVolumeRow & { ordinal: number })[]>(
        "volume.*",
        "booking.organisation_id",
        "organisation.name as organisation_name",
      );
    for (const row of rows) {
      const { label, footprint: outline, envelope: band } = volumeOf(row);
      const window = { startMs: row.start_ms, endMs: row.end_ms };
      const volume = { footprint: outline, envelope: band, window };
      found.set(`${row.booking_id} ${row.ordinal}`, { label, volume, holder: holderOf(row) });
    }
  }
  return [...found.values()];
}

async function heldUnits(knex: Knex, proposal: BookingProposal): Promise<HeldUnit[]> {
  const units = unitsOf(proposal);
  if (units.length === 0) return [];
  const rows = await knex("allocation")
    .join("booking", "booking.id", "allocation.booking_id")
    .join("organisation", "organisation.id", "booking.organisation_id")
    .where({ status: "held" })
    .whereIn(
      ["unit_kind", "unit_id"],
      units.map(({ kind, id }) => [kind, id]),
    )
    .whereNot({ "allocation.booking_id": proposal.bookingId })
    .where("allocation.end_ms", ">", proposal.startMs)
    .where("allocation.start_ms", "<", proposal.endMs)
    .orderBy(["allocation.start_ms", "allocation.id"])
    .select<HeldUnitRow[]>(
      "allocation.*",
      "booking.organisation_id",
      "organisation.name as organisation_name",
    );
  return rows.map((row) => ({
    unit: { kind: row.unit_kind, id: row.unit_id },
    startMs: row.start_ms,
    endMs: row.end_ms,
    holder: holderOf(row),
  }));
}

async function aircraftByIds(knex: Knex, ids: readonly string[]) {
  const rows = await aircraftRows(knex).whereIn("aircraft.id", [...ids]);
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(aircraftOf));
}

/** @param knex The read connection, or the write transaction. */
export function bookingReading(knex: Knex): BookingReading {
  return {
    async ground(question) {
      const versions = await readVersions(knex, question);
      const site = (await readSites(knex)).find(({ id }) => id === question.siteId);
      if (versions === undefined || site === undefined) return undefined;
      const { automaticAcceptance, ...groundVersions } = versions;
      return {
        versions: groundVersions,
        site,
        automaticAcceptance,
        resources: await readResources(knex, question.siteId),
        zones: await newestZones(knex, versions.airspaceId),
        aircraft: await aircraftByIds(knex, question.aircraftIds),
        pilots: await pilotsOf(knex, question.pilotIds),
      };
    },
    async held(proposal): Promise<HeldNearby> {
      const volumes = await heldVolumes(knex, proposal);
      return { volumes, units: await heldUnits(knex, proposal) };
    },
    find: (id) => readBooking(knex, id),
  };
}
