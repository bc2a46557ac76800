// The whole HTTP side on a free port: every route is described and guarded, and what anybody may
// see is what is meant for anybody.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Router } from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageAddresses } from "../../../contract/page-addresses.ts";
import { createApp } from "../../../server/app.ts";
import { readConfig } from "../../../server/config.ts";
import { statementOf } from "../../../server/http/access.ts";
import { apiOperations } from "../../../server/http/api-operations.ts";
import { createSessions } from "../../../server/http/sessions.ts";
import { createAlarmBoard } from "../../../server/realtime/alarm-board.ts";
import { createLivePicture } from "../../../server/realtime/live-picture.ts";
import { createTrafficBoard } from "../../../server/realtime/traffic-board.ts";
import { createLogReader } from "../../../server/log-reader.ts";
import { openRecordFiles } from "../../../server/record-files.ts";
import { createAlarmRepository } from "../../../server/store/alarm-repository.ts";
import { createFlightRepository } from "../../../server/store/flight-repository.ts";
import { emptyOrdering } from "../../support/order-ports.ts";
import { createBookingWorld, worldNowMs, type BookingWorld } from "../../support/booking-world.ts";
import { createSecretBox } from "../../../server/secret-box.ts";

let world: BookingWorld;
let app: ReturnType<typeof createApp>;
let http: Server;
let url: string;

beforeAll(async () => {
  world = await createBookingWorld();
  const config = readConfig({}, []);
  if ("problems" in config) throw new Error("The default settings are sound.");
  const { store, database, service } = world;
  const nowMs = (): number => worldNowMs;
  const files = openRecordFiles("/nowhere");
  app = createApp({
    config,
    root: "/nowhere",
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    nowMs,
    store,
    flights: createFlightRepository(database),
    alarms: createAlarmRepository(database),
    ordering: emptyOrdering(database),
    sessions: createSessions({
      accounts: store.accounts,
      sessions: store.sessions,
      secret: "a secret",
      secure: false,
      nowMs,
    }),
    bookings: service,
    board: createAlarmBoard([], []),
    live: createLivePicture(nowMs).now,
    traffic: createTrafficBoard(nowMs),
    dronesFlying: () => new Map(),
    replay: files,
    reader: createLogReader("/nowhere"),
    alarmsOf: async () => [],
    records: files,
    showAlarm: () => {},
    secrets: createSecretBox("5a".repeat(32)),
    askIngest: () => Promise.resolve({ kind: "unreachable", wasSent: false }),
    pageCount: () => 0,
  });
  http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(async () => {
  http.close();
  await world.close();
});

interface Mounted {
  readonly route: string;
  readonly access: string;
}

function routesOf(router: Router): Mounted[] {
  return router.stack.flatMap((layer): Mounted[] => {
    const { route, handle } = layer;
    if (route === undefined) {
      return "stack" in handle ? routesOf(handle as unknown as Router) : [];
    }
    const statement = route.stack.flatMap((one) => statementOf(one.handle) ?? [])[0] ?? "nobody";
    const access = statement.startsWith("anybody") ? "anybody" : statement;
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    return [{ route: `${route.stack[0]?.method ?? ""} ${path}`, access }];
  });
}

test("the table of operations names every mounted route, and who may use it", () => {
  const pages = pageAddresses.map((address) => `get ${address.replace(":flightId", "{flightId}")}`);
  const outsideApi = ["get /health", "get /metrics", "get /{*path}", ...pages];
  const mounted = routesOf(app.router).filter(({ route }) => !outsideApi.includes(route));
  const described = apiOperations.map(({ method, path, access }) => {
    return { route: `${method} ${path}`, access };
  });
  const byRoute = (a: Mounted, b: Mounted): number => (a.route < b.route ? -1 : 1);
  expect(mounted.sort(byRoute)).toEqual(described.sort(byRoute));
});

test("the OpenAPI document holds every operation with its schemas in place", async () => {
  const response = await fetch(`${url}/api/v1/openapi.json`);
  const document = (await response.json()) as {
    openapi: string;
    paths: Record<string, Record<string, { requestBody?: unknown; security: unknown[] }>>;
  };
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(apiOperations.length);
  const booking = document.paths["/bookings"]?.["post"];
  expect(JSON.stringify(booking?.requestBody)).toContain('"contactPhone"');
  expect(document.paths["/session"]?.["post"]?.security).toEqual([]);
  expect(JSON.stringify(document)).not.toContain("$defs");
});

test("health says what is missing, and metrics are in Prometheus' format", async () => {
  const health = await fetch(`${url}/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toMatchObject({ database: "ok", ingest: "unreachable" });
  const metrics = await fetch(`${url}/metrics`);
  expect(await metrics.text()).toMatch(/^skyrange_ingest_connected 0$/m);
  const passedOn = await fetch(`${url}/metrics`, { headers: { "x-forwarded-for": "10.0.0.1" } });
  expect(passedOn.status).toBe(404);
});

test("unknown addresses of the API are problems, others are the page's", async () => {
  const unknown = await fetch(`${url}/api/v1/nothing`);
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  const page = await fetch(`${url}/replay`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain("not built");
  expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404);
});

test("without a Mapbox token the policy names no other host", async () => {
  const policy = (await fetch(`${url}/health`)).headers.get("content-security-policy") ?? "";
  expect(policy.split(";")).toContain("worker-src 'self'");
  expect(policy.split(";")).toContain("connect-src 'self'");
  expect(policy).not.toContain("https:");
});
