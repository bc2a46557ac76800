// Registering aircraft over HTTP.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBookingApi, type BookingApi } from "../../../support/booking-api.ts";

let api: BookingApi;

beforeAll(async () => {
  api = await createBookingApi();
});
afterAll(() => api.close());

test("a system id that another company has is an admin's to register", async () => {
  const operator = await api.signIn("usr_operator");
  const asked = { name: "Squat", sysid: 3, takeOffMassKg: 2 };
  const refused = await operator.send("POST", "/vehicles", asked);
  expect(refused.status).toBe(409);
  expect(refused.body["faults"]).toMatchObject([{ path: "sysid", found: "3" }]);
  expect(String(refused.body["detail"])).toContain("an admin to register it");
  expect(JSON.stringify(refused.body)).not.toContain("org_island");

  const silent = { ...asked, name: "Glider", telemetry: "none" };
  expect((await operator.send("POST", "/vehicles", silent)).status).toBe(201);
  const own = { ...asked, name: "Second of two", sysid: 2 };
  expect((await operator.send("POST", "/vehicles", own)).status).toBe(201);

  const admin = await api.signIn("usr_admin");
  const byAdmin = { ...asked, organisationId: "org_harbour" };
  expect((await admin.send("POST", "/vehicles", byAdmin)).status).toBe(201);
});

test("which autopilot an aircraft carries is changed by its company, with If-Match", async () => {
  const operator = await api.signIn("usr_operator");
  const tern = { name: "Tern", sysid: 44, takeOffMassKg: 2 };
  const made = await operator.send("POST", "/vehicles", tern);
  const path = `/vehicles/${String(made.body["id"])}`;
  const uid = "0123456789abcdef";
  const change = (body: unknown, tag?: string, client = operator) =>
    client.send("PATCH", path, body, tag === undefined ? {} : { "if-match": tag });
  expect((await change({ autopilotUid: uid })).status).toBe(428);
  expect((await change({ autopilotUid: "xyz" }, '"none"')).status).toBe(400);
  const changed = await change({ autopilotUid: uid }, '"none"');
  expect([changed.status, changed.body["autopilotUid"]]).toEqual([200, uid]);
  expect((await change({ autopilotUid: null }, '"none"')).status).toBe(412);
  expect((await operator.send("GET", path)).body["autopilotUid"]).toBe(uid);

  const tag = `"${uid}"`;
  const other = await api.signIn("usr_operator2");
  expect((await change({ autopilotUid: null }, tag, other)).status).toBe(404);
  const controller = await api.signIn("usr_controller");
  expect((await change({ autopilotUid: null }, tag, controller)).status).toBe(403);
  expect((await change({ autopilotUid: null }, tag)).body["autopilotUid"]).toBeNull();
});
