// Three drones on one link: whose frames a flight's log holds for people of its organisation.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flightAfter, type FlightRecord } from "../../../../server/domain/flight/flight-record.ts";
import { chooseFrames, isOfOrganisation } from "../../../../server/domain/flight/log-visibility.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
import { createLogReader } from "../../../../server/log-reader.ts";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import { walkTlog } from "../../../../server/mavlink/tlog.ts";
import { createVisibleLogs, type VisibleLog } from "../../../../server/replay/visible-log.ts";
import { flightsAvailable, readFlight } from "../../../support/flights.ts";
import { started } from "../../../support/journal-entries.ts";
import { sessionIdentity as identity } from "../../../support/session-frames.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

const mine = "org_mine";
const span = { fromMs: 1_000, toMs: 2_000 };

function flownBy(organisationId: string | null, armedAtMs: number, disarmedAtMs: number | null) {
  return { sysid: 2, organisationId, armedAtMs, disarmedAtMs };
}

test("a drone is the organisation's where all its flights in that time were", () => {
  const is = (...flights: ReturnType<typeof flownBy>[]): boolean =>
    isOfOrganisation(mine, span, flights, [{ sysid: 2, organisationId: "org_other" }]);
  expect(is(flownBy(mine, 500, 1_500))).toBe(true);
  expect(is(flownBy(mine, 500, null))).toBe(true);
  expect(is(flownBy(mine, 500, 1_500), flownBy("org_other", 1_600, null))).toBe(false);
  expect(is(flownBy(null, 500, 1_500))).toBe(false);
  // Flights before and after it say nothing; the registration does.
  expect(is(flownBy(mine, 100, 900), flownBy(mine, 2_000, null))).toBe(false);
});

test("without a flight it is whose alone its registration is", () => {
  const owners = (...organisationIds: string[]): boolean => {
    const registered = organisationIds.map((organisationId) => ({ sysid: 2, organisationId }));
    return isOfOrganisation(mine, span, [], registered);
  };
  expect(owners(mine)).toBe(true);
  expect(owners(mine, "org_other")).toBe(false);
  expect(owners()).toBe(false);
});

test("stations, radios and the server are shown, silent strangers are not", () => {
  const sender = { isVehicle: false, isStation: false, isRadioOnly: false };
  const senders = [
    { ...sender, sysid: 1, isVehicle: true },
    { ...sender, sysid: 2, isVehicle: true },
    { ...sender, sysid: 3, isVehicle: true },
    { ...sender, sysid: 51, isRadioOnly: true },
    { ...sender, sysid: 77 },
    { ...sender, sysid: 245 },
    { ...sender, sysid: 255, isStation: true },
  ];
  const known = { ownSysid: 1, ourSysid: 245, friends: new Set([3]) };
  expect(chooseFrames(senders, known)).toEqual({ hidden: [2, 77], own: [1, 3] });
});

// Skipped where the recordings are not at hand, which tests/support/flights.ts says on stderr.
describe.skipIf(!flightsAvailable)("flight c, three drones on one link", () => {
  let dataDir = "";
  let record: FlightRecord;
  const tlog = flightsAvailable ? readFlight("c_three.tlog") : new Uint8Array(0);
  const range = { fromByte: 0, toByte: tlog.length };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "skyrange-visible-"));
    const recorder = new Recorder(dataDir, "local", createSilentLog());
    const session = recorder.open(identity);
    let firstUs = 0;
    walkTlog(tlog, ({ stampUs, frame }) => {
      firstUs ||= stampUs;
      session.append(stampUs, frame.bytes, frame.start, frame.end);
    });
    await recorder.close();
    const armedAtMs = firstUs / 1000 + 60_000;
    const { sessionId } = identity;
    const begun = { ...started, sessionId, sysid: 1, organisationId: mine, armedAtMs };
    record = flightAfter(undefined, begun, armedAtMs, false) as FlightRecord;
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  /** The log where each drone flew for the organisation named. */
  function logWhere(organisationOf: (sysid: number) => string): Promise<VisibleLog> {
    const visibleLog = createVisibleLogs({
      reader: createLogReader(dataDir),
      flightsOfSysid: async (sysid) => [
        {
          sysid,
          organisationId: organisationOf(sysid),
          armedAtMs: record.flight.armedAtMs,
          disarmedAtMs: null,
        },
      ],
      registered: async () => [],
      ourSysid: 245,
    });
    return visibleLog(record, range);
  }

  async function bytesOf(log: VisibleLog, from: number, to: number): Promise<Buffer> {
    if (log.kind === "whole") throw new Error("nothing was left out");
    const pieces: Uint8Array[] = [];
    for await (const piece of log.read(from, to)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The recording without drone 2's frames and those addressed to it. */
  function withoutDrone2(): Buffer {
    const kept: Uint8Array[] = [];
    walkTlog(tlog, ({ frame, start, end }) => {
      const { target_system: target } = decodeFields(frame);
      const isToDrone2 = target === 2 && ![1, 3].includes(frame.sysid);
      if (frame.sysid !== 2 && !isToDrone2) kept.push(tlog.slice(start, end));
    });
    return Buffer.concat(kept);
  }

  test("within one organisation nothing is hidden: the log is the record's own bytes", async () => {
    expect(await logWhere(() => mine)).toEqual({ kind: "whole" });
  });

  test("another company's drone is left out, every other frame is there", async () => {
    const log = await logWhere((sysid) => (sysid === 2 ? "org_other" : mine));
    const expected = withoutDrone2();
    expect(log).toMatchObject({ kind: "filtered", bytes: expected.length });
    expect((await bytesOf(log, 0, expected.length)).equals(expected)).toBe(true);
    const counts = new Map<number, number>();
    walkTlog(expected, ({ frame }) => {
      counts.set(frame.sysid, (counts.get(frame.sysid) ?? 0) + 1);
    });
    expect([counts.get(1), counts.get(2), counts.get(3)]).toEqual([10_440, undefined, 10_440]);
  });

  test("any part of it is the same part of the whole", async () => {
    const log = await logWhere((sysid) => (sysid === 1 ? mine : "org_other"));
    if (log.kind === "whole") throw new Error("two drones are another company's");
    const all = await bytesOf(log, 0, log.bytes);
    expect(all).toHaveLength(log.bytes);
    const middle = Math.floor(log.bytes / 2);
    for (const [from, to] of [
      [0, 1],
      [log.bytes - 1, log.bytes],
      [middle - 7, middle + 100_003],
      [17, log.bytes - 17],
    ] as const) {
      expect((await bytesOf(log, from, to)).equals(all.subarray(from, to))).toBe(true);
    }
  });
});
