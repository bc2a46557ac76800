// The plan of zones and bookings made ready for judging: indexed, prepared, looked up by name.
// Made once a plan by the telemetry flow; asked for every position of every armed drone.
import Flatbush from "flatbush";
import {
  holdingStates,
  type BookingVolume,
  type Permission,
} from "../../../contract/wire/booking.ts";
import type { Position } from "../../../contract/wire/geometry.ts";
import type { Bilingual, Site } from "../../../contract/wire/site.ts";
import type { PlannedBooking, WatchPlan } from "../../../contract/wire/watch-plan.ts";
import type { Zone } from "../../../contract/wire/zone.ts";
import { boundsMeet, boundsOf, type Bounds } from "./bounds.ts";
import type { Exclusion } from "./exclusion.ts";
import type { Inclusion } from "./inclusion.ts";
import { judgedBand, type JudgedBand } from "./judged-band.ts";
import { distanceM } from "./local-plane.ts";
import { prepareFootprint } from "./prepared-footprint.ts";

export interface PreparedBooking {
  readonly booking: PlannedBooking;
  readonly volumes: readonly Inclusion[];
  readonly pads: readonly Position[];
  /** What lifts a height limit; every kind of permission does so far. */
  readonly permissions: readonly Permission[];
}

export interface PreparedAirspace {
  readonly plan: WatchPlan;
  /** Zones in force at the time whose outline holds the position, at any height. */
  zonesNear(position: Position, atMs: number): Zone[];
  /** Bookings that hold airspace whose window holds the time and one of whose volumes the place. */
  volumesContaining(position: Position, altitudeAmslM: number, atMs: number): PlannedBooking[];
  /** A booking of the plan in any state, ready to be judged by; else undefined. */
  preparedBooking(bookingId: string): PreparedBooking | undefined;
  /** The operating areas in force at the time. */
  operatingAreasAt(atMs: number): readonly Inclusion[];
  /** Keep-outs and height limits in force at the time whose boxes meet the box. */
  exclusionsNear(bounds: Bounds, atMs: number): readonly Exclusion[];
  /** A keep-out or height limit that is in force at the time, by its zone's id. */
  exclusionAt(zoneId: string, atMs: number): Exclusion | undefined;
  /** Ground level of the site, or of the nearest one where none is named; 0 without any site. */
  groundAmslM(siteId: string | undefined, position: Position): number;
}

export function prepareAirspace(plan: WatchPlan): PreparedAirspace {
  const areas = plan.zones.filter(({ kind }) => kind === "operatingArea").map(prepareArea);
  const areasAlways = areas.every(({ zone }) => isAlwaysValid(zone));
  const allAreas = areas.map(({ inclusion }) => inclusion);
  const exclusions = plan.zones
    .filter(({ kind }) => kind !== "operatingArea")
    .map(prepareExclusion);
  const exclusionById = new Map(exclusions.map((exclusion) => [exclusion.zone.id, exclusion]));
  const searchExclusions = boxIndex(exclusions, ({ footprint }) => footprint.bounds);
  const holds = (state: PlannedBooking["state"]): boolean => holdingStates.includes(state);
  const holding = plan.bookings.filter(({ state }) => holds(state));
  // Whatever its state: a flight that is bound to it is held to its volume all the same.
  const bookingOf = preparingBookings(plan);
  const searchVolumes = boxIndex(
    holding.flatMap((booking) => booking.volumes.map((volume) => ({ booking, volume }))),
    ({ volume }) => boundsOf(volume.footprint),
  );

  return {
    plan,
    zonesNear(position, atMs) {
      const found: Zone[] = [];
      for (const { zone, inclusion } of areas) {
        if (isValid(zone, atMs) && inclusion.footprint.contains(position)) found.push(zone);
      }
      for (const { zone, footprint } of searchExclusions(boxAround(position))) {
        if (isValid(zone, atMs) && footprint.contains(position)) found.push(zone);
      }
      return found;
    },
    volumesContaining(position, altitudeAmslM, atMs) {
      const found = new Set<PlannedBooking>();
      for (const { booking, volume } of searchVolumes(boxAround(position))) {
        if (atMs < booking.startMs || atMs >= booking.endMs || found.has(booking)) continue;
        if (volumeHolds(volume, position, altitudeAmslM)) found.add(booking);
      }
      return [...found];
    },
    preparedBooking: bookingOf,
    operatingAreasAt: (atMs) =>
      areasAlways
        ? allAreas
        : areas.filter(({ zone }) => isValid(zone, atMs)).map(({ inclusion }) => inclusion),
    exclusionsNear: (bounds, atMs) => {
      const found = searchExclusions(bounds);
      // Most positions are near none.
      return found.length === 0 ? found : found.filter(({ zone }) => isValid(zone, atMs));
    },
    exclusionAt(zoneId, atMs) {
      const exclusion = exclusionById.get(zoneId);
      return exclusion && isValid(exclusion.zone, atMs) ? exclusion : undefined;
    },
    groundAmslM: (siteId, position) => siteFor(plan.sites, siteId, position)?.groundAmslM ?? 0,
  };
}

function isAlwaysValid({ validity }: Zone): boolean {
  return validity.startMs === null && validity.endMs === null;
}

/** Validity is half-open: a zone that ends at a time is not in force at it. */
function isValid({ validity }: Zone, atMs: number): boolean {
  return (
    (validity.startMs === null || atMs >= validity.startMs) &&
    (validity.endMs === null || atMs < validity.endMs)
  );
}

function prepareArea(zone: Zone): { zone: Zone; inclusion: Inclusion } {
  const inclusion = {
    footprint: prepareFootprint(zone.footprint),
    band: judgedBand(zone.band, zone.footprint, "stayWithin"),
    zoneId: zone.id,
    name: zone.name,
  };
  return { zone, inclusion };
}

function prepareExclusion(zone: Zone): Exclusion {
  const side = zone.kind === "keepOut" ? "keepOut" : "stayWithin";
  return {
    zone,
    footprint: prepareFootprint(zone.footprint),
    band: judgedBand(zone.band, zone.footprint, side),
  };
}

/** A booking is prepared when it is first asked for: a plan holds a week of them, few fly. */
function preparingBookings({
  bookings,
  resources,
  sites,
}: WatchPlan): (bookingId: string) => PreparedBooking | undefined {
  const planned = new Map(bookings.map((booking) => [booking.id, booking]));
  const prepared = new Map<string, PreparedBooking>();
  return (bookingId) => {
    const known = prepared.get(bookingId);
    if (known) return known;
    const booking = planned.get(bookingId);
    if (booking === undefined) return undefined;
    const made = {
      booking,
      volumes: booking.volumes.map((volume) =>
        prepareVolume(volume, volumeName(volume, siteNamed(sites, booking.siteId))),
      ),
      pads: resources.filter(({ id }) => booking.padIds.includes(id)).map((pad) => pad.position),
      permissions: booking.permissions,
    };
    prepared.set(bookingId, made);
    return made;
  };
}

function siteNamed(sites: readonly Site[], siteId: string): Site | undefined {
  return sites.find(({ id }) => id === siteId);
}

/** A volume is labelled in English; one that the site prepared has a name in both languages. */
function volumeName({ label }: BookingVolume, site: Site | undefined): Bilingual | null {
  if (label === "") return null;
  const prepared = site?.preparedVolumes.find(({ name }) => name.en === label);
  return prepared?.name ?? { en: label, zhHant: label };
}

function prepareVolume(
  { footprint, band, envelope }: BookingVolume,
  name: Bilingual | null,
): Inclusion {
  // The drone does not report heights above the ellipsoid: there the envelope stands in.
  const judged: JudgedBand =
    band.reference === "WGS84"
      ? { reference: "AMSL", lowerM: envelope.lowerAmslM, upperM: envelope.upperAmslM }
      : { reference: band.reference, lowerM: band.lowerM, upperM: band.upperM };
  return {
    footprint: prepareFootprint(footprint),
    band: judged,
    zoneId: null,
    name,
  };
}

function volumeHolds(volume: BookingVolume, position: Position, altitudeAmslM: number): boolean {
  const { lowerAmslM, upperAmslM } = volume.envelope;
  if (altitudeAmslM < lowerAmslM || altitudeAmslM > upperAmslM) return false;
  return prepareFootprint(volume.footprint).contains(position);
}

function siteFor(
  sites: readonly Site[],
  siteId: string | undefined,
  position: Position,
): Site | undefined {
  let nearest: Site | undefined;
  let nearestM = Infinity;
  for (const site of sites) {
    if (site.id === siteId) return site;
    const metres = sites.length > 1 ? distanceM(site.centre, position) : 0;
    if (metres < nearestM) [nearest, nearestM] = [site, metres];
  }
  return nearest;
}

function boxAround({ latDeg, lngDeg }: Position): Bounds {
  return { westDeg: lngDeg, southDeg: latDeg, eastDeg: lngDeg, northDeg: latDeg };
}

/** Below this a loop over the boxes is quicker than the tree, which makes an array a search. */
const loopedMax = 8;

/** Small nodes suit point questions: a quarter less time than Flatbush's usual 16 (measured). */
const treeNodeSize = 4;

function boxIndex<Item>(
  items: readonly Item[],
  boxOf: (item: Item) => Bounds,
): (bounds: Bounds) => readonly Item[] {
  const nothing: readonly Item[] = [];
  const boxes = items.map(boxOf);
  if (items.length <= loopedMax) {
    return (bounds) =>
      items.filter((_, index) => {
        const box = boxes[index];
        return box !== undefined && boundsMeet(box, bounds);
      });
  }
  const tree = new Flatbush(items.length, treeNodeSize);
  for (const { westDeg, southDeg, eastDeg, northDeg } of boxes)
    tree.add(westDeg, southDeg, eastDeg, northDeg);
  tree.finish();
  return ({ westDeg, southDeg, eastDeg, northDeg }) => {
    const indexes = tree.search(westDeg, southDeg, eastDeg, northDeg);
    if (indexes.length === 0) return nothing;
    const found: Item[] = [];
    for (const index of indexes) {
      const item = items[index];
      if (item !== undefined) found.push(item);
    }
    return found;
  };
}
