import { expect, test } from "vitest";
import { emptyTally } from "../../../../server/mavlink/frame-scanner.ts";
import type { HeardFrame, SessionRecord } from "../../../../server/telemetry/ports.ts";
import { heldBytesMax, Link } from "../../../../server/telemetry/links.ts";
import { makeHeartbeat } from "../../../support/mavlink-frames.ts";

test("ever-new message ids and senders do not grow a link's counters without end", () => {
  const link = new Link({ listener: "a:1", address: "127.0.0.1", port: 9 }, emptyTally());
  for (let n = 0; n < 20_000; n++) {
    const sender = { sysid: (n >> 8) & 0xff, compid: n & 0xff, sequence: n & 0xff };
    const frame = { ...sender, messageId: 70_000 + n, definition: undefined };
    link.counts.count(frame as HeardFrame, 0);
  }
  const { messages, sysids } = link.counters(0);
  expect(Object.keys(messages).length).toBeLessThan(500);
  expect(Object.values(messages).reduce((sum, count) => sum + count, 0)).toBe(20_000);
  expect(sysids.length).toBeLessThan(10);
});

test("what a link held for a session that has left takes no room from the next one", () => {
  const link = new Link({ listener: "a:1", address: "127.0.0.1", port: 9 }, emptyTally());
  const stamps: number[] = [];
  const record: SessionRecord = {
    append: (stampUs) => void stamps.push(stampUs),
    bytes: () => 0,
    close: () => undefined,
  };
  const frame = makeHeartbeat();
  link.join(record);
  const almostFull = Math.floor(heldBytesMax / frame.length) - 2;
  for (let n = 0; n < almostFull; n++) link.record(n, frame, 0, frame.length);
  link.leave(record);
  stamps.length = 0;
  for (let n = 0; n < 100; n++) link.record(10_000 + n, frame, 0, frame.length);
  link.join(record);
  expect(stamps).toHaveLength(100);
});
