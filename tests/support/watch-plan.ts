// Watch plans for tests that fly the recorded flights: a Cyberport-like site whose operating area
// holds them, and bookings made to order.
import type { Footprint } from "../../contract/wire/geometry.ts";
import type { PlannedBooking, WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Zone } from "../../contract/wire/zone.ts";

const minuteMs = 60_000;

/** The area that is free of keep-outs on both demo sites, as the recorded flights need it. */
export const flyingArea = boxFootprint(22.257, 114.1255, 22.262, 114.1315);

export function boxFootprint(
  south: number,
  west: number,
  north: number,
  east: number,
): Extract<Footprint, { kind: "polygon" }> {
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { kind: "polygon", polygon: { type: "Polygon", coordinates: [ring] } };
}

export function operatingArea(overrides: Partial<Zone> = {}): Zone {
  return {
    id: "zone_area",
    version: 1,
    kind: "operatingArea",
    name: { en: "Operating area", zhHant: "運作範圍" },
    footprint: flyingArea,
    band: { reference: "AMSL", lowerM: null, upperM: 300 },
    validity: { startMs: null, endMs: null },
    source: "test",
    confidence: "estimate",
    sha256: "0".repeat(64),
    inForce: true,
    ...overrides,
  };
}

/** A booking of the given sysids from a minute before `atMs` for 20 minutes, up to 100 m. */
export function plannedBooking(
  atMs: number,
  sysids: readonly number[],
  overrides: Partial<PlannedBooking> = {},
): PlannedBooking {
  return {
    id: "bkg_test",
    title: "Pier survey",
    state: "accepted",
    organisationId: "org_test",
    siteId: "site_test",
    startMs: atMs - minuteMs,
    endMs: atMs + 19 * minuteMs,
    volumes: [
      {
        label: "Bay",
        footprint: flyingArea,
        band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 100 },
        envelope: { lowerAmslM: 3, upperAmslM: 103 },
      },
    ],
    aircraft: sysids.map((sysid) => ({ aircraftId: `air_${sysid}`, sysid })),
    padIds: ["res_pad"],
    permissions: [],
    contactPhone: "+852 5555 0101",
    pilotName: "Chan Siu Ming",
    siteMayCommand: true,
    ...overrides,
  };
}

/** A plan with the site, its area and these bookings; aircraft 1 to 9 are registered. */
export function watchPlan(bookings: readonly PlannedBooking[], zones?: readonly Zone[]): WatchPlan {
  return {
    version: 7,
    sites: [
      {
        id: "site_test",
        name: { en: "Test site", zhHant: "測試場" },
        centre: { latDeg: 22.2607, lngDeg: 114.1296 },
        groundAmslM: 3,
        status: "open",
        preparedVolumes: [],
      },
    ],
    resources: [
      {
        id: "res_pad",
        siteId: "site_test",
        kind: "pad",
        name: { en: "Pad 1", zhHant: "起降點一" },
        position: { latDeg: 22.2607, lngDeg: 114.1296 },
        surfaceAmslM: 3,
        confidence: "estimate",
      },
    ],
    zones: [...(zones ?? [operatingArea()])],
    bookings: [...bookings],
    registry: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((sysid) => ({
      aircraftId: `air_${sysid}`,
      sysid,
      name: `Heron ${sysid}`,
      organisationId: "org_test",
      autopilotUid: null,
    })),
  };
}
