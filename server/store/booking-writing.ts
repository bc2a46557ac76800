// Writes bookings, inside the transaction that booking-desk.ts opened.
import type { Knex } from "knex";
import { boundsOf } from "../domain/airspace/bounds.ts";
import { unitsOf, type BookingProposal } from "../domain/booking/booking-proposal.ts";
import { holds } from "../domain/booking/booking-record.ts";
import { keepAnswer } from "./answers.ts";
import type { Author, BookingStep, BookingWriting } from "./booking-desk-port.ts";
import { bookingReading } from "./booking-reading.ts";
import { appendEvent } from "./event-repository.ts";
import { raisePlanVersion, readCounter } from "./plan-version.ts";

/** In sorted order of table and key, so that two writers never wait for each other in a ring. */
async function raiseOne(
  transaction: Knex.Transaction,
  table: "airspace" | "organisation" | "site",
  id: string,
  version: number,
): Promise<boolean> {
  return (await transaction(table).where({ id, version }).increment("version", 1)) === 1;
}

async function insertBooking(
  transaction: Knex.Transaction,
  proposal: BookingProposal,
  state: "draft" | "requested",
  author: Author,
  atMs: number,
): Promise<void> {
  const { bookingId } = proposal;
  await transaction("booking").insert({
    id: bookingId,
    version: 1,
    state,
    organisation_id: proposal.organisationId,
    site_id: proposal.siteId,
    title: proposal.title,
    purpose: proposal.purpose,
    start_ms: proposal.startMs,
    end_ms: proposal.endMs,
    contact_phone: proposal.contactPhone,
    telemetry: proposal.telemetry,
    site_may_command: proposal.siteMayCommand,
    permissions: JSON.stringify(proposal.permissions),
    notes: proposal.notes,
    created_by: author.userId,
    created_at_ms: atMs,
  });
  await insertParts(transaction, proposal);
  await insertVolumes(transaction, proposal);
  await insertHistory(transaction, {
    from: null,
    to: state,
    bookingId,
    atMs,
    by: author,
    reason: "",
  });
}

async function insertParts(
  transaction: Knex.Transaction,
  proposal: BookingProposal,
): Promise<void> {
  const part = async (table: string, column: string, ids: readonly { id: string }[]) => {
    for (const [ordinal, { id }] of ids.entries()) {
      await transaction(table).insert({ booking_id: proposal.bookingId, ordinal, [column]: id });
    }
  };
  await part("booking_aircraft", "aircraft_id", proposal.aircraft);
  await part("booking_pilot", "person_id", proposal.pilots);
  await part("booking_resource", "resource_id", proposal.resources);
}

/** The outline's box, grown by about a centimetre: only a first filter. */
const boxSlackDeg = 1e-7;

async function insertVolumes(
  transaction: Knex.Transaction,
  proposal: BookingProposal,
): Promise<void> {
  for (const [ordinal, volume] of proposal.volumes.entries()) {
    const box = boundsOf(volume.footprint);
    await transaction("booking_volume").insert({
      booking_id: proposal.bookingId,
      ordinal,
      label: volume.label,
      footprint: JSON.stringify(volume.footprint),
      band: JSON.stringify(volume.band),
      lower_amsl_m: volume.envelope.lowerAmslM,
      upper_amsl_m: volume.envelope.upperAmslM,
      start_ms: proposal.startMs,
      end_ms: proposal.endMs,
      west_deg: box.westDeg - boxSlackDeg,
      south_deg: box.southDeg - boxSlackDeg,
      east_deg: box.eastDeg + boxSlackDeg,
      north_deg: box.northDeg + boxSlackDeg,
      airspace_id: proposal.airspaceId,
      // Holds nothing yet; `hold` writes the version that counts.
      airspace_version: 0,
      holding: false,
    });
  }
}

type HistoryStep = Omit<BookingStep, "from"> & { from: BookingStep["from"] | null };

async function insertHistory(transaction: Knex.Transaction, step: HistoryStep): Promise<void> {
  await transaction("booking_history").insert({
    booking_id: step.bookingId,
    at_ms: step.atMs,
    from_state: step.from,
    to_state: step.to,
    by_person_id: step.by.userId,
    by_name: step.by.name,
    reason: step.reason,
  });
}

async function hold(transaction: Knex.Transaction, proposal: BookingProposal): Promise<void> {
  const { bookingId, airspaceId, startMs, endMs } = proposal;
  const airspace = await transaction<{ id: string; version: number }>("airspace")
    .where({ id: airspaceId })
    .first();
  await transaction("booking_volume")
    .where({ booking_id: bookingId })
    .update({ airspace_version: airspace?.version, holding: true });
  // Left from an earlier time that it was accepted.
  await transaction("allocation").where({ booking_id: bookingId, status: "freed" }).delete();
  for (const { kind, id } of unitsOf(proposal)) {
    await transaction("allocation").insert({
      booking_id: bookingId,
      unit_kind: kind,
      unit_id: id,
      start_ms: startMs,
      end_ms: endMs,
      status: "held",
    });
  }
}

async function free(transaction: Knex.Transaction, bookingId: string): Promise<void> {
  await transaction("booking_volume").where({ booking_id: bookingId }).update({ holding: false });
  await transaction("allocation").where({ booking_id: bookingId }).update({ status: "freed" });
}

async function writeStep(transaction: Knex.Transaction, step: BookingStep): Promise<void> {
  const { bookingId, from, to, atMs, by, reason } = step;
  const planVersion = await raisePlanVersion(transaction);
  const horizonMs = await readCounter(transaction, "plan_horizon_ms");
  const inPlan = holds(to) || holds(from);
  const changed = await transaction("booking")
    .where({ id: bookingId, state: from })
    .update({
      state: to,
      version: transaction.raw("version + 1"),
      plan_version: transaction.raw("CASE WHEN ? AND start_ms < ? THEN CAST(? AS BIGINT) END", [
        inPlan ? 1 : 0,
        horizonMs,
        planVersion,
      ]),
    });
  if (changed !== 1) throw new Error(`Booking ${bookingId} is not ${from} any more.`);
  await insertHistory(transaction, step);
  const kind = "bookingChanged";
  const payload = { bookingId, from, to, reason };
  await appendEvent(transaction, { atMs, byUserId: by.userId, kind, payload });
}

/** Everything the booking flow may do inside one transaction. */
export function bookingWriting(transaction: Knex.Transaction): BookingWriting {
  return {
    ...bookingReading(transaction),
    async raiseVersions(versions) {
      const { airspaceId, organisationId, siteId } = versions;
      return (
        (await raiseOne(transaction, "airspace", airspaceId, versions.airspace)) &&
        (await raiseOne(transaction, "organisation", organisationId, versions.organisation)) &&
        (await raiseOne(transaction, "site", siteId, versions.site))
      );
    },
    insert: (proposal, state, author, atMs) =>
      insertBooking(transaction, proposal, state, author, atMs),
    hold: (proposal) => hold(transaction, proposal),
    free: (bookingId) => free(transaction, bookingId),
    step: (step) => writeStep(transaction, step),
    async stamp(bookingId, stamp, atMs) {
      const column = { checkedIn: "checked_in_at_ms", released: "released_at_ms" }[stamp];
      await transaction("booking")
        .where({ id: bookingId })
        .update({ [column]: atMs });
    },
    keepAnswer: (key, kept, atMs) => keepAnswer(transaction, key, kept, atMs),
  };
}
