// What is wrong in a request is told with its place, what was expected and what was found; the
// server stays up.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBookingApi, type ApiClient, type BookingApi } from "../../../support/booking-api.ts";
import { bookingRequest, box } from "../../../support/booking-world.ts";

let api: BookingApi;
let operator: ApiClient;

beforeAll(async () => {
  api = await createBookingApi();
  operator = await api.signIn("usr_operator");
});
afterAll(() => api.close());

interface Fault {
  path: string;
  expected: string;
  found: string;
}

async function faultsOf(body: unknown): Promise<Fault[]> {
  const answer = await operator.send("POST", "/bookings", body);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  return answer.body["faults"] as Fault[];
}

const request = bookingRequest();
const band = { reference: "AGL", lowerM: 0, upperM: 50 };
const circle = { kind: "circle", centre: { latDeg: 22.26, lngDeg: 114.11 }, radiusM: 50 };
const [ring = []] = box(5, 5, 5, 5).coordinates;
const [a, b, c, d] = ring;
const polygonVolume = (coordinates: unknown) => ({
  footprint: { kind: "polygon", polygon: { type: "Polygon", coordinates } },
  band,
});

test.each([
  ["an unknown field", { ...request, colour: "red" }, "colour", "no field of this name", '"red"'],
  ["a wrong type", { ...request, title: 7 }, "title", "text", "7"],
  ["a missing field", { ...request, siteId: undefined }, "siteId", "text", "nothing"],
  [
    "an end before the start",
    { ...request, endMs: request.startMs - 1 },
    "endMs",
    "an end at least one minute after the start",
    String(request.startMs - 1),
  ],
  [
    "a booking of a millisecond",
    { ...request, endMs: request.startMs + 59_999 },
    "endMs",
    "an end at least one minute after the start",
    String(request.startMs + 59_999),
  ],
  ["an empty title", { ...request, title: " " }, "title", "at least 1 character", '" "'],
  ["a long title", { ...request, title: "x".repeat(121) }, "title", "at most 120 characters", null],
  [
    "a title with NUL",
    { ...request, title: "a\u0000b" },
    "title",
    "without control",
    '"a\\u0000b"',
  ],
  ["a turned title", { ...request, title: "a\u202eb" }, "title", "writing direction", '"a\u202eb"'],
  ["notes with a bell", { ...request, notes: "a\u0007" }, "notes", "without control", '"a\\u0007"'],
  ["no drone", { ...request, aircraftIds: [] }, "aircraftIds", "at least 1 entry", "[]"],
  ["null", null, "", "an object", "null"],
  ["a bare text", '"book"', "", "an object", '"book"'],
  [
    "an unknown kind of footprint",
    { ...request, volumes: [{ footprint: { kind: "blob" }, band }] },
    "volumes.0.footprint.kind",
    'one of "prepared", "circle", "polygon"',
    '"blob"',
  ],
  ["an unknown purpose", { ...request, purpose: "fun" }, "purpose", "one of", '"fun"'],
  [
    "a radius below zero",
    { ...request, volumes: [{ footprint: { ...circle, radiusM: -1 }, band }] },
    "volumes.0.footprint.radiusM",
    "a number above 0",
    "-1",
  ],
  [
    "a band upside down",
    { ...request, volumes: [{ footprint: circle, band: { ...band, lowerM: 60 } }] },
    "volumes.0.band.upperM",
    "an upper limit above the lower limit",
    "50",
  ],
  [
    "no band for a circle",
    { ...request, volumes: [{ footprint: circle }] },
    "volumes.0.band",
    "an altitude band",
    "nothing",
  ],
  [
    "a drone named twice",
    { ...request, aircraftIds: ["air_1", "air_1"] },
    "aircraftIds.1",
    "once",
    "air_1 again",
  ],
])("%s is refused at its place", async (_name, body, path, expected, found) => {
  const [fault] = await faultsOf(body);
  expect(fault?.path).toBe(path);
  expect(fault?.expected).toContain(expected);
  if (found !== null) expect(fault?.found).toBe(found);
});

test("notes may have lines, and titles any script", async () => {
  const body = { ...request, title: "試飛 Größe №1 👩‍✈️", notes: "one\n\ttwo\r\n三" };
  const answer = await operator.send("POST", "/bookings", { ...body, draft: true });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ title: body.title, notes: body.notes });
});

test("a volume that crosses itself is refused with the vertex", async () => {
  const faults = await faultsOf({ ...request, volumes: [polygonVolume([[a, c, b, d, a]])] });
  expect(faults[0]?.path).toMatch(/^volumes\.0\.footprint\.polygon\.coordinates\.0\.\d$/);
});

test("NaN and half a document are no JSON", async () => {
  for (const text of ['{"startMs": NaN}', '{"startMs": 1', "not json at all"]) {
    const answer = await operator.send("POST", "/bookings", text);
    expect(answer.status).toBe(400);
    expect(answer.body["title"]).toBe("The body is not JSON");
  }
});

test("a number beyond the range is told in words, alone and within what was found", async () => {
  const withNumber = (body: object) => JSON.stringify(body).replace('"large"', "-1e999");
  const [alone] = await faultsOf(withNumber({ ...request, startMs: "large" }));
  expect(alone).toMatchObject({ path: "startMs", found: "a number beyond the range" });
  const [within] = await faultsOf(withNumber({ ...request, title: ["large"] }));
  expect(within).toMatchObject({ path: "title", found: '["a number beyond the range"]' });
});

test("JSON nested thousands deep is a fault of the request, not of the server", async () => {
  const nested = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const answer = await operator.send("POST", "/bookings", `{"siteId": ${nested}}`);
  expect(answer.status).toBe(400);
});

test("a body beyond the limit is 413, whatever it holds", async () => {
  const answer = await operator.send("POST", "/bookings", { notes: "x".repeat(10_000_000) });
  expect(answer.status).toBe(413);
  expect(answer.body["detail"]).toContain("at most 100000 bytes");
});

test("a volume outside the operating area, in a keep-out or too high breaks its rule", async () => {
  const broken = async (footprint: unknown, upperM: number): Promise<unknown> => {
    const volume = { footprint, band: { ...band, upperM } };
    const answer = await operator.send("POST", "/bookings", { ...request, volumes: [volume] });
    expect(answer.status).toBe(422);
    const verdicts = answer.body["verdicts"] as { rule: string; pass: boolean }[];
    return verdicts.filter(({ pass }) => !pass).map(({ rule }) => rule);
  };
  const polygon = (east: number, north: number) => ({
    kind: "polygon",
    polygon: box(east, north, 2, 2),
  });
  expect(await broken(polygon(39, 5), 50)).toEqual(["insideOperatingArea"]);
  expect(await broken(polygon(31, 31), 50)).toEqual(["clearOfKeepOut"]);
  expect(await broken(polygon(5, 5), 91)).toEqual(["heightLimit"]);
});

test("a permission of the authority lifts the height limit up to its own", async () => {
  const reference = "CAD/123";
  const ask = (heightLimitAglM: number) =>
    operator.send("POST", "/bookings", {
      ...request,
      volumes: [{ footprint: circle, band: { ...band, upperM: 120 } }],
      permissions: [{ kind: "height", reference, heightLimitAglM }],
    });
  expect((await ask(100)).status).toBe(422);
  expect((await ask(150)).status).toBe(201);
});

test("an unknown site or prepared volume is 422 at its place", async () => {
  const nowhere = await operator.send("POST", "/bookings", { ...request, siteId: "site_none" });
  expect(nowhere.status).toBe(422);
  expect(nowhere.body["faults"]).toMatchObject([{ path: "siteId", found: "site_none" }]);
  const volumes = [{ footprint: { kind: "prepared", volumeId: "vol_none" } }];
  const unknown = await operator.send("POST", "/bookings", { ...request, volumes });
  expect(unknown.status).toBe(422);
  expect(unknown.body["faults"]).toMatchObject([{ path: "volumes.0.footprint.volumeId" }]);
});

test("queries are read as strictly", async () => {
  for (const query of ["limit=0", "limit=201", "from=yesterday", "colour=red", "cursor=x"]) {
    const answer = await operator.send("GET", `/bookings?${query}`);
    expect(answer.status, query).toBe(400);
  }
});

test("an address that nobody answers is a problem too, and its id is in the log", async () => {
  const answer = await operator.send("GET", "/nothing");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  const { errorId } = answer.body;
  expect(api.logged.at(-1)).toMatchObject({ errorId, status: 404 });
});

test("aircraft are registered once by name, and for the own organisation only", async () => {
  const asked = { name: "Heron", sysid: 9, takeOffMassKg: 3 };
  const added = await operator.send("POST", "/vehicles", asked);
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ organisationId: "org_harbour", telemetry: "mavlink" });
  expect((await operator.send("POST", "/vehicles", asked)).status).toBe(422);
  const foreign = { ...asked, name: "Kite", organisationId: "org_island" };
  expect((await operator.send("POST", "/vehicles", foreign)).status).toBe(422);
  expect((await operator.send("POST", "/vehicles", { ...asked, sysid: 0 })).status).toBe(400);
});

test("a known path asked with another method is 405 with what it allows", async () => {
  const list = await operator.send("DELETE", "/bookings");
  expect(list.status).toBe(405);
  expect(list.headers.get("allow")).toBe("GET, HEAD, POST");
  expect(list.headers.get("content-type")).toContain("application/problem+json");
  expect(list.body["detail"]).toBe("Expected GET, HEAD, POST at this address; found DELETE.");
  const made = await operator.send("POST", "/bookings", { ...request, title: "M", draft: true });
  const path = `/bookings/${String(made.body["id"])}`;
  expect((await operator.send("PUT", path, {})).headers.get("allow")).toBe("GET, HEAD");
  const step = await operator.send("GET", `${path}/withdraw`);
  expect([step.status, step.headers.get("allow")]).toEqual([405, "POST"]);
  expect((await operator.send("HEAD", path)).status).toBe(200);
});

test("another method is answered alike whether the thing is there or not", async () => {
  const made = await operator.send("POST", "/bookings", { ...request, title: "N", draft: true });
  const path = `/bookings/${String(made.body["id"])}`;
  expect((await api.client().send("PUT", path)).status).toBe(404);
  const rival = await api.signIn("usr_operator2");
  expect((await rival.send("GET", path)).status).toBe(404);
  for (const there of [path, "/bookings/bkg_none"]) {
    const { status, headers, body } = await rival.send("PUT", there);
    expect([status, headers.get("allow"), body["title"]]).toEqual([
      405,
      "GET, HEAD",
      "Not with this method",
    ]);
    expect((await rival.send("GET", `${there}/withdraw`)).status).toBe(405);
  }
  const pilot = await api.signIn("usr_pilot");
  // A step that the role may not take has no method to offer.
  expect((await pilot.send("GET", `${path}/accept`)).status).toBe(404);
});
