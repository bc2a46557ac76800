// Downloading the log of a flight whose link another company's drone shared: what its own people
// get, and what the control room gets, through the real routes, record and log reader.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flightAfter, type FlightRecord } from "../../../../server/domain/flight/flight-record.ts";
import { createFlightsRouter } from "../../../../server/http/flights.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
import { createLogReader } from "../../../../server/log-reader.ts";
import { walkTlog } from "../../../../server/mavlink/tlog.ts";
import { openRecordFiles } from "../../../../server/record-files.ts";
import { createVisibleLogs } from "../../../../server/replay/visible-log.ts";
import { createBookingApi, type BookingApi } from "../../../support/booking-api.ts";
import { started } from "../../../support/journal-entries.ts";
import { sessionFrames, sessionIdentity } from "../../../support/session-frames.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

const { sessionId, startMs } = sessionIdentity;
let dataDir = "";
let api: BookingApi;

/** Of org_harbour; the other drone on its link, system 2, flew for org_island. */
const record = flightAfter(
  undefined,
  { ...started, sessionId, armedAtMs: startMs + 1_000 },
  startMs,
  false,
) as FlightRecord;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "skyrange-filtered-"));
  const recorder = new Recorder(dataDir, "local", createSilentLog());
  const session = recorder.open(sessionIdentity);
  for (const { stampUs, bytes } of sessionFrames(3)) {
    session.append(stampUs, bytes, 0, bytes.length);
  }
  await recorder.close();
  const files = openRecordFiles(dataDir);
  const reader = createLogReader(dataDir);
  const visibleLog = createVisibleLogs({
    reader,
    flightsOfSysid: async (sysid) => [
      { sysid, organisationId: "org_island", armedAtMs: startMs, disarmedAtMs: null },
    ],
    registered: async () => [],
    ourSysid: 245,
  });
  api = await createBookingApi(() => [
    createFlightsRouter({
      flights: {
        find: async (id) => (id === record.flight.id ? record : undefined),
        list: async () => [record],
        unsealed: async () => [],
        ofSysid: async () => [record],
        hasSession: async () => true,
      },
      replay: files,
      reader,
      alarmsOf: async () => [],
      log: files,
      visibleLog,
    }),
  ]);
});
afterAll(async () => {
  await api.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function download(userId: string, headers: Record<string, string> = {}) {
  const { cookie } = await api.signIn(userId);
  const url = `${api.url}/api/v1/flights/${record.flight.id}/log`;
  const answer = await fetch(url, { headers: { cookie, ...headers } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes };
}

/** Frames by system id. */
function framesOf(tlog: Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  walkTlog(tlog, ({ frame }) => counts.set(frame.sysid, (counts.get(frame.sysid) ?? 0) + 1));
  return counts;
}

test("its own people get the log without the other company's drone, and are told", async () => {
  const { status, headers, bytes } = await download("usr_operator");
  expect(status).toBe(200);
  expect(headers.get("skyrange-log")).toBe("filtered");
  expect(headers.get("content-disposition")).toBe(
    'attachment; filename="2027-01-15T08-00-01Z_sysid-1_filtered.tlog"',
  );
  expect(headers.get("content-length")).toBe(String(bytes.length));
  expect(framesOf(bytes)).toEqual(new Map([[1, 27]]));
  const part = await download("usr_pilot", { range: "bytes=10-99" });
  expect([part.status, part.headers.get("skyrange-log")]).toEqual([206, "filtered"]);
  expect(part.bytes).toEqual(bytes.slice(10, 100));
});

test("the control room gets the whole record, the other company's people nothing", async () => {
  const { headers, bytes } = await download("usr_controller");
  expect(headers.get("skyrange-log")).toBe("whole");
  expect(headers.get("content-disposition")).toBe(
    'attachment; filename="2027-01-15T08-00-01Z_sysid-1.tlog"',
  );
  expect(framesOf(bytes)).toEqual(
    new Map([
      [1, 27],
      [2, 3],
    ]),
  );
  expect((await download("usr_operator2")).status).toBe(404);
});
