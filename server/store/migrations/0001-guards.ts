// Triggers that refuse what no code may do: double bookings, airspace taken on stale knowledge,
// changed zone versions. Part of migration 0001. Each refusal's text starts with a fixed word,
// which the repositories read.

/** First words of the refusals of the triggers. */
export const guardRefusals = {
  allocation: "allocation overlaps",
  airspace: "airspace version is stale",
  holding: "booking does not hold what its state says",
} as const;

function refuse(name: string, event: string, when: string, text: string): string {
  return `CREATE TRIGGER ${name} ${event} WHEN ${when} BEGIN SELECT RAISE(ABORT, '${text}'); END`;
}

const meetsAnother = (exceptOwn: string): string => `NEW.status = 'held' AND EXISTS (
  SELECT 1 FROM allocation WHERE unit_kind = NEW.unit_kind AND unit_id = NEW.unit_id
  AND status = 'held' AND start_ms < NEW.end_ms AND end_ms > NEW.start_ms ${exceptOwn})`;

const airspaceMoved = `NEW.airspace_version <>
  (SELECT version FROM airspace WHERE id = NEW.airspace_id)`;

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

/** A unit is held by one booking at a time; airspace is taken on current knowledge only. */
export const bookingGuards: readonly string[] = [
  refuse(
    "allocation_insert",
    "BEFORE INSERT ON allocation",
    meetsAnother(""),
    guardRefusals.allocation,
  ),
  refuse(
    "allocation_update",
    "BEFORE UPDATE ON allocation",
    meetsAnother("AND id <> OLD.id"),
    guardRefusals.allocation,
  ),
  refuse(
    "booking_volume_insert",
    "BEFORE INSERT ON booking_volume",
    `NEW.holding = 1 AND ${airspaceMoved}`,
    guardRefusals.airspace,
  ),
  refuse(
    "booking_volume_update",
    "BEFORE UPDATE ON booking_volume",
    `NEW.holding = 1 AND (OLD.holding = 0 OR ${volumeChanges}) AND ${airspaceMoved}`,
    guardRefusals.airspace,
  ),
  // The parts are written first, then the state that claims them.
  refuse(
    "booking_state",
    "BEFORE UPDATE OF state ON booking",
    `NEW.state IN ${holdingStatesSql} AND (
      EXISTS (SELECT 1 FROM booking_volume WHERE booking_id = NEW.id AND holding = 0)
      OR NOT EXISTS (SELECT 1 FROM booking_volume WHERE booking_id = NEW.id)
      OR EXISTS (SELECT 1 FROM allocation WHERE booking_id = NEW.id AND status = 'freed'))`,
    guardRefusals.holding,
  ),
];

/** Zone versions are written once. */
export const zoneGuards: readonly string[] = [
  refuse(
    "zone_version_update",
    "BEFORE UPDATE ON zone_version",
    "TRUE",
    "zone versions are append-only",
  ),
  refuse(
    "zone_version_delete",
    "BEFORE DELETE ON zone_version",
    "TRUE",
    "zone versions are append-only",
  ),
];
