// Small plans for the tests of this folder: squares in metres around one origin.
import type { OpenAltitudeBand } from "../../../../../contract/wire/altitude.ts";
import type { Footprint, Position } from "../../../../../contract/wire/geometry.ts";
import type { Resource, Site } from "../../../../../contract/wire/site.ts";
import {
  emptyWatchPlan,
  type PlannedBooking,
  type WatchPlan,
} from "../../../../../contract/wire/watch-plan.ts";
import type { Zone, ZoneKind } from "../../../../../contract/wire/zone.ts";
import { localPlane } from "../../../../../server/domain/airspace/local-plane.ts";
import type { WatchSample } from "../../../../../server/domain/airspace/watch-cause.ts";

const plane = localPlane({ latDeg: 22.2607, lngDeg: 114.1296 });

/** The place so many metres east and north of the origin. */
export function place(eastM: number, northM: number): Position {
  return plane.toPosition({ x: eastM, y: northM });
}

export function polygonOf(...corners: readonly (readonly [number, number])[]): Footprint {
  const ring = corners.map(([eastM, northM]): [number, number] => {
    const { lngDeg, latDeg } = place(eastM, northM);
    return [lngDeg, latDeg];
  });
  const [first] = ring;
  if (first === undefined) throw new Error("A polygon needs corners.");
  return { kind: "polygon", polygon: { type: "Polygon", coordinates: [[...ring, first]] } };
}

/** A box from one corner to the other, metres from the origin. */
export function box(west: number, south: number, east: number, north: number): Footprint {
  return polygonOf([west, south], [east, south], [east, north], [west, north]);
}

export function zone(
  id: string,
  kind: ZoneKind,
  footprint: Footprint,
  band: Partial<OpenAltitudeBand> = {},
): Zone {
  return {
    id,
    version: 1,
    kind,
    name: { en: id, zhHant: id },
    footprint,
    band: { reference: "AMSL", lowerM: null, upperM: null, ...band },
    validity: { startMs: null, endMs: null },
    source: "test",
    confidence: "estimate",
    sha256: "",
    inForce: true,
  };
}

const site: Site = {
  id: "site_pier",
  name: { en: "Pier", zhHant: "碼頭" },
  centre: place(0, 0),
  groundAmslM: 3,
  status: "open",
  preparedVolumes: [],
};

const pad: Resource = {
  id: "res_pad",
  siteId: "site_pier",
  kind: "pad",
  name: { en: "Pad", zhHant: "起降坪" },
  position: place(0, 0),
  surfaceAmslM: 3,
  confidence: "estimate",
};

/** A box of 200 m around the origin, from home to 120 m above it. */
export const bookedBox = box(-100, -100, 100, 100);

export function booking(changes: Partial<PlannedBooking> = {}): PlannedBooking {
  return {
    id: "bkg_1",
    title: "Test flight",
    state: "activated",
    organisationId: "org_1",
    siteId: "site_pier",
    startMs: 0,
    endMs: 3_600_000,
    volumes: [
      {
        label: "Box",
        footprint: bookedBox,
        band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 120 },
        envelope: { lowerAmslM: 3, upperAmslM: 123 },
      },
    ],
    aircraft: [{ aircraftId: "air_1", sysid: 1 }],
    padIds: ["res_pad"],
    permissions: [],
    contactPhone: "+852 0000 0000",
    pilotName: "Pilot",
    siteMayCommand: true,
    ...changes,
  };
}

export function planOf(bookings: PlannedBooking[], zones: Zone[] = []): WatchPlan {
  return { ...emptyWatchPlan, version: 1, sites: [site], resources: [pad], zones, bookings };
}

/** A sample so many metres east and north of the pad and above it. */
export function sampleAt(
  atMs: number,
  eastM: number,
  northM: number,
  altitudeAboveHomeM = 30,
): WatchSample {
  return {
    atMs,
    position: place(eastM, northM),
    altitudeAmslM: altitudeAboveHomeM + 3,
    altitudeAboveHomeM,
  };
}
