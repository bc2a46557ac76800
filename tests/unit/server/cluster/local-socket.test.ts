import { expect, test } from "vitest";
import { localSocketPath, socketPathBytesMax } from "../../../../server/cluster/local-socket.ts";

// Windows has named pipes instead, skipped there.
test.skipIf(process.platform === "win32")("a short DATA_DIR holds its own sockets", () => {
  expect(localSocketPath("/srv/data", "ingest")).toBe("/srv/data/ingest.sock");
});

test("a DATA_DIR too long for a socket path still has one socket for each name", () => {
  const longs = ["a", "b"].map((last) => `/srv/${"deep/".repeat(30)}${last}`);
  const paths = longs.flatMap((dataDir) => [
    localSocketPath(dataDir, "ingest"),
    localSocketPath(dataDir, "skyrange"),
  ]);
  expect(new Set(paths).size).toBe(4);
  for (const path of paths) expect(Buffer.byteLength(path)).toBeLessThan(socketPathBytesMax + 8);
});
