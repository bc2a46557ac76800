// A booking as it would stand: what was asked, with names and heights filled in from the ground it
// is decided on. Made by the booking flow, judged by the rules, written by the store.
import type {
  Booking,
  BookingRequest,
  BookingVolume,
  Permission,
} from "../../../contract/wire/booking.ts";
import type { Fault } from "../../../contract/wire/problem.ts";
import type { Resource } from "../../../contract/wire/site.ts";
import { amslEnvelope, type HeightGround } from "../airspace/altitude-envelope.ts";
import type { BookingGround, Unit } from "./booking-ground.ts";
import type { BookingRecord } from "./booking-record.ts";

/** Ids that a booking names and may not: unknown, or not its organisation's or its site's. */
export interface Strangers {
  readonly aircraftIds: readonly string[];
  readonly pilotIds: readonly string[];
  readonly resourceIds: readonly string[];
}

export interface BookingProposal {
  readonly bookingId: string;
  readonly organisationId: string;
  readonly siteId: string;
  readonly airspaceId: string;
  readonly title: string;
  readonly purpose: Booking["purpose"];
  readonly startMs: number;
  readonly endMs: number;
  readonly volumes: readonly BookingVolume[];
  readonly aircraft: Booking["aircraft"];
  readonly pilots: Booking["pilots"];
  readonly resources: readonly Resource[];
  readonly strangers: Strangers;
  readonly contactPhone: string;
  readonly permissions: readonly Permission[];
  readonly siteMayCommand: boolean;
  readonly telemetry: Booking["telemetry"];
  readonly notes: string;
}

export type ProposalOutcome =
  | { readonly kind: "proposal"; readonly proposal: BookingProposal }
  /** A volume that cannot be made out: an unknown prepared one, a datum unknown at that place. */
  | { readonly kind: "faults"; readonly faults: readonly Fault[] };

/** Who and what a booking names. */
interface Named {
  readonly organisationId: string;
  readonly aircraftIds: readonly string[];
  readonly pilotIds: readonly string[];
  readonly resourceIds: readonly string[];
}

function resolve(named: Named, ground: BookingGround) {
  const { organisationId } = named;
  const aircraft = ground.aircraft.filter((one) => one.organisationId === organisationId);
  const pilots = ground.pilots.filter((one) => one.organisationId === organisationId);
  const resources = named.resourceIds.flatMap((id) =>
    ground.resources.filter((one) => one.id === id),
  );
  const strangersTo = (ids: readonly string[], known: readonly { id: string }[]): string[] =>
    ids.filter((id) => !known.some((one) => one.id === id));
  return {
    aircraft: aircraft.map(({ id, name, sysid }) => ({ id, name, sysid })),
    pilots: pilots.map(({ id, name }) => ({ id, name })),
    resources,
    strangers: {
      aircraftIds: strangersTo(named.aircraftIds, aircraft),
      pilotIds: strangersTo(named.pilotIds, pilots),
      resourceIds: strangersTo(named.resourceIds, resources),
    },
    telemetry: aircraft.every((one) => one.telemetry === "none") ? "none" : "mavlink",
  } as const;
}

/** The ground that a booking's heights are measured from. */
export function heightGround(
  ground: BookingGround,
  resources: readonly { readonly id: string }[],
): HeightGround {
  const booked = new Set(resources.map((resource) => resource.id));
  const pads = ground.resources.filter((one) => one.kind === "pad" && booked.has(one.id));
  return {
    groundAmslM: ground.site.groundAmslM,
    padSurfacesAmslM: pads.map((pad) => pad.surfaceAmslM),
  };
}

type VolumeRequest = BookingRequest["volumes"][number];
type VolumeOutcome = { volume: BookingVolume } | { fault: Fault };

function volumeOf(
  asked: VolumeRequest,
  path: string,
  ground: BookingGround,
  heights: HeightGround,
): VolumeOutcome {
  const { footprint: wanted } = asked;
  const volumeId = wanted.kind === "prepared" ? wanted.volumeId : undefined;
  const prepared = ground.site.preparedVolumes.find((one) => one.id === volumeId);
  const footprint = wanted.kind === "prepared" ? prepared?.footprint : wanted;
  if (footprint === undefined) {
    const expected = `a prepared volume of ${ground.site.name.en}`;
    return { fault: { path: `${path}.footprint.volumeId`, expected, found: String(volumeId) } };
  }
  const band = asked.band ?? prepared?.band;
  if (band === undefined) {
    const expected = "an altitude band: circles and polygons bring none of their own";
    return { fault: { path: `${path}.band`, expected, found: "nothing" } };
  }
  const outcome = amslEnvelope(band, footprint, heights);
  if (outcome.kind === "refused") {
    const { expected, found } = outcome;
    return { fault: { path: `${path}.band.reference`, expected, found } };
  }
  const label = prepared?.name.en ?? footprintLabel(footprint);
  return { volume: { label, footprint, band, envelope: outcome.envelope } };
}

function footprintLabel(footprint: BookingVolume["footprint"]): string {
  switch (footprint.kind) {
    case "circle":
      return `Circle, radius ${Math.round(footprint.radiusM)} m`;
    case "polygon": {
      const corners = (footprint.polygon.coordinates[0]?.length ?? 1) - 1;
      return `Polygon, ${corners} corners`;
    }
  }
}

/** Fills in what was asked. */
export function propose(
  bookingId: string,
  organisationId: string,
  request: BookingRequest,
  ground: BookingGround,
): ProposalOutcome {
  const resolved = resolve({ organisationId, ...request }, ground);
  const heights = heightGround(ground, resolved.resources);
  const outcomes = request.volumes.map((volume, index) =>
    volumeOf(volume, `volumes.${index}`, ground, heights),
  );
  const faults = outcomes.flatMap((outcome) => ("fault" in outcome ? [outcome.fault] : []));
  if (faults.length > 0) return { kind: "faults", faults };
  const volumes = outcomes.flatMap((outcome) => ("volume" in outcome ? [outcome.volume] : []));
  const { siteId, title, purpose, startMs, endMs, contactPhone, permissions } = request;
  const { siteMayCommand, notes } = request;
  const { airspaceId } = ground.versions;
  const asked = { siteId, airspaceId, title, purpose, startMs, endMs, contactPhone };
  return {
    kind: "proposal",
    proposal: {
      bookingId,
      organisationId,
      ...asked,
      ...resolved,
      volumes,
      permissions,
      siteMayCommand,
      notes,
    },
  };
}

/** A booking that is already written, to be decided again as things now stand. */
export function proposeAgain(record: BookingRecord, ground: BookingGround): BookingProposal {
  const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  const resolved = resolve(
    {
      organisationId: record.organisationId,
      aircraftIds: idsOf(record.aircraft),
      pilotIds: idsOf(record.pilots),
      resourceIds: idsOf(record.resources),
    },
    ground,
  );
  const { id: bookingId, ...asWritten } = record;
  return { ...asWritten, ...resolved, bookingId, airspaceId: ground.versions.airspaceId };
}

/** Everything of which only one booking may hold it at a time. */
export function unitsOf(proposal: BookingProposal): readonly Unit[] {
  const sysids = new Set(proposal.aircraft.map(({ sysid }) => String(sysid)));
  // Aircraft without MAVLink have no system id on the wire.
  const speaking = proposal.telemetry === "mavlink" ? [...sysids] : [];
  return [
    ...proposal.resources.map(({ id }): Unit => ({ kind: "resource", id })),
    ...proposal.aircraft.map(({ id }): Unit => ({ kind: "aircraft", id })),
    ...speaking.map((id): Unit => ({ kind: "sysid", id })),
  ];
}
