// Who may command which drone over the API, what is asked of ingest, and how refusals read.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Command } from "../../../../contract/wire/command.ts";
import type { VehicleStatus } from "../../../../contract/wire/live-status.ts";
import type { AskIngest, IngestAsk, NoAnswer } from "../../../../server/cluster/ingest-ask.ts";
import { createAuthorityRouter } from "../../../../server/http/authority.ts";
import { createCommandsRouter } from "../../../../server/http/commands.ts";
import { createTransfersRouter } from "../../../../server/http/transfers.ts";
import type { OrderBoard } from "../../../../server/realtime/order-board.ts";
import type { BookingRecord } from "../../../../server/domain/booking/booking-record.ts";
import { createBookingApi, type ApiClient, type BookingApi } from "../../../support/booking-api.ts";
import { bookingRequest, worldNowMs } from "../../../support/booking-world.ts";
import { emptyOrdering } from "../../../support/order-ports.ts";
import { statusWith } from "../../client/app/live/status-samples.ts";

let api: BookingApi;
let operator: ApiClient;
let otherCompany: ApiClient;
let controller: ApiClient;
let booking: BookingRecord;
const vehicles = new Map<number, VehicleStatus>();
const asked: IngestAsk[] = [];
let answer: (ask: IngestAsk) => unknown;
let shown: string[] = [];
let ids = 0;
let commandBoard: OrderBoard<Command>;

/** As ingest journals it at first. */
function commandSample(id: string, sessionId: string): Command {
  return {
    id,
    vehicle: {
      sessionId,
      vehicleKey: "veh_1",
      sysid: 1,
      vehicleName: "Kestrel",
      aircraftId: "air_1",
      organisationId: "org_harbour",
      flightId: null,
      bookingId: null,
      bookingTitle: null,
    },
    action: { kind: "returnHome" },
    by: { userId: "usr_operator", name: "Name of usr_operator" },
    requestedAtMs: worldNowMs,
    revision: 1,
    events: [],
    outcome: null,
    confirmed: false,
    isOver: false,
  };
}

const rtl = { sessionId: "ses_1", action: { kind: "returnHome" } };

beforeAll(async () => {
  api = await createBookingApi((world) => {
    const ordering = emptyOrdering(world.database);
    commandBoard = ordering.boards.commands;
    const drone = {
      vehicles,
      findBooking: async (id: string) => (id === booking.id ? booking : undefined),
      authority: ordering.boards.authority,
      record: ordering.authority.record,
      showAuthority: (_organisationId: string | null, id: string) => void shown.push(id),
      nowMs: () => worldNowMs,
    };
    const askIngest = (async (ask: IngestAsk) => {
      asked.push(ask);
      return answer(ask);
    }) as unknown as AskIngest;
    return [
      createAuthorityRouter(drone),
      createCommandsRouter({
        ...drone,
        commands: ordering.commands,
        commandBoard: ordering.boards.commands,
        askIngest,
        orderKeys: world.store.answers,
        makeCommandId: () => `cmd_${(ids += 1)}`,
      }),
      createTransfersRouter({
        ...drone,
        transfers: ordering.transfers,
        transferBoard: ordering.boards.transfers,
        askIngest,
        orderKeys: world.store.answers,
        makeTransferId: () => `trf_${(ids += 1)}`,
      }),
    ];
  });
  operator = await api.signIn("usr_operator");
  otherCompany = await api.signIn("usr_operator2");
  controller = await api.signIn("usr_controller");
  const made = await operator.send("POST", "/bookings", bookingRequest());
  booking = made.body as unknown as BookingRecord;
});
afterAll(() => api.close());

let session = 0;
/** A drone that nobody has asked anything about yet. */
beforeEach(() => {
  rtl.sessionId = `ses_${(session += 1)}`;
  const { sessionId } = rtl;
  vehicles.set(
    1,
    statusWith({
      sessionId,
      organisationId: "org_harbour",
      bookingId: booking.id,
      name: "Kestrel",
    }),
  );
  booking = { ...booking, siteMayCommand: true };
  asked.length = 0;
  shown = [];
  ids = 0;
  answer = () => ({ kind: "sent", command: { id: "cmd_1" } as Command });
});

test("the crew commands; who may not see the drone is told it is not there", async () => {
  const sent = await operator.send("POST", "/commands", rtl);
  expect([sent.status, sent.body["id"]]).toEqual([201, "cmd_1"]);
  expect(asked).toEqual([
    {
      kind: "command",
      commandId: "cmd_1",
      sessionId: rtl.sessionId,
      action: { kind: "returnHome" },
      by: { userId: "usr_operator", name: "Name of usr_operator" },
      notAfterMs: worldNowMs + 3_000,
    },
  ]);
  expect((await otherCompany.send("POST", "/commands", rtl)).status).toBe(404);
  expect((await api.client().send("POST", "/commands", rtl)).status).toBe(401);
  const nowhere = { ...rtl, sessionId: "ses_none" };
  expect((await operator.send("POST", "/commands", nowhere)).status).toBe(404);
  expect(asked).toHaveLength(1);
});

test("the control room commands once it took over, as a command with a reason does", async () => {
  const before = await controller.send("POST", "/commands", rtl);
  expect([before.status, before.body["type"]]).toEqual([403, "urn:skyrange:problem:notHolder"]);
  expect(asked).toEqual([]);
  const taken = await controller.send("POST", "/commands", { ...rtl, takeOverReason: "Breach" });
  expect(taken.status).toBe(201);
  expect(shown).toEqual([rtl.sessionId]);
  const held = await operator.send("GET", `/authority/${rtl.sessionId}`);
  expect(held.body).toMatchObject({
    holder: { kind: "person", userId: "usr_controller" },
    reason: "Breach",
    you: { command: "notHolder", request: true },
  });
  expect((await operator.send("POST", "/commands", rtl)).status).toBe(403);
});

test("an order that does not go out takes no authority over", async () => {
  const order = { ...rtl, takeOverReason: "Breach" };
  const path = `/authority/${rtl.sessionId}`;
  const held = async () => (await operator.send("GET", path)).body["holder"];
  answer = () => ({ kind: "refused", reason: "routeStale" });
  expect((await controller.send("POST", "/commands", order)).status).toBe(409);
  answer = (): NoAnswer => ({ kind: "busy" });
  expect((await controller.send("POST", "/commands", order)).status).toBe(503);
  const clear = { sessionId: rtl.sessionId, task: { kind: "clear", missionType: "fence" } };
  answer = () => ({ kind: "refused", reason: "armed" });
  const transfer = { ...clear, takeOverReason: "Wrong fence" };
  expect((await controller.send("POST", "/transfers", transfer)).status).toBe(409);
  expect(await held()).toMatchObject({ kind: "crew" });
  expect(shown).toEqual([]);
  answer = () => ({ kind: "begun", transfer: { id: "trf_1" } });
  await controller.send("POST", "/transfers", { ...transfer, evenArmed: true });
  expect(await held()).toMatchObject({ kind: "person", userId: "usr_controller" });
});

test("under one key an order has one id, whoever clicks twice or tries again", async () => {
  const headers = { "idempotency-key": `key of ${rtl.sessionId}` };
  const send = () => operator.send("POST", "/commands", rtl, headers);
  answer = (): NoAnswer => ({ kind: "timedOut", wasSent: true });
  expect((await send()).status).toBe(503);
  answer = () => ({ kind: "sent", command: { id: "cmd_1" } as Command });
  const twice = await Promise.all([send(), send()]);
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  const ordered = asked.map((ask) => (ask.kind === "command" ? ask.commandId : ""));
  expect(ordered).toEqual(["cmd_1", "cmd_1", "cmd_1"]);
  const land = { ...rtl, action: { kind: "land" } };
  const reused = await operator.send("POST", "/commands", land, headers);
  expect([reused.status, reused.body["type"]]).toEqual([422, "urn:skyrange:problem:keyReused"]);
  const { sessionId } = rtl;
  const download = { sessionId, task: { kind: "download", missionType: "fence" } };
  expect((await operator.send("POST", "/transfers", download, headers)).status).toBe(422);
  const empty = { "idempotency-key": "x".repeat(201) };
  expect((await operator.send("POST", "/commands", rtl, empty)).status).toBe(400);
  expect(asked).toHaveLength(3);
});

test("an order known under its key is answered as it stands, and not sent again", async () => {
  const known = commandSample("cmd_1", rtl.sessionId);
  const headers = { "idempotency-key": `known of ${rtl.sessionId}` };
  answer = () => ({ kind: "sent", command: known });
  expect((await operator.send("POST", "/commands", rtl, headers)).status).toBe(201);
  commandBoard.changed(known);
  const again = await operator.send("POST", "/commands", rtl, headers);
  expect([again.status, again.body["id"]]).toEqual([201, "cmd_1"]);
  expect(asked).toHaveLength(1);
});

test("authority is asked for, granted and given back, each once and only by who may", async () => {
  const path = `/authority/${rtl.sessionId}`;
  await controller.send("POST", `${path}/take-over`, { reason: "Handover drill" });
  expect((await operator.send("POST", `${path}/take-over`, { reason: "Mine" })).status).toBe(403);
  expect((await controller.send("POST", `${path}/grant`)).status).toBe(409);
  expect((await operator.send("POST", `${path}/request`)).body["request"]).toMatchObject({
    userId: "usr_operator",
  });
  expect((await operator.send("POST", `${path}/grant`)).status).toBe(403);
  const granted = await controller.send("POST", `${path}/grant`);
  expect(granted.body["holder"]).toMatchObject({ kind: "person", userId: "usr_operator" });
  expect((await operator.send("POST", "/commands", rtl)).status).toBe(201);
  const back = await operator.send("POST", `${path}/give-back`);
  expect(back.body["holder"]).toEqual({ kind: "crew", pilotName: "Name of usr_pilot" });
  const events = await api.world.store.events.listAfter(0, 1_000);
  expect(events.map(({ kind }) => kind).filter((kind) => kind.startsWith("auth"))).toEqual(
    expect.arrayContaining([
      "authorityTakenOver",
      "authorityRequested",
      "authorityGranted",
      "authorityGivenBack",
    ]),
  );
});

test("a booking that does not let the site command sends it to the pilot's phone", async () => {
  booking = { ...booking, siteMayCommand: false };
  const refused = await controller.send("POST", "/commands", { ...rtl, takeOverReason: "Breach" });
  expect([refused.status, refused.body["type"]]).toEqual([403, "urn:skyrange:problem:callPilot"]);
  expect(refused.body["detail"]).toContain("+852 1234 5678");
  const authority = await controller.send("GET", `/authority/${rtl.sessionId}`);
  expect(authority.body).toMatchObject({
    contactPhone: "+852 1234 5678",
    you: { command: "callPilot", takeOver: false },
  });
  expect(asked).toEqual([]);
});

test("what ingest does not send is 409 with its reason, and silence of ingest is 503", async () => {
  answer = () => ({ kind: "refused", reason: "ambiguous" });
  const refused = await operator.send("POST", "/commands", rtl);
  expect([refused.status, refused.body["type"]]).toEqual([409, "urn:skyrange:problem:ambiguous"]);
  answer = () => ({ kind: "refused", reason: "unknownVehicle" });
  expect((await operator.send("POST", "/commands", rtl)).status).toBe(404);
  answer = (): NoAnswer => ({ kind: "timedOut", wasSent: true });
  const silent = await operator.send("POST", "/commands", rtl);
  expect([silent.status, silent.body["type"]]).toEqual([503, "urn:skyrange:problem:timedOut"]);
});

test("anybody who sees the drone reads its fence; changing it needs authority", async () => {
  const { sessionId } = rtl;
  answer = () => ({ kind: "begun", transfer: { id: "trf_1" } });
  const read = { sessionId, task: { kind: "download", missionType: "fence" } };
  expect((await controller.send("POST", "/transfers", read)).status).toBe(201);
  const clear = { sessionId, task: { kind: "clear", missionType: "fence" } };
  expect((await controller.send("POST", "/transfers", clear)).status).toBe(403);
  answer = () => ({ kind: "refused", reason: "armed" });
  const armed = await operator.send("POST", "/transfers", clear);
  expect([armed.status, armed.body["type"]]).toEqual([409, "urn:skyrange:problem:armed"]);
  await operator.send("POST", "/transfers", { ...clear, evenArmed: true });
  expect(asked.at(-1)).toMatchObject({ kind: "transfer", evenArmed: true });
});

test("an order that is not well formed is 400 and never reaches ingest", async () => {
  const wrong = [
    { sessionId: rtl.sessionId, action: { kind: "selfDestruct" } },
    { sessionId: rtl.sessionId, action: { kind: "takeOff", heightAboveHomeM: 9_000 } },
    { ...rtl, takeOverReason: "x" },
    { ...rtl, takeOverReason: "Breach\u202E of the rules" },
    { ...rtl, takeOverReason: "two\nlines" },
  ];
  for (const body of wrong) {
    expect((await operator.send("POST", "/commands", body)).status).toBe(400);
  }
  expect(asked).toEqual([]);
});
