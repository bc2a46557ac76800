// Triggers that refuse what no code may do: double bookings, airspace taken on stale knowledge,
// changed zone versions. Part of migration 0001. Each refusal's text starts with a fixed word,
// which the repositories read.
import type { Guard } from "../dialect.ts";

/** First words of the refusals of the triggers. */
export const guardRefusals = {
  allocation: "allocation overlaps",
  airspace: "airspace version is stale",
  holding: "booking does not hold what its state says",
} as const;

const airspaceMoved = `NEW.airspace_version <>
  (SELECT version FROM airspace WHERE id = NEW.airspace_id)`;
const looksAtAirspace = { table: "airspace", id: "NEW.airspace_id" } as const;

const volumeChanges = [
  "footprint",
  "lower_amsl_m",
  "upper_amsl_m",
  "start_ms",
  "end_ms",
  "airspace_id",
]
  .map((column) => `NEW.${column} <> OLD.${column}`)
  .join(" OR ");

const holdingStatesSql = `('accepted', 'activated', 'nonconforming', 'contingent')`;

/**
 * Airspace is taken on current knowledge only, and a state claims only what is held. That a unit is
 * held by one booking at a time is the dialect's to say.
 */
export const bookingGuards: readonly Guard[] = [
  {
    name: "booking_volume_insert",
    table: "booking_volume",
    event: "INSERT",
    when: `NEW.holding AND ${airspaceMoved}`,
    looksAt: looksAtAirspace,
    refusal: guardRefusals.airspace,
  },
  {
    name: "booking_volume_update",
    table: "booking_volume",
    event: "UPDATE",
    when: `NEW.holding AND (NOT OLD.holding OR ${volumeChanges}) AND ${airspaceMoved}`,
    looksAt: looksAtAirspace,
    refusal: guardRefusals.airspace,
  },
  // The parts are written first, then the state that claims them.
  {
    name: "booking_state",
    table: "booking",
    event: "UPDATE OF state",
    when: `NEW.state IN ${holdingStatesSql} AND (
      EXISTS (SELECT 1 FROM booking_volume WHERE booking_id = NEW.id AND NOT holding)
      OR NOT EXISTS (SELECT 1 FROM booking_volume WHERE booking_id = NEW.id)
      OR EXISTS (SELECT 1 FROM allocation WHERE booking_id = NEW.id AND status = 'freed'))`,
    refusal: guardRefusals.holding,
  },
];

/** Zone versions are written once. */
export const zoneGuards: readonly Guard[] = (["UPDATE", "DELETE"] as const).map((event) => ({
  name: `zone_version_${event.toLowerCase()}`,
  table: "zone_version",
  event,
  when: "TRUE",
  refusal: "zone versions are append-only",
}));
