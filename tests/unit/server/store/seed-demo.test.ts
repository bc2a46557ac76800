// The demo's people and drones on the site as it is seeded: the recorded flights can be booked.
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookingRequestSchema } from "../../../../contract/wire/booking.ts";
import { hashPassword, passwordMatches } from "../../../../server/accounts/password.ts";
import { demoEmails, seedDemo } from "../../../../server/store/seed-demo.ts";
import { readSiteFiles, seedSites, siteFilesIn } from "../../../../server/store/site-files.ts";
import { minuteMs, openWorld, worldNowMs } from "../../../support/booking-world.ts";
import { makeDatabase } from "../../../support/test-database.ts";

let world: Awaited<ReturnType<typeof openWorld>>;

beforeAll(async () => {
  world = await openWorld(await makeDatabase());
  const reading = readSiteFiles(siteFilesIn("geofences"));
  if (reading.kind === "faults") throw new Error(JSON.stringify(reading.faults));
  expect(await world.store.sites.isEmpty()).toBe(true);
  await seedSites(world.store.sites, reading.content, worldNowMs);
  await seedDemo(world.store, await hashPassword("first password"), worldNowMs);
});
afterAll(async () => {
  await world.database.close();
  await world.made.drop();
});

test("seeding again makes nothing twice and sets the password anew", async () => {
  const planVersion = await world.store.plan.planVersion();
  await seedDemo(world.store, await hashPassword("second password"), worldNowMs);
  expect(await world.store.plan.planVersion()).toBe(planVersion);
  for (const email of demoEmails) {
    const stored = await world.store.accounts.personByEmail(email);
    expect(stored?.person.email).toBe(email);
    expect(await passwordMatches(stored?.passwordHash ?? "", "second password")).toBe(true);
    expect(await passwordMatches(stored?.passwordHash ?? "", "first password")).toBe(false);
  }
});

async function book(aircraftIds: readonly string[], volume: unknown, more: object = {}) {
  const stored = await world.store.accounts.personByEmail("operator@demo.invalid");
  if (stored === undefined) throw new Error("no operator");
  const request = bookingRequestSchema.parse({
    siteId: "site_pier",
    title: "Recorded flight",
    startMs: worldNowMs,
    endMs: worldNowMs + 10 * minuteMs,
    volumes: [volume],
    aircraftIds,
    resourceIds: ["res_pier_pad_3"],
    pilotIds: ["usr_demo_pilot"],
    contactPhone: "+852 0000 0012",
    ...more,
  });
  return world.service.book(stored.person, request);
}

test("every prepared volume of every site can be booked as it stands", async () => {
  const sites = await world.store.sites.sites();
  let hour = 1;
  for (const site of sites) {
    for (const { id, name } of site.preparedVolumes) {
      hour += 1;
      const startMs = worldNowMs + hour * 60 * minuteMs;
      const resourceIds = [site.id === "site_pier" ? "res_pier_pad_1" : "res_park_pad_1"];
      const window = { siteId: site.id, startMs, endMs: startMs + minuteMs, resourceIds };
      const volume = { footprint: { kind: "prepared", volumeId: id } };
      const outcome = await book(["air_demo_1"], volume, window);
      expect(outcome.kind, `${name.en} ${JSON.stringify(outcome)}`).toBe("booked");
    }
  }
  expect(hour).toBeGreaterThan(4);
});

/** The fence of the recorded flight b (data/flights/b_fence.fence.json), as GeoJSON. */
const fenceRing = [
  [114.1296, 22.26141865223242],
  [114.13037652696144, 22.2607],
  [114.13027946109126, 22.25961085059292],
  [114.12882058562272, 22.259153114728274],
  [114.12817095433991, 22.25993643200306],
  [114.12867532339641, 22.261194073409786],
  [114.1296, 22.26141865223242],
];

test("the fence flight is bookable to 120 m above home only with a permission", async () => {
  const volume = {
    footprint: { kind: "polygon", polygon: { type: "Polygon", coordinates: [fenceRing] } },
    band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 120 },
  };
  const refused = await book(["air_demo_1"], volume);
  expect(refused.kind).toBe("ruleFailed");
  const permission = { kind: "height", reference: "CAD/1", heightLimitAglM: 150 };
  const booked = await book(["air_demo_1"], volume, { permissions: [permission] });
  expect(booked).toMatchObject({ kind: "booked", booking: { state: "accepted" } });
});
