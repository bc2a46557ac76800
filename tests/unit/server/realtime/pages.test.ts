// The pages' socket over a real connection: who gets what, and that a slow page costs nothing.
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Alarm } from "../../../../contract/wire/alarm.ts";
import type { Person, Role } from "../../../../contract/wire/account.ts";
import { packSnapshot, unpackSnapshot } from "../../../../contract/wire/live-snapshot.ts";
import type { VehicleStatus } from "../../../../contract/wire/live-status.ts";
import type { Picture } from "../../../../contract/wire/realtime.ts";
import * as parser from "../../../../contract/wire/socket-parser.ts";
import { openPages, type Pages } from "../../../../server/realtime/pages.ts";
import { alarmWith } from "../../../support/alarm-samples.ts";
import { aircraftWith, heardByKestrel, vesselWith } from "../../../support/traffic-samples.ts";

const person = (role: Role, organisationId: string): Person => ({
  id: `usr_${role}`,
  name: role,
  email: `${role}@test.invalid`,
  role,
  organisationId,
  organisationName: organisationId,
  phone: "",
});
const people = new Map([
  ["control", person("controller", "org_site")],
  ["pilot", person("pilot", "org_a")],
]);
const ownerOf = new Map([
  [1, "org_a"],
  [2, "org_b"],
]);
const picture: Picture = {
  journalNumber: 1,
  eventNumber: 0,
  sites: [],
  zones: [],
  vehicles: [],
  traffic: [],
  alarms: [],
  commands: [],
  transfers: [],
  bookings: [],
  health: { ingestConnected: true, ingestAgeMs: 0, planVersionInForce: 0, planVersion: 0 },
};

let http: Server;
let pages: Pages;
let sockets: Socket[];
/** How often sessions were read, and what each reading waits for. */
let asked: number;
let answering: Promise<void>;

beforeEach(async () => {
  sockets = [];
  asked = 0;
  answering = Promise.resolve();
  await listen();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets) socket.close();
  await pages.close();
});

async function listen(): Promise<void> {
  http = createServer();
  pages = openPages(http, {
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    nowMs: () => 1_000,
    personOf: async (request) => {
      asked += 1;
      await answering;
      return people.get(request.headers.cookie ?? "");
    },
    mayOpen: (origin) => origin !== "https://evil.example",
    pictureFor: async () => () => picture,
    vehicle: (liveId) => {
      const organisationId = ownerOf.get(liveId) ?? null;
      return { liveId, organisationId } as ReturnType<Parameters<typeof openPages>[1]["vehicle"]>;
    },
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
}

/** A page that has its picture. */
async function open(cookie: string): Promise<Socket> {
  const { port } = http.address() as AddressInfo;
  const socket = io(`http://127.0.0.1:${port}`, {
    path: "/live",
    transports: ["websocket"],
    parser,
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  });
  sockets.push(socket);
  await new Promise((resolve) => socket.once("picture", resolve));
  return socket;
}

function snapshotOf(sentAtMs: number, liveIds: readonly number[]): Uint8Array {
  const vehicles = liveIds.map((liveId) => ({
    liveId,
    flags: 0,
    latDeg: 22.26,
    lngDeg: 114.13,
    altitudeAmslM: 30,
    altitudeAboveHomeM: 27,
    headingDeg: 0,
    groundSpeedMps: 0,
    climbMps: 0,
    ageMs: 0,
  }));
  return packSnapshot({ sentAtMs, vehicles });
}

function nextSnapshot(socket: Socket): Promise<ReturnType<typeof unpackSnapshot>> {
  return new Promise((resolve) => {
    socket.once("snapshot", (bytes: ArrayBuffer) => resolve(unpackSnapshot(new Uint8Array(bytes))));
  });
}

test("a snapshot shows the control room all drones, a pilot those of the company", async () => {
  const [control, pilot] = await Promise.all([open("control"), open("pilot")]);
  const seen = Promise.all([nextSnapshot(control), nextSnapshot(pilot)]);
  pages.snapshot(snapshotOf(5, [1, 2]));
  const idsSeen = (await seen).map((one) => one?.vehicles.map(({ liveId }) => liveId));
  expect(idsSeen).toEqual([[1, 2], [1]]);
});

test("what is told of one organisation reaches it and the control room, nobody else", async () => {
  const [control, pilot] = await Promise.all([open("control"), open("pilot")]);
  const heard: string[] = [];
  control.on("flight", ({ id }: { id: string }) => heard.push(`control ${id}`));
  pilot.on("flight", ({ id }: { id: string }) => heard.push(`pilot ${id}`));
  const flight = (id: string) => ({ id }) as Parameters<typeof pages.tell<"flight">>[2];
  pages.tell("flight", "org_a", flight("flt_a"));
  pages.tell("flight", "org_b", flight("flt_b"));
  pages.tell("flight", null, flight("flt_nobody"));
  const last = Promise.all([nextSnapshot(control), nextSnapshot(pilot)]);
  pages.snapshot(snapshotOf(1, []));
  await last;
  expect(heard.sort()).toEqual([
    "control flt_a",
    "control flt_b",
    "control flt_nobody",
    "pilot flt_a",
  ]);
});

test("each view is told its own part of an alarm, and who has none nothing", async () => {
  const [control, pilot] = await Promise.all([open("control"), open("pilot")]);
  const heard: string[] = [];
  for (const [name, socket] of Object.entries({ control, pilot })) {
    socket.on("alarm", ({ journalNumber }: Alarm) => heard.push(`${name} ${journalNumber}`));
  }
  const part = (journalNumber: number) => alarmWith({ journalNumber });
  pages.tellSeen("alarm", ({ kind }) => part(kind === "everything" ? 1 : 2));
  pages.tellSeen("alarm", ({ kind }) => (kind === "everything" ? part(3) : undefined));
  const last = Promise.all([nextSnapshot(control), nextSnapshot(pilot)]);
  pages.snapshot(snapshotOf(1, []));
  await last;
  expect(heard.sort()).toEqual(["control 1", "control 3", "pilot 2"]);
});

test("a status names another company's booking to the control room alone", async () => {
  const [control, pilot] = await Promise.all([open("control"), open("pilot")]);
  const bindingOf = (socket: Socket): Promise<unknown> =>
    new Promise((resolve) => {
      socket.once("status", ({ changed }: { changed: VehicleStatus[] }) => {
        resolve(changed[0]?.binding);
      });
    });
  const seen = Promise.all([bindingOf(control), bindingOf(pilot)]);
  const entered = { bookingId: "bkg_b", enteredOrganisationId: "org_b" };
  const binding = { kind: "wrongDrone", ...entered } as const;
  pages.status([{ liveId: 1, organisationId: "org_a", binding } as VehicleStatus], []);
  expect(await seen).toEqual([
    { kind: "wrongDrone", bookingId: "bkg_b" },
    { kind: "wrongDrone", bookingId: null },
  ]);
});

test("a page that takes nothing for a while gets few snapshots, and then the newest", async () => {
  const slow = await open("control");
  const received: number[] = [];
  slow.on("snapshot", (bytes: ArrayBuffer) => {
    received.push(unpackSnapshot(new Uint8Array(bytes))?.sentAtMs ?? -1);
  });
  const { transport } = slow.io.engine as unknown as {
    transport: { ws: { pause(): void; resume(): void } };
  };
  transport.ws.pause();
  const drones = Array.from({ length: 1_000 }, (_, liveId) => liveId);
  const rounds = 3_000;
  for (let round = 1; round <= rounds; round += 1) {
    pages.snapshot(snapshotOf(round, drones));
    if (round % 100 === 0) await wait(5);
  }
  transport.ws.resume();
  await expect
    .poll(() => {
      pages.snapshot(snapshotOf(rounds + 1, drones));
      return received.at(-1);
    })
    .toBe(rounds + 1);
  expect(received.length).toBeLessThan(rounds / 2);
  expect([...received].sort((a, b) => a - b)).toEqual(received);
});

test("whose drone becomes another's sees it go; who never saw it hears nothing of it", async () => {
  people.set("neighbour", person("pilot", "org_c"));
  const [control, pilot, other] = await Promise.all([
    open("control"),
    open("pilot"),
    open("neighbour"),
  ]);
  const heard: string[] = [];
  const named = { control, pilot, other };
  for (const [name, socket] of Object.entries(named)) {
    socket.on("status", ({ changed, removed }: { changed: unknown[]; removed: number[] }) => {
      heard.push(`${name} ${changed.length} changed, gone: ${removed.join()}`);
    });
  }
  const owned = (organisationId: string) => ({ liveId: 1, organisationId }) as VehicleStatus;
  pages.status([owned("org_a")], []);
  pages.status([owned("org_b")], []);
  pages.status([owned("org_b")], []);
  const last = Promise.all([control, pilot, other].map(nextSnapshot));
  pages.snapshot(snapshotOf(1, []));
  await last;
  expect(heard.sort()).toEqual([
    "control 1 changed, gone: ",
    "control 1 changed, gone: ",
    "control 1 changed, gone: ",
    "pilot 0 changed, gone: 1",
    "pilot 1 changed, gone: ",
  ]);
});

/** The status and body of the answer to a request for the socket that is refused. */
function refusalOf(headers: Record<string, string>): Promise<{ status: number; body: unknown }> {
  const { port } = http.address() as AddressInfo;
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  };
  const path = "/live/?EIO=4&transport=websocket";
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, headers: { ...upgrade, ...headers } }, (response) => {
      let text = "";
      response.on("data", (bytes: Buffer) => (text += bytes.toString()));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      });
    });
    asked.on("error", reject).end();
  });
}

test("who is refused the socket hears why, with the status that says it", async () => {
  expect(await refusalOf({})).toMatchObject({
    status: 401,
    body: { status: 401, title: "Unauthorized", detail: "Sign in first." },
  });
  const foreign = { cookie: "control", origin: "https://evil.example" };
  expect(await refusalOf(foreign)).toMatchObject({ status: 403, body: { status: 403 } });
  expect(pages.count()).toBe(0);
});

test("slow reading of sessions never overlaps itself; signed-out pages are cut", async () => {
  await pages.close();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  await listen();
  const control = await open("control");
  const cut = new Promise((resolve) => control.once("disconnect", resolve));
  const askedBefore = asked;
  let answer = (): void => {};
  answering = new Promise((resolve) => (answer = resolve));
  vi.advanceTimersByTime(20_000);
  await wait(20);
  expect(asked - askedBefore).toBe(1);
  const known = people.get("control");
  people.delete("control");
  answer();
  expect(await cut).toBe("io server disconnect");
  if (known !== undefined) people.set("control", known);
  await expect.poll(() => pages.count()).toBe(0);
  const pilot = await open("pilot");
  const askedThen = asked;
  vi.advanceTimersByTime(5_000);
  await expect.poll(() => asked).toBe(askedThen + 1);
  expect(pilot.connected).toBe(true);
});

test("traffic goes to every page; which drone heard it, to those who see that drone", async () => {
  const [control, pilot] = [await open("control"), await open("pilot")];
  const told = Promise.all(
    [control, pilot].map((page) => new Promise((resolve) => page.once("traffic", resolve))),
  );
  const ofOther = aircraftWith({ heardBy: { ...heardByKestrel, organisationId: "org_b" } });
  pages.traffic({ changed: [ofOther, vesselWith()], removed: ["icao:000001"] });
  const removed = ["icao:000001"];
  expect(await told).toEqual([
    { changed: [ofOther, vesselWith()], removed },
    { changed: [{ ...ofOther, heardBy: null }, vesselWith()], removed },
  ]);
});
