import { expect, test } from "vitest";
import { emptyTally } from "../../../../server/mavlink/frame-scanner.ts";
import { Link } from "../../../../server/telemetry/links.ts";
import type { HeardFrame } from "../../../../server/telemetry/ports.ts";

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
