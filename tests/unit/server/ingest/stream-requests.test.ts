// What is sent to an autopilot, seen through our own frame reader.
import { expect, test } from "vitest";
import { createStreamRequests } from "../../../../server/ingest/stream-requests.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { Link } from "../../../../server/telemetry/links.ts";
import { newSession } from "../../../../server/telemetry/vehicle-session.ts";
import { link as address } from "../../../support/telemetry-run.ts";
import { mavlinkFrames } from "../../../../server/ingest/mavlink-frames.ts";

const identity = { sessionId: "ses_1", vehicleKey: "sysid-1", sysid: 1, compid: 1, startMs: 0 };
const record = { append: () => undefined, bytes: () => 0, close: () => undefined };

function run() {
  const sent: { name: string; port: number }[] = [];
  const encoder = createEncoder({ sysid: 245, compid: 190 });
  const requests = createStreamRequests(encoder, (bytes, { port }) => {
    scanDatagram(bytes, ({ definition, sysid, compid }) => {
      expect([sysid, compid]).toEqual([245, 190]);
      sent.push({ name: definition?.name ?? "", port });
    });
  });
  const session = newSession(identity, record, 0, false, 0);
  const namesAt = (nowMs: number): string[] => {
    sent.length = 0;
    requests.tick([session], nowMs);
    return sent.map(({ name }) => name);
  };
  const hearAt = (atMs: number) => (session.track = { ...session.track, heartbeatAtMs: atMs });
  return { session, namesAt, hearAt, sent };
}

const intervals = Array.from({ length: 7 }, () => "COMMAND_LONG");
const streams = Array.from({ length: 3 }, () => "REQUEST_DATA_STREAM");

test("nothing is sent where no autopilot has been heard on a link", () => {
  expect(run().namesAt(1000)).toEqual([]);
});

test("a heartbeat a second and the rates once, while positions come", () => {
  const { session, namesAt, hearAt } = run();
  session.link = new Link(address(5000), mavlinkFrames.emptyTally());
  session.lastPositionReportAtMs = 1000;
  hearAt(1000);
  expect(namesAt(1000)).toEqual(["HEARTBEAT", ...intervals]);
  expect(namesAt(1250)).toEqual([]);
  expect(namesAt(2000)).toEqual(["HEARTBEAT"]);
  hearAt(60_000);
  session.lastPositionReportAtMs = 60_000;
  expect(namesAt(60_000)).toEqual(["HEARTBEAT"]);
});

test("without positions it is asked again with the old requests too, less and less often", () => {
  const { session, namesAt, hearAt } = run();
  session.link = new Link(address(5000), mavlinkFrames.emptyTally());
  const askedAtS: number[] = [];
  for (let nowMs = 10_000; nowMs < 130_000; nowMs += 250) {
    hearAt(nowMs);
    const names = namesAt(nowMs).filter((name) => name !== "HEARTBEAT");
    if (names.length === 0) continue;
    expect(names).toEqual(askedAtS.length === 0 ? intervals : [...intervals, ...streams]);
    askedAtS.push((nowMs - 10_000) / 1000);
  }
  expect(askedAtS).toEqual([0, 2, 6, 14, 30, 60, 90]);
});

test("a new address is asked anew, and a silent one nothing", () => {
  const { session, namesAt, hearAt, sent } = run();
  session.link = new Link(address(5000), mavlinkFrames.emptyTally());
  session.lastPositionReportAtMs = 1000;
  hearAt(1000);
  namesAt(1000);
  session.link = new Link(address(6000), mavlinkFrames.emptyTally());
  expect(namesAt(1250)).toEqual(intervals);
  expect(sent.every(({ port }) => port === 6000)).toBe(true);
  expect(namesAt(9000)).toEqual([]);
});
