// The ingest program under a steady load holds what it holds: real sockets, real files, garbage
// collected before each look. Some seconds here, ten minutes in the long form (npm run test:long),
// with as many datagrams a second as the goal asks for; that writes some 3 GB below TMPDIR.
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startIngest } from "../run/probed-ingest.ts";
import { startLoad } from "../run/udp-load.ts";

const isLong = process.env["LONG"] === "1";
/** A busy machine starts and ends slowly. */
const timeoutMs = isLong ? 5_400_000 : 180_000;
const mebibyte = 1024 * 1024;
/** The short form leaves the machine to the tests beside it. */
const datagramsPerS = isLong ? 75_000 : 15_000;
const drones = 50;
/** Code is compiled, buffers and tables have grown to what the load needs. */
const warmS = isLong ? 60 : 8;
const looks = isLong ? 20 : 5;
const lookEveryS = isLong ? 30 : 4;
/** Growth over all looks together: a leak of 30 bytes a datagram is more. */
const heapGrowthBytesMax = 8 * mebibyte;
const bufferGrowthBytesMax = 32 * mebibyte;
const rssGrowthBytesMax = 96 * mebibyte;

test(
  "under a steady load ingest's memory stays flat, and nothing is lost in its code",
  { timeout: timeoutMs },
  async () => {
    const ingest = await startIngest(drones);
    try {
      const load = startLoad({ ...ingest.udp, drones, datagramsPerS, framesADatagram: 1 });
      await wait(warmS * 1_000);
      const warm = await ingest.usage("collectedUsage");
      let last = warm;
      for (let look = 0; look < looks; look++) {
        await wait(lookEveryS * 1_000);
        last = await ingest.usage("collectedUsage");
      }
      const { sent } = await load.stop();
      await wait(2_000);
      const dropped = ingest.kernelDrops();
      await ingest.stop();
      let recorded = 0;
      ingest.walkRecords(({ frame }) => (recorded += frame.sysid <= drones ? 1 : 0));
      expect(sent).toBeGreaterThan(datagramsPerS);
      // Where the system does not say what it dropped, nothing can be said of what was lost.
      if (dropped !== undefined) expect(recorded).toBe(sent - dropped);
      expect(last.heapUsedBytes - warm.heapUsedBytes).toBeLessThan(heapGrowthBytesMax);
      expect(last.arrayBufferBytes - warm.arrayBufferBytes).toBeLessThan(bufferGrowthBytesMax);
      expect(last.rssBytes - warm.rssBytes).toBeLessThan(rssGrowthBytesMax);
    } finally {
      await ingest.stop();
      ingest.removeData();
    }
  },
);
