import { expect, test } from "vitest";
import { dumpTlog } from "../../../../server/logs/dump-tlog.ts";
import { tlogRecord } from "../../../../server/mavlink/tlog.ts";
import { concatBytes, makeFrame, makeHeartbeat } from "../../../support/mavlink-frames.ts";

const stampUs = 1_795_363_290_150_618;

function dump(...frames: readonly Uint8Array[]): string[] {
  return [...dumpTlog(concatBytes(...frames.map((frame) => tlogRecord(stampUs, frame))))];
}

/** ATTITUDE with these bytes as its six floats. */
function attitudeOf(...floats: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(28));
  floats.forEach((value, i) => {
    view.setFloat32(4 + 4 * i, value, true);
  });
  return makeFrame({ messageId: 30, crcExtra: 39, payload: [...new Uint8Array(view.buffer)] });
}

test("a message is one line of JSON with its time, source, number, name and fields", () => {
  const [line = ""] = dump(makeHeartbeat({}, { sysid: 7, sequence: 9 }));
  expect(JSON.parse(line)).toEqual({
    timeUs: stampUs,
    sysid: 7,
    compid: 1,
    seq: 9,
    name: "HEARTBEAT",
    fields: {
      custom_mode: 4,
      type: 2,
      autopilot: 3,
      base_mode: 217,
      system_status: 4,
      mavlink_version: 3,
    },
  });
});

test("NaN and the infinities are strings, and -0 keeps its sign in the text", () => {
  const [line = ""] = dump(attitudeOf(NaN, Infinity, -Infinity, -0, 0.1, 1e-45));
  expect(line).toContain('"roll":"NaN","pitch":"Infinity","yaw":"-Infinity","rollspeed":-0.0');
  expect(line).toContain(`"pitchspeed":${Math.fround(0.1)},"yawspeed":${Math.fround(1e-45)}`);
});

test("64-bit integers are decimal strings to the last digit", () => {
  const payload = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
  const [line = ""] = dump(makeFrame({ messageId: 2, crcExtra: 137, payload }));
  expect(line).toContain('"fields":{"time_unix_usec":"18446744073709551615","time_boot_ms":1}');
});

test("the key of a SETUP_SIGNING is null", () => {
  const payload = [...Array<number>(8).fill(0), 1, 1, ...Array<number>(32).fill(0xab)];
  const [line = ""] = dump(makeFrame({ messageId: 256, crcExtra: 71, payload }));
  expect(line).toContain('"target_component":1,"secret_key":null}');
  expect(line).not.toContain("171");
});

test("text is JSON text, whatever it holds", () => {
  const payload = [6, ...new TextEncoder().encode('a "b"\n')];
  const [line = ""] = dump(makeFrame({ messageId: 253, crcExtra: 83, payload }));
  expect(line).toContain('"text":"a \\"b\\"\\n"');
});

test("an unknown message is named by its number and has no fields", () => {
  const unknown = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [1] });
  const [line = ""] = dump(unknown, makeHeartbeat());
  expect(line).toContain('"name":"UNKNOWN_9999999","fields":{}}');
});

test("only the types asked for are written", () => {
  const log = concatBytes(tlogRecord(1, makeHeartbeat()), tlogRecord(2, attitudeOf(0, 0, 0)));
  const lines = [...dumpTlog(log, { types: new Set(["ATTITUDE"]) })];
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('{"timeUs":2,');
});
