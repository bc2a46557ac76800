// A database of its own with a small site, two companies and their drones, for tests
// of the store, the booking flow and the routers.
import { randomBytes } from "node:crypto";
import { makeId, type IdKind } from "../../contract/ids.ts";
import type { Person, Role } from "../../contract/wire/account.ts";
import { bookingRequestSchema, type BookingRequest } from "../../contract/wire/booking.ts";
import type { PolygonGeometry } from "../../contract/wire/geometry.ts";
import type { PreparedVolume, Resource } from "../../contract/wire/site.ts";
import { createBookingService, type BookingService } from "../../server/booking/booking-service.ts";
import type { InTheAir } from "../../server/booking/booking-steps.ts";
import { defaultBookingSettings } from "../../server/domain/booking/settings.ts";
import type { Database } from "../../server/store/database.ts";
import type { ZoneSeed } from "../../server/store/ports.ts";
import { createStore, type Store } from "../../server/store/store.ts";
import { makeDatabase, openTest, type TestDatabase } from "./test-database.ts";

/** Sunday 22 November 2026, 10:00 in Hong Kong. */
export const worldNowMs = Date.UTC(2026, 10, 22, 2);
export const minuteMs = 60_000;

/** A box by its corner and size in thousandths of a degree, near Cyberport. */
export function box(east: number, north: number, width: number, height: number): PolygonGeometry {
  const at = (x: number, y: number): [number, number] => [
    Math.round((114.1 + x / 1000) * 1e7) / 1e7,
    Math.round((22.25 + y / 1000) * 1e7) / 1e7,
  ];
  const [right, top] = [east + width, north + height];
  const ring = [at(east, north), at(right, north), at(right, top), at(east, top), at(east, north)];
  return { type: "Polygon", coordinates: [ring] };
}

const zone = (id: string, kind: ZoneSeed["kind"], polygon: PolygonGeometry): ZoneSeed => ({
  id,
  kind,
  name: { en: `Zone ${id}`, zhHant: `區域 ${id}` },
  footprint: { kind: "polygon", polygon },
  band: { reference: "AGL", lowerM: null, upperM: kind === "heightLimit" ? 90 : null },
  validity: { startMs: null, endMs: null },
  source: "made for tests",
  confidence: "estimate",
});

const zones: readonly ZoneSeed[] = [
  zone("zone_area", "operatingArea", box(0, 0, 40, 40)),
  zone("zone_keepout", "keepOut", box(30, 30, 5, 5)),
  zone("zone_limit", "heightLimit", box(0, 0, 40, 40)),
];

const resource = (id: string, kind: Resource["kind"]): Resource => ({
  id,
  siteId: "site_pier",
  kind,
  name: { en: `${kind} ${id}`, zhHant: `設施 ${id}` },
  position: { latDeg: 22.26, lngDeg: 114.11 },
  surfaceAmslM: 3,
  confidence: "estimate",
});

const preparedVolume: PreparedVolume = {
  id: "vol_west",
  name: { en: "West box", zhHant: "西區" },
  footprint: { kind: "polygon", polygon: box(5, 5, 5, 5) },
  band: { reference: "AGL", lowerM: 0, upperM: 60 },
  source: "made for tests",
  confidence: "estimate",
};

async function seed(store: Store): Promise<void> {
  for (const id of ["org_harbour", "org_island", "org_site"]) {
    await store.accounts.addOrganisation({ id, name: id });
  }
  const person = (id: string, organisationId: string, role: Role) =>
    store.accounts.addPerson({
      id,
      organisationId,
      email: `${id}@test.invalid`,
      name: `Name of ${id}`,
      role,
      phone: "+852 1234 5678",
      passwordHash: "none",
      createdAtMs: worldNowMs,
    });
  await person("usr_operator", "org_harbour", "operator");
  await person("usr_pilot", "org_harbour", "pilot");
  await person("usr_operator2", "org_island", "operator");
  await person("usr_pilot2", "org_island", "pilot");
  await person("usr_controller", "org_site", "controller");
  await person("usr_admin", "org_site", "admin");
  const aircraft = (id: string, organisationId: string, sysid: number) =>
    store.aircraft.add(
      id,
      organisationId,
      {
        name: `Drone ${id}`,
        model: "",
        sysid,
        takeOffMassKg: 2,
        registrationLabel: "",
        telemetry: "mavlink",
        autopilotUid: null,
      },
      { atMs: worldNowMs, byUserId: null },
      true,
    );
  await aircraft("air_1", "org_harbour", 1);
  await aircraft("air_2", "org_harbour", 2);
  await aircraft("air_3", "org_island", 3);
  await aircraft("air_twin", "org_island", 1);
  const site = {
    id: "site_pier",
    name: { en: "Pier", zhHant: "碼頭" },
    centre: { latDeg: 22.26, lngDeg: 114.11 },
    groundAmslM: 3,
    status: "open" as const,
  };
  const resources = [
    resource("res_pad1", "pad"),
    resource("res_pad2", "pad"),
    resource("res_bay1", "chargingBay"),
  ];
  const seeded = { site, resources, preparedVolumes: [preparedVolume] };
  await store.sites.seed([seeded], zones, worldNowMs);
}

export interface BookingWorld {
  readonly store: Store;
  readonly database: Database;
  readonly service: BookingService;
  readonly made: TestDatabase;
  /** How many drones of each booking fly, as far as the test says. */
  readonly dronesFlying: Map<string, number>;
  person(id: string): Promise<Person>;
  close(): Promise<void>;
}

/** Opens a database as a web process does. */
export async function openWorld(
  made: TestDatabase,
  inTheAir: InTheAir = { bookingIds: new Set(), isKnown: true },
): Promise<Omit<BookingWorld, "close">> {
  const database = await openTest(made);
  const store = createStore(database);
  const service = createBookingService({
    desk: store.desk,
    plan: store.plan,
    settings: defaultBookingSettings,
    nowMs: () => worldNowMs,
    makeBookingId: () => newId("booking"),
    inTheAir: () => inTheAir,
  });
  const person = async (id: string): Promise<Person> => {
    const found = await store.accounts.person(id);
    if (found === undefined) throw new Error(`No person ${id} in the test's world.`);
    return found;
  };
  return { store, database, service, made, person, dronesFlying: new Map() };
}

export function newId(kind: IdKind): string {
  return makeId(kind, randomBytes(16));
}

export async function createBookingWorld(): Promise<BookingWorld> {
  const made = await makeDatabase();
  const world = await openWorld(made);
  await seed(world.store);
  const close = async (): Promise<void> => {
    await world.database.close();
    await made.drop();
  };
  return { ...world, close };
}

/** A request that stands as it is: half an hour from now, in the west box, from pad 1. */
export function bookingRequest(change: Partial<BookingRequest> = {}): BookingRequest {
  return bookingRequestSchema.parse({
    siteId: "site_pier",
    title: "Survey",
    startMs: worldNowMs + 30 * minuteMs,
    endMs: worldNowMs + 60 * minuteMs,
    volumes: [{ footprint: { kind: "prepared", volumeId: "vol_west" } }],
    aircraftIds: ["air_1"],
    pilotIds: ["usr_pilot"],
    contactPhone: "+852 1234 5678",
    resourceIds: ["res_pad1"],
    ...change,
  });
}

/** The second company's. */
export function islandRequest(change: Partial<BookingRequest> = {}): BookingRequest {
  return bookingRequest({ aircraftIds: ["air_3"], pilotIds: ["usr_pilot2"], ...change });
}
