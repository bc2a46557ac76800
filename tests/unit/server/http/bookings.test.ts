// Booking over HTTP, as a page and a script see it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBookingApi, type ApiClient, type BookingApi } from "../../../support/booking-api.ts";
import {
  bookingRequest,
  box,
  islandRequest,
  minuteMs,
  worldNowMs,
} from "../../../support/booking-world.ts";

let api: BookingApi;
let operator: ApiClient;
let operator2: ApiClient;
let pilot: ApiClient;
let controller: ApiClient;

beforeAll(async () => {
  api = await createBookingApi();
  operator = await api.signIn("usr_operator");
  operator2 = await api.signIn("usr_operator2");
  pilot = await api.signIn("usr_pilot");
  controller = await api.signIn("usr_controller");
});
afterAll(() => api.close());

let slot = 0;
/** Each test books at a time of its own. */
function nextWindow(): { startMs: number; endMs: number } {
  slot += 1;
  const startMs = worldNowMs + slot * 60 * minuteMs;
  return { startMs, endMs: startMs + 30 * minuteMs };
}

test("a free slot is booked, accepted at once, and can be read back by its address", async () => {
  const window = nextWindow();
  const booked = await operator.send("POST", "/bookings", bookingRequest(window));
  expect(booked.status).toBe(201);
  expect(booked.body).toMatchObject({ state: "accepted", ...window, inForce: false });
  expect(booked.body["volumes"]).toMatchObject([
    { label: "West box", envelope: { lowerAmslM: 3, upperAmslM: 63 } },
  ]);
  const location = booked.headers.get("location") ?? "";
  const read = await operator.send("GET", location.replace("/api/v1", ""));
  expect(read.status).toBe(200);
  expect(read.body).toEqual(booked.body);
  expect(read.headers.get("etag")).toBe(booked.headers.get("etag"));
});

test("a booking says how many of its drones fly now: landing leaves it activated", async () => {
  const booked = await operator.send("POST", "/bookings", bookingRequest(nextWindow()));
  const id = String(booked.body["id"]);
  await api.world.service.recordTelemetryState({
    bookingId: id,
    to: "activated",
    atMs: worldNowMs,
    reason: "armed",
  });
  api.world.dronesFlying.set(id, 1);
  const flying = await operator.send("GET", `/bookings/${id}`);
  expect(flying.body).toMatchObject({ state: "activated", dronesFlying: 1 });
  api.world.dronesFlying.delete(id);
  const landed = await operator.send("GET", `/bookings/${id}`);
  expect(landed.body).toMatchObject({ state: "activated", dronesFlying: 0 });
});

test("who comes second is told what is in the way, and nothing of whose it is", async () => {
  const window = nextWindow();
  await operator.send("POST", "/bookings", bookingRequest(window));
  const refused = await operator2.send("POST", "/bookings", islandRequest(window));
  expect(refused.status).toBe(409);
  expect(refused.headers.get("content-type")).toContain("application/problem+json");
  expect(refused.body["conflicts"]).toEqual([
    { kind: "airspace", what: "West box", ...window },
    { kind: "resource", what: "pad res_pad1", resourceId: "res_pad1", ...window },
  ]);
  expect(JSON.stringify(refused.body)).not.toMatch(/org_harbour|bkg_|Survey|usr_/);
  const own = await operator.send("POST", "/bookings", bookingRequest(window));
  expect(own.status).toBe(409);
  expect((own.body["conflicts"] as Record<string, unknown>[])[0]).toMatchObject({
    organisationName: "org_harbour",
  });
});

test("a drone with the same system id elsewhere is in the way", async () => {
  const window = nextWindow();
  await operator.send("POST", "/bookings", bookingRequest(window));
  const twin = islandRequest({
    ...window,
    aircraftIds: ["air_twin"],
    resourceIds: ["res_pad2"],
    volumes: [
      {
        footprint: { kind: "circle", centre: { latDeg: 22.27, lngDeg: 114.12 }, radiusM: 50 },
        band: { reference: "AGL", lowerM: 0, upperM: 50 },
      },
    ],
  });
  const refused = await operator2.send("POST", "/bookings", twin);
  expect(refused.status).toBe(409);
  expect(refused.body["conflicts"]).toEqual([
    { kind: "sysid", what: "MAVLink system id 1", sysid: 1, ...window },
  ]);
});

test("touching windows do not meet", async () => {
  const first = nextWindow();
  const second = { startMs: first.endMs, endMs: first.endMs + 20 * minuteMs };
  expect((await operator.send("POST", "/bookings", bookingRequest(first))).status).toBe(201);
  expect((await operator2.send("POST", "/bookings", islandRequest(second))).status).toBe(201);
});

test("two equal requests in the same millisecond: one is booked, the other refused", async () => {
  const window = nextWindow();
  const answers = await Promise.all([
    operator.send("POST", "/bookings", bookingRequest(window)),
    operator2.send("POST", "/bookings", islandRequest(window)),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test("a request repeated under its key gets the same booking, another body none", async () => {
  const request = bookingRequest(nextWindow());
  const headers = { "idempotency-key": "press-1" };
  const answers = await Promise.all([
    operator.send("POST", "/bookings", request, headers),
    operator.send("POST", "/bookings", request, headers),
  ]);
  const again = await operator.send("POST", "/bookings", request, headers);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[1].body["id"]).toBe(answers[0].body["id"]);
  expect(again.body).toEqual(answers[0].body);
  const other = await operator.send("POST", "/bookings", { ...request, title: "Other" }, headers);
  expect(other.status).toBe(422);
  // A key belongs to a person.
  const foreign = await operator2.send("POST", "/bookings", islandRequest(nextWindow()), headers);
  expect(foreign.status).toBe(201);
});

test("every rule is told with its figures when one is broken", async () => {
  const startMs = worldNowMs + 31 * 24 * 60 * minuteMs;
  const late = bookingRequest({ startMs, endMs: startMs + 13 * 60 * minuteMs });
  const refused = await operator.send("POST", "/bookings", late);
  expect(refused.status).toBe(422);
  const verdicts = refused.body["verdicts"] as { rule: string; pass: boolean; figures: object }[];
  const broken = verdicts.filter(({ pass }) => !pass);
  expect(broken.map(({ rule }) => rule)).toEqual(["withinHorizon", "withinLength"]);
  expect(broken[1]?.figures).toEqual({ lengthMs: 46_800_000, lengthMsMax: 43_200_000 });
  expect(verdicts.some(({ pass }) => pass)).toBe(true);
});

const band = { reference: "AGL", lowerM: 0, upperM: 50 } as const;
const centre = { latDeg: 22.27, lngDeg: 114.12 };
const circle = { kind: "circle", centre, radiusM: 50 } as const;
const sliver = { kind: "polygon", polygon: box(5, 5, 0.1, 0.05) } as const;

test.each([
  ["no pad to take off from", { resourceIds: ["res_bay1"] }, undefined],
  ["a phone nobody can call", { contactPhone: "ask the desk" }, "contactPhone"],
  ["a phone of too few digits", { contactPhone: "+852 1" }, "contactPhone"],
  [
    "a circle that holds no drone",
    { volumes: [{ footprint: { ...circle, radiusM: 4.9 }, band }] },
    "volumes.0.footprint.radiusM",
  ],
  [
    "an outline that holds no drone",
    { volumes: [{ footprint: sliver, band }] },
    "volumes.0.footprint.polygon",
  ],
  [
    "a band that no drone can hold",
    { volumes: [{ footprint: circle, band: { ...band, upperM: 1.9 } }] },
    "volumes.0.band.upperM",
  ],
])("%s is refused in words", async (_what, change, path) => {
  const request = { ...bookingRequest(nextWindow()), ...change };
  const { status, body } = await operator.send("POST", "/bookings", request);
  expect(status).toBe(422);
  if (path === undefined) expect(body["detail"]).toBe("Broken: takeOffPad.");
  else expect(body["faults"]).toMatchObject([{ path }]);
});

test("a phone with an extension, and the smallest circle and band, are booked", async () => {
  const footprint = { ...circle, radiusM: 5 };
  const change = {
    contactPhone: "+852 (2222) 3333-4 ext. 12",
    volumes: [{ footprint, band: { ...band, upperM: 2 } }],
  };
  const request = { ...bookingRequest(nextWindow()), ...change };
  expect((await operator.send("POST", "/bookings", request)).status).toBe(201);
});

test("another company's drone, pilot and an unknown pad are all refused alike", async () => {
  const request = bookingRequest({
    ...nextWindow(),
    aircraftIds: ["air_3"],
    pilotIds: ["usr_pilot2"],
    resourceIds: ["res_none"],
  });
  const refused = await operator.send("POST", "/bookings", request);
  const verdicts = refused.body["verdicts"] as { rule: string; pass: boolean }[];
  expect(refused.status).toBe(422);
  expect(verdicts.filter(({ pass }) => !pass).map(({ rule }) => rule)).toEqual([
    "aircraftOfOrganisation",
    "pilotsOfOrganisation",
    "resourcesOfSite",
  ]);
});

test("If-Match takes * for whichever version is newest, and a list of versions", async () => {
  const draft = () => operator.send("POST", "/bookings", { ...bookingRequest(), draft: true });
  for (const version of ["*", '"7", "1"']) {
    const path = `/bookings/${String((await draft()).body["id"])}/withdraw`;
    const done = await operator.send("POST", path, undefined, { "if-match": version });
    expect([version, done.status]).toEqual([version, 200]);
  }
});

test("a change names its version: 428 without, 412 when stale, 409 when illegal", async () => {
  const booked = await operator.send("POST", "/bookings", bookingRequest(nextWindow()));
  const path = `/bookings/${String(booked.body["id"])}/withdraw`;
  expect((await operator.send("POST", path)).status).toBe(428);
  expect((await operator.send("POST", path, undefined, { "if-match": '"1"' })).status).toBe(412);
  expect((await operator.send("POST", path, undefined, { "if-match": 'W/"2"' })).status).toBe(412);
  const etag = booked.headers.get("etag") ?? "";
  const done = await operator.send("POST", path, { reason: "Wind" }, { "if-match": etag });
  expect(done.status).toBe(200);
  expect(done.body["state"]).toBe("withdrawn");
  expect((done.body["history"] as unknown[]).at(-1)).toMatchObject({
    from: "accepted",
    to: "withdrawn",
    byName: "Name of usr_operator",
    reason: "Wind",
  });
  const newest = { "if-match": done.headers.get("etag") ?? "" };
  expect((await operator.send("POST", path, undefined, newest)).status).toBe(409);
});

test("what was withdrawn is free again", async () => {
  const window = nextWindow();
  const booked = await operator.send("POST", "/bookings", bookingRequest(window));
  const headers = { "if-match": booked.headers.get("etag") ?? "" };
  const path = `/bookings/${String(booked.body["id"])}/withdraw`;
  await operator.send("POST", path, undefined, headers);
  expect((await operator2.send("POST", "/bookings", islandRequest(window))).status).toBe(201);
});

test("a draft holds nothing, and is decided when it is submitted", async () => {
  const window = nextWindow();
  const draft = await operator.send(
    "POST",
    "/bookings",
    bookingRequest({ ...window, draft: true }),
  );
  expect(draft.status).toBe(201);
  expect(draft.body["state"]).toBe("draft");
  const submit = (): Promise<{ status: number; body: Record<string, unknown> }> =>
    operator.send("POST", `/bookings/${String(draft.body["id"])}/submit`, undefined, {
      "if-match": '"1"',
    });
  const taken = await operator2.send("POST", "/bookings", islandRequest(window));
  expect(taken.status).toBe(201);
  expect((await submit()).status).toBe(409);
  const path = `/bookings/${String(taken.body["id"])}/withdraw`;
  const headers = { "if-match": taken.headers.get("etag") ?? "" };
  await operator2.send("POST", path, undefined, headers);
  const submitted = await submit();
  expect(submitted.status).toBe(200);
  expect(submitted.body["state"]).toBe("accepted");
});

test("check-in and release are stamps in the history, each for those who may", async () => {
  const booked = await operator.send("POST", "/bookings", bookingRequest(nextWindow()));
  const path = `/bookings/${String(booked.body["id"])}`;
  const etag = booked.headers.get("etag") ?? "";
  const forbidden = await pilot.send("POST", `${path}/release`, undefined, { "if-match": etag });
  expect(forbidden.status).toBe(403);
  const checkedIn = await pilot.send("POST", `${path}/check-in`, {}, { "if-match": etag });
  expect(checkedIn.body).toMatchObject({ state: "accepted" });
  const released = await controller.send("POST", `${path}/release`, undefined, {
    "if-match": checkedIn.headers.get("etag") ?? "",
  });
  const reasons = (released.body["history"] as { reason: string }[]).map(({ reason }) => reason);
  expect(reasons.slice(-2)).toEqual(["Checked in", "Released for take-off"]);
});

test("another organisation's booking is answered as one that is not there", async () => {
  const booked = await operator.send("POST", "/bookings", bookingRequest(nextWindow()));
  const id = String(booked.body["id"]);
  const foreign = await operator2.send("GET", `/bookings/${id}`);
  const missing = await operator2.send("GET", "/bookings/bkg_none");
  expect(foreign.status).toBe(404);
  expect({ ...foreign.body, errorId: "" }).toEqual({ ...missing.body, errorId: "" });
  const act = await operator2.send("POST", `/bookings/${id}/withdraw`);
  expect(act.status).toBe(404);
  expect((await controller.send("GET", `/bookings/${id}`)).status).toBe(200);
});

test("lists hold the own organisation's bookings of the window, page by page", async () => {
  const day = worldNowMs + 5 * 24 * 60 * minuteMs;
  const windows = [0, 1, 2].map((hour) => ({
    startMs: day + hour * 60 * minuteMs,
    endMs: day + hour * 60 * minuteMs + 30 * minuteMs,
  }));
  for (const window of windows) await operator.send("POST", "/bookings", bookingRequest(window));
  const query = `/bookings?from=${String(day)}&to=${String(day + 24 * 60 * minuteMs)}&limit=2`;
  const first = await operator.send("GET", query);
  const cursor = encodeURIComponent(String(first.body["nextCursor"]));
  const second = await operator.send("GET", `${query}&cursor=${cursor}`);
  const starts = [first, second].map(({ body }) =>
    (body["bookings"] as { startMs: number }[]).map(({ startMs }) => startMs),
  );
  expect(starts).toEqual([[windows[0]?.startMs, windows[1]?.startMs], [windows[2]?.startMs]]);
  expect(second.body["nextCursor"]).toBeNull();
  const foreign = await operator2.send("GET", query);
  expect(foreign.body["bookings"]).toEqual([]);
  const all = await controller.send("GET", query);
  expect(all.body["bookings"]).toHaveLength(2);
});

test("availability says that a slot is taken and what is free, never by whom", async () => {
  const window = nextWindow();
  await operator.send("POST", "/bookings", bookingRequest(window));
  const question = { siteId: "site_pier", ...window };
  const { status, body } = await operator2.send("POST", "/availability", question);
  expect(status).toBe(200);
  expect(body["slots"]).toMatchObject([{ ...window, resourceIds: ["res_pad1"] }]);
  expect(body["freeResourceIds"]).toEqual(["res_pad2", "res_bay1"]);
  expect(JSON.stringify(body)).not.toMatch(/org_|bkg_|Survey|air_|usr_/);
  const nowhere = { ...question, siteId: "site_none" };
  expect((await operator2.send("POST", "/availability", nowhere)).status).toBe(422);
});
