// Several starts at once on one DATA_DIR: one gets it, and its socket stays.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localSocketPath } from "../../../../server/cluster/local-socket.ts";
import { answers } from "../../../../server/cluster/take-socket.ts";
import { lockDataDir } from "../../../../server/data-dir-lock.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "skyrange-lock-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

// Named pipes of Windows leave no file, skipped there.
const fileTest = test.skipIf(process.platform === "win32");

fileTest("of several that replace a dead one's socket one gets it, and keeps it", async () => {
  const path = localSocketPath(dataDir, "skyrange");
  for (let round = 0; round < 10; round++) {
    writeFileSync(path, "");
    const locks = await Promise.all(Array.from({ length: 4 }, () => lockDataDir(dataDir)));
    const held = locks.filter(({ kind }) => kind === "held");
    expect(held).toHaveLength(1);
    expect(await answers(path)).toBe(true);
    for (const lock of held) if (lock.kind === "held") lock.release();
  }
  expect(readdirSync(dataDir).filter((name) => name.endsWith(".taking"))).toEqual([]);
});

fileTest("what died while it took the socket keeps nobody out for long", async () => {
  writeFileSync(`${localSocketPath(dataDir, "skyrange")}.taking`, "");
  const lock = await lockDataDir(dataDir);
  expect(lock.kind).toBe("held");
  expect((await lockDataDir(dataDir)).kind).toBe("taken");
  if (lock.kind === "held") lock.release();
});
