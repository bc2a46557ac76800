import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import type { FieldValue } from "../../../../server/mavlink/decode.ts";
import { dialect } from "../../../../server/mavlink/dialect.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { makeFrame } from "../../../support/mavlink-frames.ts";

interface GoldenFrame {
  readonly name: string;
  readonly msgid: number;
  readonly crc_extra: number;
  readonly version: 1 | 2;
  readonly case: string;
  readonly seq: number;
  readonly sysid: number;
  readonly compid: number;
  readonly hex: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const golden = readFileSync("tests/golden/mavlink-frames.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as GoldenFrame);

/** A value as golden writes it. */
function asGolden(value: FieldValue | undefined): unknown {
  if (Array.isArray(value)) return value.map(asGolden);
  if (typeof value === "bigint") return String(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function decodeOnly(bytes: Uint8Array): Record<string, FieldValue> {
  const found: Record<string, FieldValue>[] = [];
  scanDatagram(bytes, (frame) => found.push(decodeFields(frame)));
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

test("every golden frame decodes to the values golden names, exactly", () => {
  expect(golden.length).toBe(1663);
  for (const line of golden) {
    const bytes = new Uint8Array(Buffer.from(line.hex, "hex"));
    const found: unknown[] = [];
    const tally = scanDatagram(bytes, (frame) => {
      expect(frame).toMatchObject({ version: line.version, sysid: line.sysid, sequence: line.seq });
      expect(frame).toMatchObject({ compid: line.compid, messageId: line.msgid, signed: false });
      expect(frame.definition).toMatchObject({ name: line.name, crcExtra: line.crc_extra });
      const fields = decodeFields(frame);
      const named = Object.keys(line.fields).map((name) => [name, asGolden(fields[name])]);
      found.push(Object.fromEntries(named));
    });
    expect(tally.frames).toBe(1);
    // Object.is for every number, so that -0 is told from 0.
    expect(found, `${line.name} ${line.case}`).toStrictEqual([line.fields]);
  }
});

test("fields that golden does not name are extensions that its release did not have yet", () => {
  for (const { msgid, fields } of golden) {
    for (const field of dialect.byId(msgid)?.fields ?? []) {
      if (!(field.name in fields)) expect(field.extension).toBe(true);
    }
  }
});

test("a cut payload is not filled with what the frame before it held", () => {
  const long = makeFrame({ messageId: 253, crcExtra: 83, payload: [6, ...Array(50).fill(65)] });
  const short = makeFrame({ messageId: 253, crcExtra: 83, payload: [6, 66] });
  expect(decodeOnly(long)["text"]).toBe("A".repeat(50));
  expect(decodeOnly(short)).toEqual({ severity: 6, text: "B", id: 0, chunk_seq: 0 });
});

test("a payload longer than the definition is read as far as the definition goes", () => {
  const payload = [1, 0, 0, 0, 2, 3, 81, 4, 3, 99, 98, 97];
  const heartbeat = decodeOnly(makeFrame({ messageId: 0, crcExtra: 50, payload }));
  expect(heartbeat).toEqual({
    custom_mode: 1,
    type: 2,
    autopilot: 3,
    base_mode: 81,
    system_status: 4,
    mavlink_version: 3,
  });
});

test("text that is not ASCII is read as UTF-8", () => {
  const payload = [6, ...new TextEncoder().encode("溫度 OK")];
  expect(decodeOnly(makeFrame({ messageId: 253, crcExtra: 83, payload }))["text"]).toBe("溫度 OK");
});

test("a frame of an unknown message has no fields", () => {
  const frame = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [1, 2, 3] });
  expect(decodeOnly(frame)).toEqual({});
});
