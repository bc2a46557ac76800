// What is sent to an autopilot over simulated time, seen through our own frame reader.
import { common } from "mavlink-mappings";
import { MavLinkProtocolV2 } from "node-mavlink";
import { expect, test } from "vitest";
import { mavlinkFrames } from "../../../../server/ingest/mavlink-frames.ts";
import { createStreamRequests } from "../../../../server/ingest/stream-requests.ts";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { Link } from "../../../../server/telemetry/links.ts";
import { newSession } from "../../../../server/telemetry/vehicle-session.ts";
import { link as address } from "../../../support/telemetry-run.ts";

const identity = { sessionId: "ses_1", vehicleKey: "sysid-1", sysid: 1, compid: 1, startMs: 0 };
const record = { append: () => undefined, bytes: () => 0, close: () => undefined };
const startMs = 10_000;
const tickMs = 250;
const wantedRatesHz = new Map([
  [33, 10],
  [30, 4],
  [1, 2],
  [24, 2],
  [245, 2],
  [2, 1],
  [242, 1],
]);

/** How an autopilot answers SET_MESSAGE_INTERVAL (MAV_RESULT), and what it then sends. */
interface Autopilot {
  readonly answer: (messageId: number) => number | undefined;
  readonly rateHz: (messageId: number, asked: ReadonlySet<string>) => number;
  readonly hasUid?: boolean;
}

interface Sent {
  readonly atS: number;
  /** "interval 33", "stream 6", "version", "heartbeat". */
  readonly what: string;
  readonly port: number;
}

/** An autopilot on a link that is heard all the time, and everything that is sent to it. */
class Sky {
  readonly sent: Sent[] = [];
  readonly session = newSession(identity, record, 0, false, startMs);
  private readonly autopilot: Autopilot;
  private readonly asked = new Set<string>();
  private readonly requests = createStreamRequests(
    createEncoder({ sysid: 245, compid: 190 }),
    (bytes, { port }) => this.take(bytes, port),
  );
  private readonly pending: number[] = [];
  private nowMs = startMs;

  constructor(autopilot: Autopilot) {
    this.autopilot = autopilot;
    this.session.link = new Link(address(5000), mavlinkFrames.emptyTally());
    if (autopilot.hasUid !== false) {
      this.session.track = { ...this.session.track, autopilotUid: "ab".repeat(18) };
    }
  }

  private take(bytes: Uint8Array, port: number): void {
    scanDatagram(bytes, (frame) => {
      expect([frame.sysid, frame.compid]).toEqual([245, 190]);
      const fields = decodeFields(frame);
      const what = whatIs(frame.definition?.name ?? "", fields);
      this.asked.add(what);
      this.sent.push({ atS: (this.nowMs - startMs) / 1000, what, port });
      if (!what.startsWith("interval")) return;
      const result = this.autopilot.answer(Number(fields["param1"]));
      if (result !== undefined) this.pending.push(result);
    });
  }

  runUntil(seconds: number): this {
    for (; this.nowMs <= startMs + seconds * 1000; this.nowMs += tickMs) {
      this.session.track = { ...this.session.track, heartbeatAtMs: this.nowMs };
      for (const messageId of wantedRatesHz.keys()) {
        const perTick = (this.autopilot.rateHz(messageId, this.asked) * tickMs) / 1000;
        const elapsed = (this.nowMs - startMs) / tickMs;
        const frames = Math.floor((elapsed + 1) * perTick) - Math.floor(elapsed * perTick);
        const { messageCounts } = this.session;
        messageCounts[messageId] = (messageCounts[messageId] ?? 0) + frames;
      }
      this.requests.tick([this.session], this.nowMs);
      for (const result of this.pending.splice(0)) {
        scanDatagram(ack(result), (frame) =>
          this.requests.heard(this.session, frame, this.nowMs + 5),
        );
      }
    }
    return this;
  }

  /** Everything but heartbeats. */
  asks(): string[] {
    return this.sent.filter(({ what }) => what !== "heartbeat").map(({ what }) => what);
  }

  timesOf(what: string): number[] {
    return this.sent.filter((one) => one.what === what).map(({ atS }) => atS);
  }
}

function whatIs(name: string, fields: ReturnType<typeof decodeFields>): string {
  if (name === "HEARTBEAT") return "heartbeat";
  if (name === "REQUEST_DATA_STREAM") return `stream ${Number(fields["req_stream_id"])}`;
  expect(name).toBe("COMMAND_LONG");
  if (fields["command"] === 511) return `interval ${Number(fields["param1"])}`;
  expect([fields["command"], fields["param1"]]).toEqual([512, 148]);
  return "version";
}

/** COMMAND_ACK of SET_MESSAGE_INTERVAL; any number is a result on the wire. */
function ack(result: number): Uint8Array {
  const message = new common.CommandAck();
  message.command = common.MavCmd.SET_MESSAGE_INTERVAL;
  Object.assign(message, { result });
  return new MavLinkProtocolV2(1, 1).serialize(message, 0);
}

const all = [...wantedRatesHz.keys()].map((id) => `interval ${id}`);
const asWanted = (id: number, asked: ReadonlySet<string>): number =>
  asked.has(`interval ${id}`) ? (wantedRatesHz.get(id) ?? 0) : 0;

test("nothing is sent where no autopilot has been heard on a link", () => {
  const sky = new Sky({ answer: () => 0, rateHz: asWanted });
  sky.session.link = undefined;
  expect(sky.runUntil(60).sent).toEqual([]);
});

test("an autopilot that keeps the rates is asked once for each, and greeted once a second", () => {
  const sky = new Sky({ answer: () => 0, rateHz: asWanted }).runUntil(600);
  expect(sky.asks()).toEqual(all);
  // One a tick, the positions first.
  expect(sky.timesOf("interval 33")).toEqual([0]);
  expect(sky.timesOf("interval 242")).toEqual([1.5]);
  expect(sky.timesOf("heartbeat")).toHaveLength(601);
});

test("what is refused is asked for by its stream, once for all messages of it", () => {
  const rateHz = (id: number, asked: ReadonlySet<string>): number => {
    const stream = new Map([
      [33, 6],
      [30, 10],
      [1, 2],
      [24, 2],
      [2, 12],
    ]).get(id);
    return asked.has(`stream ${stream}`) ? (wantedRatesHz.get(id) ?? 0) : 0;
  };
  const sky = new Sky({ answer: () => 2, rateHz }).runUntil(600);
  const streams = ["stream 6", "stream 10", "stream 2", "stream 12"];
  expect(
    sky
      .asks()
      .filter((what) => what.startsWith("stream"))
      .sort(),
  ).toEqual(streams.sort());
  expect(
    sky
      .asks()
      .filter((what) => what.startsWith("interval"))
      .sort(),
  ).toEqual([...all].sort());
});

test("what is not answered is asked for twice, then by its stream, less and less often", () => {
  const sky = new Sky({ answer: () => undefined, rateHz: () => 0 }).runUntil(200);
  expect(sky.timesOf("interval 33")).toEqual([0, 1]);
  const [first, ...again] = sky.timesOf("stream 6");
  expect(first).toBe(2);
  const waits = again.map((atS, index) => Math.round(atS - ([first, ...again][index] ?? 0)));
  // A second more at first: another message's answer is being waited for.
  expect(waits.slice(0, 4)).toEqual([6, 10, 20, 40]);
  expect(waits.slice(4).every((wait) => wait >= 60)).toBe(true);
  // Messages in no stream are given up.
  expect(sky.timesOf("interval 245")).toHaveLength(2);
  expect(sky.timesOf("interval 242")).toHaveLength(2);
});

test("granted but not sent, it is asked again less and less often, and never in a storm", () => {
  const sky = new Sky({
    answer: () => 0,
    rateHz: (id, asked) => (id === 33 ? 0 : asWanted(id, asked)),
  }).runUntil(3600);
  const times = sky.timesOf("interval 33");
  expect(times.slice(0, 5)).toEqual([0, 5, 15, 35, 75]);
  expect(times).toHaveLength(5 + Math.floor((3600 - 75) / 60));
  expect(sky.asks()).toHaveLength(all.length + times.length - 1);
});

test("a rate that another station turns down is asked for again within two looks at it", () => {
  let isTurnedDown = false;
  const sky = new Sky({
    answer: () => 0,
    rateHz: (id, asked) => (id === 33 && isTurnedDown ? 1 : asWanted(id, asked)),
  }).runUntil(60);
  expect(sky.timesOf("interval 33")).toEqual([0]);
  isTurnedDown = true;
  sky.runUntil(120);
  expect(sky.timesOf("interval 33")).toEqual([0, 65, 70, 80, 100]);
});

test("the autopilot's own id is asked for five times at most, and not where it is known", () => {
  const silent = new Sky({ answer: () => 0, rateHz: asWanted, hasUid: false }).runUntil(600);
  expect(silent.timesOf("version")).toEqual([0.25, 5.25, 15.25, 35.25, 75.25]);
  const known = new Sky({ answer: () => 0, rateHz: asWanted }).runUntil(600);
  expect(known.timesOf("version")).toEqual([]);
});

test("a new address is asked anew, and so is a new session, which is another boot", () => {
  const sky = new Sky({ answer: () => 0, rateHz: asWanted }).runUntil(10);
  sky.session.link = new Link(address(6000), mavlinkFrames.emptyTally());
  sky.runUntil(20);
  expect(sky.asks()).toEqual([...all, ...all]);
  expect(sky.sent.filter(({ atS }) => atS > 10).every(({ port }) => port === 6000)).toBe(true);
});
