// Signing from wire to API with a drone that signs: the key is set, sent, seen in use and required;
// forged frames are refused and alarmed; a killed ingest goes on as before; and the key is nowhere.
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { aircraftSigningSchema, type AircraftSigning } from "../../contract/wire/signing.ts";
import { makeHeartbeat } from "../support/mavlink-frames.ts";
import { startSigningDrone, type SigningDrone } from "../support/signing-drone.ts";
import {
  startServer,
  type ServerAnswer,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

const sysid = 77;
const key = createHash("sha256").update("a key of this test").digest();
const within = { timeout: 20_000, interval: 100 };

let server: StartedServer;
let client: ServerClient;
let drone: SigningDrone;
/** Of the aircraft that the first test registers. */
let id: string;
/** Everything the API has answered. */
const answered: string[] = [];

beforeAll(async () => {
  server = await startServer();
  client = await server.signIn("operator@demo.invalid");
  drone = startSigningDrone(sysid, server.udp, Date.now);
}, 90_000);
afterAll(async () => {
  drone.close();
  await server.stop();
}, 60_000);

function noted(answer: ServerAnswer): ServerAnswer {
  answered.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
  return answer;
}

async function post(to: string, body: unknown): Promise<ServerAnswer> {
  return noted(await client.post(to, body));
}

async function signing(): Promise<AircraftSigning> {
  return aircraftSigningSchema.parse(noted(await client.get(`/vehicles/${id}/signing`)).body);
}

async function framesSeen(frames: string): Promise<void> {
  await vi.waitFor(async () => expect((await signing()).live?.frames).toBe(frames), within);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const found = statSync(file);
    if (found.isDirectory()) return filesIn(file);
    return found.isFile() ? [file] : [];
  });
}

const liveSchema = z.object({
  vehicles: z.array(
    z.object({ sysid: z.number(), signing: z.string().optional(), armed: z.boolean() }),
  ),
  links: z.array(z.object({ dropped: z.record(z.string(), z.number()) })),
});
const alarmsSchema = z.object({
  alarms: z.array(z.object({ condition: z.object({ kind: z.string(), vehicleName: z.string() }) })),
});

/** The key in every form in which it could stand somewhere. */
const forms: readonly Buffer[] = [
  key,
  ...["hex", "base64", "base64url"].map((form) => Buffer.from(key.toString(form as "hex"))),
  Buffer.from(key.toString("hex").toUpperCase()),
  Buffer.from([...key].join(",")),
];

function holdsKey(bytes: Buffer): boolean {
  return forms.some((form) => bytes.includes(form));
}

test("a key is set, and a wrong one is not told again", async () => {
  const made = await post("/vehicles", { name: "Signer", sysid, takeOffMassKg: 2 });
  expect(made.status).toBe(201);
  id = (made.body as { id: string }).id;
  const hex = key.toString("hex");
  expect((await post(`/vehicles/${id}/signing/key`, { hex: hex.slice(1) })).status).toBe(422);
  expect((await post(`/vehicles/${id}/signing/key`, { key: hex })).status).toBe(400);
  expect((await post(`/vehicles/${id}/signing/send`, {})).status).toBe(409);
  expect((await post(`/vehicles/${id}/signing/policy`, { policy: "required" })).status).toBe(409);
  const set = await post(`/vehicles/${id}/signing/key`, { hex });
  expect(set.body).toMatchObject({ policy: "preferred", key: { origin: "entered" } });
  await framesSeen("unsigned");
});

test("the key goes to the drone, whose next frames show it, and is then required", async () => {
  expect((await post(`/vehicles/${id}/signing/send`, {})).status).toBe(200);
  await vi.waitFor(async () => {
    expect((await signing()).live?.setup).toMatchObject({ act: "send", outcome: "done" });
  }, within);
  expect(drone.key()).toEqual(new Uint8Array(key));
  await framesSeen("verified");
  expect((await post(`/vehicles/${id}/signing/policy`, { policy: "required" })).status).toBe(200);
  expect((await post(`/vehicles/${id}/signing/disable`, {})).status).toBe(409);
}, 30_000);

test("who forges its frames moves nothing and raises one alarm that names it", async () => {
  await wait(1_500); // the plan that requires the key is in force
  const stranger = createSocket("udp4");
  const forged = setInterval(() => {
    stranger.send(makeHeartbeat({}, { sysid }), server.udp.port, server.udp.host);
  }, 100);
  const controller = await server.signIn("controller@demo.invalid");
  await vi.waitFor(async () => {
    const live = liveSchema.parse(noted(await controller.get("/vehicles/live")).body);
    const ours = live.vehicles.filter((one) => one.sysid === sysid);
    expect(ours).toEqual([{ sysid, signing: "refused", armed: false }]);
    expect(live.links.some(({ dropped }) => (dropped["unsigned"] ?? 0) > 2)).toBe(true);
  }, within);
  const { alarms } = alarmsSchema.parse(noted(await controller.get("/alarms")).body);
  const told = alarms.map(({ condition: { kind, vehicleName } }) => `${kind} ${vehicleName}`);
  expect(told).toEqual(["signatureRefused Signer"]);
  clearInterval(forged);
  stranger.close();
}, 30_000);

test("a killed ingest verifies on by what it kept, and no stamp of ours comes again", async () => {
  const killed = server.pids().ingest;
  process.kill(killed, "SIGKILL");
  await vi.waitFor(() => expect(server.pids().ingest).not.toBe(killed), within);
  const before = drone.got.length;
  await framesSeen("verified");
  await vi.waitFor(() => expect(drone.got.length).toBeGreaterThan(before + 2), within);
  const stamps = drone.got.filter(({ isSigned }) => isSigned).map(({ stamp }) => stamp);
  expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
  expect(drone.got.slice(-3).every(({ isRight }) => isRight)).toBe(true);
}, 30_000);

test("the key stands in no file, no line that was printed and no answer", async () => {
  await server.stopKeepingData();
  const files = filesIn(server.dataDir);
  expect(files.some((file) => file.endsWith("record.tlog"))).toBe(true);
  expect(files.some((file) => file.endsWith("refused.tlog"))).toBe(true);
  expect(files.some((file) => file.endsWith("skyrange.sqlite"))).toBe(true);
  expect(files.filter((file) => holdsKey(readFileSync(file)))).toEqual([]);
  expect(holdsKey(Buffer.from(server.output()))).toBe(false);
  expect(answered.filter((text) => holdsKey(Buffer.from(text)))).toEqual([]);
}, 60_000);
