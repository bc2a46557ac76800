// The whole server as processes: it starts, lets in who may, refuses who may not, and its watch
// outlives the web process and the supervisor.
import { readFileSync } from "node:fs";
import path from "node:path";
import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as parser from "../../contract/wire/socket-parser.ts";
import { unpackSnapshot } from "../../contract/wire/live-snapshot.ts";
import type { Picture } from "../../contract/wire/realtime.ts";
import { isAlive, startServer, until, type StartedServer } from "../support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const live = (cookie: string, headers: Record<string, string> = {}) =>
  io(server.url, {
    path: "/live",
    transports: ["websocket"],
    parser,
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie, ...headers },
  });

test("every demo account signs in with the demo password and is who it says", async () => {
  for (const role of ["admin", "operator", "controller", "pilot"]) {
    const client = await server.signIn(`${role}@demo.invalid`);
    const session = await client.get("/session");
    expect(session.body).toMatchObject({ role, email: `${role}@demo.invalid` });
  }
});

test("who is not signed in gets 401 with a problem, and nothing else", async () => {
  for (const path of ["/session", "/flights", "/alarms", "/bookings", "/zones", "/vehicles/live"]) {
    const answer = await server.stranger().get(path);
    expect(answer.status, path).toBe(401);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: 401, errorId: expect.any(String) });
  }
});

test("a body of 10 MB is refused as too large, and the server goes on", async () => {
  const operator = await server.signIn("operator@demo.invalid");
  const answer = await operator.post("/bookings", { notes: "x".repeat(10_000_000) });
  expect(answer.status).toBe(413);
  expect(answer.body).toMatchObject({ detail: expect.stringContaining("1048576") });
  expect((await operator.get("/session")).status).toBe(200);
});

test("the page comes with a policy that lets nothing foreign in", async () => {
  const response = await fetch(`${server.url}/control`);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(response.headers.get("x-powered-by")).toBeNull();
});

test("strangers are turned away from the live socket", async () => {
  const socket = live("");
  const message = await new Promise((resolve) => {
    socket.once("connect_error", (error) => resolve(error.message));
    socket.once("connect", () => resolve("connected"));
  });
  expect(message).not.toBe("connected");
  socket.close();
});

test("a plain request to the live socket is answered once", async () => {
  for (const query of ["", "?EIO=4&transport=polling", "?EIO=4&transport=websocket"]) {
    expect((await fetch(`${server.url}/live/${query}`)).status).toBe(400);
  }
  const log = readFileSync(path.join(server.dataDir, "logs", "web.log"), "utf8");
  expect(log).toContain("listens");
  expect(log).not.toContain("A request failed");
});

test("a page of another origin is turned away though it has the cookie", async () => {
  const { cookie } = await server.signIn("controller@demo.invalid");
  const socket = live(cookie, { origin: "https://evil.example" });
  const message = await new Promise((resolve) => {
    socket.once("connect_error", (error) => resolve(error.message));
    socket.once("connect", () => resolve("connected"));
  });
  expect(message).not.toBe("connected");
  socket.close();
});

test("a controller's page gets the whole picture, then snapshots in one frame each", async () => {
  const { cookie } = await server.signIn("controller@demo.invalid");
  const socket = live(cookie);
  const picture = await new Promise<Picture>((resolve) => socket.once("picture", resolve));
  expect(picture.sites.length).toBeGreaterThan(0);
  expect(picture.zones.length).toBeGreaterThan(0);
  expect(picture.health.ingestConnected).toBe(true);
  const bytes = await new Promise<ArrayBuffer>((resolve) => socket.once("snapshot", resolve));
  expect(unpackSnapshot(new Uint8Array(bytes))?.vehicles).toEqual([]);
  socket.close();
});

test("a page is cut soon after its session ended", async () => {
  const client = await server.signIn("pilot@demo.invalid");
  const socket = live(client.cookie);
  await new Promise((resolve) => socket.once("picture", resolve));
  const cut = new Promise((resolve) => socket.once("disconnect", resolve));
  expect((await client.delete("/session")).status).toBe(204);
  expect(await cut).toBe("io server disconnect");
}, 20_000);

test("kill -9 of the web process leaves ingest alive, and web comes back", async () => {
  const before = server.pids();
  process.kill(before.web, "SIGKILL");
  await until("another web process is up", () => server.pids().web !== before.web);
  expect(server.pids().ingest).toBe(before.ingest);
  expect(isAlive(before.ingest)).toBe(true);
  const health = await fetch(`${server.url}/health`);
  expect(await health.json()).toMatchObject({ database: "ok", ingestConnected: true });
}, 30_000);

test("kill -9 of the supervisor leaves ingest alive, and the next start adopts it", async () => {
  const { supervisor, web, ingest } = server.pids();
  process.kill(supervisor, "SIGKILL");
  await until("the web process follows its supervisor", () => !isAlive(web));
  expect(isAlive(ingest)).toBe(true);
  server = await startServer({ dataDir: server.dataDir });
  expect(server.pids().ingest).toBe(ingest);
  expect(server.output()).toContain("taken over");
  await server.stopKeepingData();
  expect(isAlive(ingest)).toBe(false);
}, 60_000);
