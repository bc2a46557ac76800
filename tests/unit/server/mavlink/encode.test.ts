import { expect, test } from "vitest";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";

function read(bytes: Uint8Array) {
  const found: unknown[] = [];
  scanDatagram(bytes, (frame) => {
    const { version, sysid, compid, sequence, definition } = frame;
    const name = definition?.name;
    found.push({ version, sysid, compid, sequence, name, fields: decodeFields(frame) });
  });
  expect(found).toHaveLength(1);
  return found[0];
}

test("our heartbeat is that of a ground station without an autopilot, in MAVLink 2", () => {
  expect(read(createEncoder({ sysid: 245, compid: 190 }).heartbeat())).toEqual({
    version: 2,
    sysid: 245,
    compid: 190,
    sequence: 0,
    name: "HEARTBEAT",
    fields: {
      custom_mode: 0,
      type: 6,
      autopilot: 8,
      base_mode: 0,
      system_status: 4,
      mavlink_version: 3,
    },
  });
});

test("message rates, single messages and streams are asked for by their commands", () => {
  const encoder = createEncoder({ sysid: 245, compid: 190 });
  expect(read(encoder.setMessageInterval(7, 1, 245, 500_000))).toMatchObject({
    name: "COMMAND_LONG",
    fields: { target_system: 7, target_component: 1, command: 511, param1: 245, param2: 500_000 },
  });
  expect(read(encoder.requestMessage(7, 1, 148))).toMatchObject({
    name: "COMMAND_LONG",
    fields: { target_system: 7, target_component: 1, command: 512, param1: 148 },
  });
  expect(read(encoder.requestDataStream(7, 1, 6, 10))).toMatchObject({
    name: "REQUEST_DATA_STREAM",
    fields: { target_system: 7, req_stream_id: 6, req_message_rate: 10, start_stop: 1 },
  });
  expect(read(encoder.requestDataStream(7, 1, 6, 0))).toMatchObject({ fields: { start_stop: 0 } });
});

test("each frame has the next sequence number, over again after 255", () => {
  const encoder = createEncoder({ sysid: 245, compid: 190 });
  const sequences = Array.from({ length: 258 }, () => encoder.heartbeat()[4]);
  expect(sequences).toEqual(Array.from({ length: 258 }, (_, i) => i & 0xff));
});
