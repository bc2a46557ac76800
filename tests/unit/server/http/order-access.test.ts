// Who is told what by the routes that reach a drone or its key: signing, commands, transfers and
// authority. Another company's drone or aircraft is not there (404), whoever is not signed in is
// told that first (401), and a role that may not is told so (403).
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Command } from "../../../../contract/wire/command.ts";
import type { VehicleStatus } from "../../../../contract/wire/live-status.ts";
import type { AskIngest, IngestAsk } from "../../../../server/cluster/ingest-ask.ts";
import { createAuthorityRouter } from "../../../../server/http/authority.ts";
import { createCommandsRouter } from "../../../../server/http/commands.ts";
import { createTransfersRouter } from "../../../../server/http/transfers.ts";
import { createVehicleSigningRouter } from "../../../../server/http/vehicle-signing.ts";
import { createSecretBox } from "../../../../server/secret-box.ts";
import { createBookingApi, type ApiClient, type BookingApi } from "../../../support/booking-api.ts";
import { worldNowMs } from "../../../support/booking-world.ts";
import { emptyOrdering } from "../../../support/order-ports.ts";
import { statusWith } from "../../client/app/live/status-samples.ts";

let api: BookingApi;
const asked: IngestAsk[] = [];
let command: Command;

const sessionId = "ses_harbour";
const vehicle = {
  sessionId,
  vehicleKey: "veh_1",
  sysid: 1,
  vehicleName: "Kestrel",
  aircraftId: "air_1",
  organisationId: "org_harbour",
  flightId: null,
  bookingId: null,
  bookingTitle: null,
};
const by = { userId: "usr_operator", name: "Name of usr_operator" };
const keyHex = "5a".repeat(32);

beforeAll(async () => {
  api = await createBookingApi((world) => {
    const ordering = emptyOrdering(world.database);
    const { boards } = ordering;
    const status = statusWith({ sessionId, organisationId: "org_harbour", bookingId: null });
    const drone = {
      vehicles: new Map<number, VehicleStatus>([[1, status]]),
      findBooking: async () => undefined,
      authority: boards.authority,
      record: ordering.authority.record,
      showAuthority: () => undefined,
      nowMs: () => worldNowMs,
    };
    const askIngest = (async (ask: IngestAsk) => {
      asked.push(ask);
      return { kind: "refused", reason: "notHeard" };
    }) as unknown as AskIngest;
    const order = { vehicle, by, requestedAtMs: worldNowMs, revision: 1, outcome: null };
    const action = { kind: "land" } as const;
    command = { ...order, id: "cmd_1", action, events: [], confirmed: false, isOver: false };
    boards.commands.changed(command);
    boards.transfers.changed({
      ...order,
      id: "trf_1",
      kind: "download",
      missionType: "fence",
      itemCount: 0,
      whileArmed: false,
      endedAtMs: null,
      items: null,
      texts: [],
    });
    const box = createSecretBox("77".repeat(32));
    let ids = 1;
    const shared = { ...drone, askIngest, orderKeys: world.store.answers };
    return [
      createAuthorityRouter(drone),
      createCommandsRouter({
        ...shared,
        commands: ordering.commands,
        commandBoard: boards.commands,
        makeCommandId: () => `cmd_${(ids += 1)}`,
      }),
      createTransfersRouter({
        ...shared,
        transfers: ordering.transfers,
        transferBoard: boards.transfers,
        makeTransferId: () => `trf_${(ids += 1)}`,
      }),
      createVehicleSigningRouter({
        aircraft: world.store.aircraft,
        signing: world.store.signing,
        events: world.store.events,
        askIngest,
        nowMs: () => worldNowMs,
        makeKeyId: () => `key_${(ids += 1)}`,
        sealKey: (key, id) => box.seal(key, id, new Uint8Array(12)),
        planChanged: () => undefined,
      }),
    ];
  });
});
afterAll(() => api.close());
beforeEach(() => {
  asked.length = 0;
});

const rtl = { sessionId, action: { kind: "returnHome" } };
const read = { sessionId, task: { kind: "download", missionType: "fence" } };
const droneRoutes: readonly [method: string, path: string, body?: object][] = [
  ["POST", "/commands", rtl],
  ["POST", "/transfers", read],
  ["POST", "/transfers/trf_1/cancel", {}],
  ["GET", "/commands/cmd_1"],
  ["GET", "/transfers/trf_1"],
  ["GET", `/authority/${sessionId}`],
  ["POST", `/authority/${sessionId}/request`, {}],
  ["POST", `/authority/${sessionId}/grant`, {}],
  ["POST", `/authority/${sessionId}/give-back`, {}],
];
const signingRoutes: readonly [method: string, path: string, body?: object][] = [
  ["POST", "/vehicles/air_1/signing/key", { hex: keyHex, generated: false }],
  ["POST", "/vehicles/air_1/signing/policy", { policy: "off" }],
  ["POST", "/vehicles/air_1/signing/send", {}],
  ["POST", "/vehicles/air_1/signing/disable", {}],
  ["DELETE", "/vehicles/air_1/signing/key"],
];

async function statusOf(client: ApiClient, [method, path, body]: (typeof droneRoutes)[number]) {
  return (await client.send(method, path, body)).status;
}

test.each([...droneRoutes, ...signingRoutes])(
  "%s %s is 404 to another company and 401 to a stranger, and nothing is asked of ingest",
  async (...route) => {
    expect(await statusOf(await api.signIn("usr_operator2"), route)).toBe(404);
    expect(await statusOf(api.client(), route)).toBe(401);
    expect(asked).toEqual([]);
  },
);

test("another company's commands, transfers and signing are not there", async () => {
  const stranger = await api.signIn("usr_operator2");
  const path = `?sessionId=${sessionId}`;
  expect((await stranger.send("GET", `/commands${path}`)).body["commands"]).toEqual([]);
  expect((await stranger.send("GET", `/transfers${path}`)).body["transfers"]).toEqual([]);
  expect((await stranger.send("GET", "/vehicles/air_1/signing")).status).toBe(404);
});

test.each(signingRoutes)("%s %s is not a pilot's nor a controller's", async (...route) => {
  expect(await statusOf(await api.signIn("usr_pilot"), route)).toBe(403);
  expect(await statusOf(await api.signIn("usr_controller"), route)).toBe(403);
  expect(asked).toEqual([]);
});

test("taking over is the control room's alone, whoever's drone it is", async () => {
  const path = `/authority/${sessionId}/take-over`;
  const reason = { reason: "Drill" };
  for (const id of ["usr_operator", "usr_pilot", "usr_operator2"]) {
    const client = await api.signIn(id);
    expect((await client.send("POST", path, reason)).status, id).toBe(403);
  }
  const nowhere = "/authority/ses_none/take-over";
  const controller = await api.signIn("usr_controller");
  expect((await controller.send("POST", nowhere, reason)).status).toBe(404);
});

test("without a booking its operators command a drone, no pilot; the site only calls", async () => {
  const operator = await api.signIn("usr_operator");
  expect((await operator.send("POST", "/commands", rtl)).status).toBe(409);
  const pilot = await api.signIn("usr_pilot");
  expect((await pilot.send("POST", "/commands", rtl)).status).toBe(403);
  const controller = await api.signIn("usr_controller");
  const refused = await controller.send("POST", "/commands", { ...rtl, takeOverReason: "Drill" });
  expect([refused.status, refused.body["type"]]).toEqual([403, "urn:skyrange:problem:callPilot"]);
  expect(asked.map(({ kind }) => kind)).toEqual(["command"]);
});

test("no answer about a key that was set repeats it, refusals neither", async () => {
  const owner = await api.signIn("usr_operator");
  const set = await owner.send("POST", "/vehicles/air_1/signing/key", {
    hex: keyHex,
    generated: false,
  });
  expect(set.status).toBe(200);
  const shown = await owner.send("GET", "/vehicles/air_1/signing");
  const wrong = { hex: `${keyHex}00`, generated: false };
  const refused = await owner.send("POST", "/vehicles/air_1/signing/key", wrong);
  expect(refused.status).toBe(422);
  for (const { body } of [set, shown, refused]) {
    expect(JSON.stringify(body)).not.toContain(keyHex);
  }
  expect(JSON.stringify(api.logged)).not.toContain(keyHex);
});
