// Eight clients race random bookings at two web processes over one PostgreSQL: whatever wins,
// nothing overlaps, nobody meets a failure, and who loses is told what is in the way.
import { afterAll, beforeAll, expect } from "vitest";
import type { Booking, BookingRequestInput } from "../../../contract/wire/booking.ts";
import { overlapsIn } from "../../support/overlap-sweep.ts";
import { startSecondWeb, type SecondWeb } from "../../support/second-web.ts";
import { seededRandom, type SeededRandom } from "../../support/seeded-random.ts";
import {
  signIn,
  startServer,
  type ServerAnswer,
  type ServerClient,
  type StartedServer,
} from "../../support/start-server.ts";
import { makeDatabase, openTest, test, type TestDatabase } from "../../support/test-database.ts";

const raceMs = process.env["LONG"] === "1" ? 60_000 : 4_000;
const minuteMs = 60_000;
/** With signing in before the race and the sweep after it, on a busy machine. */
const testMsMax = raceMs + 2 * minuteMs;

let made: TestDatabase;
let server: StartedServer;
let second: SecondWeb;

beforeAll(async () => {
  made = await makeDatabase();
  if (made.target.kind !== "postgres") throw new Error("These tests are PostgreSQL's.");
  const env = { DATABASE_URL: made.target.url };
  server = await startServer({ env });
  second = await startSecondWeb(server, env);
});
afterAll(async () => {
  await second.stop();
  await server.stop();
  await made.drop();
});

interface Company {
  readonly email: string;
  readonly aircraftIds: readonly string[];
  readonly pilotId: string;
}
const companies: readonly Company[] = [
  {
    email: "operator@demo.invalid",
    aircraftIds: ["air_demo_1", "air_demo_2", "air_demo_3"],
    pilotId: "usr_demo_pilot",
  },
  {
    email: "operator2@demo.invalid",
    aircraftIds: ["air_demo_5", "air_demo_6"],
    pilotId: "usr_demo_pilot2",
  },
];

/** A box of some 60 to 110 m in the basin, in one of few places, one of few half hours. */
function wish(random: SeededRandom, company: Company, dayMs: number): BookingRequestInput {
  const west = 114.1272 + random.below(6) * 0.0004;
  const south = 22.2579 + random.below(6) * 0.0004;
  const [east, north] = [west + 0.0006, south + 0.0006 + random.below(5) * 0.0001];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as [number, number][];
  const startMs = dayMs + random.below(12) * 10 * minuteMs;
  return {
    siteId: "site_pier",
    title: "Race",
    startMs,
    endMs: startMs + (10 + random.below(3) * 10) * minuteMs,
    volumes: [
      {
        footprint: { kind: "polygon", polygon: { type: "Polygon", coordinates: [ring] } },
        band: { reference: "AGL", lowerM: 0, upperM: 40 },
      },
    ],
    aircraftIds: [random.pick(company.aircraftIds)],
    pilotIds: [company.pilotId],
    contactPhone: "+852 0000 0012",
    resourceIds: [random.pick(["res_pier_pad_1", "res_pier_pad_2", "res_pier_pad_3"])],
    draft: random.chance(0.2),
  };
}

/** One client's random acts until the time is over. */
async function race(
  client: ServerClient,
  random: SeededRandom,
  company: Company,
  isOver: () => boolean,
  dayMs: number,
): Promise<ServerAnswer[]> {
  const answers: ServerAnswer[] = [];
  while (!isOver()) {
    const listed = await client.get("/bookings?limit=200");
    const { bookings = [] } = listed.body as { bookings?: Booking[] };
    // The company's other clients reach for the same ones.
    const known = bookings.filter(({ state }) => state !== "withdrawn");
    const one = known.length > 0 ? random.pick(known) : undefined;
    answers.push(listed);
    if (one === undefined || random.chance(0.7)) {
      answers.push(await client.post("/bookings", wish(random, company, dayMs)));
    } else {
      const act = one.state === "draft" ? "submit" : random.pick(["withdraw", "check-in"]);
      const version = { "if-match": `"${String(one.version)}"` };
      answers.push(await client.post(`/bookings/${one.id}/${act}`, { reason: "" }, version));
    }
  }
  return answers;
}

function typeOf(body: unknown): string {
  return (body as { type?: string }).type ?? "";
}

test(
  "a race at two web processes over one database ends without overlap or failure",
  async () => {
    const dayMs = Math.ceil(Date.now() / minuteMs) * minuteMs + 24 * 60 * minuteMs;
    const racers = Array.from({ length: 8 }, async (_, index) => {
      const company = companies[index % 2];
      if (company === undefined) throw new Error("no company");
      const client = await signIn(index < 4 ? server.url : second.url, company.email);
      return { client, company, random: seededRandom(index + 1) };
    });
    const ready = await Promise.all(racers);
    const endMs = performance.now() + raceMs;
    const isOver = (): boolean => performance.now() > endMs;
    const answers = await Promise.all(
      ready.map(({ client, random, company }) => race(client, random, company, isOver, dayMs)),
    );
    const all = answers.flat();
    expect(all.filter(({ status }) => status >= 500)).toEqual([]);
    const conflicts = all.filter(({ body }) => typeOf(body).endsWith(":conflict"));
    expect(conflicts.length).toBeGreaterThan(0);
    for (const { status, body } of conflicts) {
      expect(status).toBe(409);
      expect((body as { conflicts: unknown[] }).conflicts.length).toBeGreaterThan(0);
    }
    const others = all.filter(({ status }) => ![200, 201, 409, 412].includes(status));
    expect(others.map(({ body }) => body)).toEqual([]);
    for (const web of [answers.slice(0, 4), answers.slice(4)]) {
      expect(web.flat().some(({ status }) => status === 201)).toBe(true);
    }
    const database = await openTest(made);
    const overlaps = await overlapsIn(database);
    await database.close();
    expect(overlaps).toEqual([]);
  },
  testMsMax,
);
