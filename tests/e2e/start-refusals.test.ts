// A start that cannot be: one line that names the setting, its value and what is allowed, and
// exit code 1.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { ingestSocketPath } from "../../server/cluster/ingest-socket.ts";
import { askIngestToStop } from "../../server/cluster/running-ingest.ts";
import { isAlive, startServer, until } from "../support/start-server.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
const folder = mkdtempSync(path.join(tmpdir(), "skyrange-refused-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the server until it ends; what it printed, without empty lines. */
async function start(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const defaults = {
    DATA_DIR: mkdtempSync(path.join(folder, "data-")),
    HTTP_PORT: "0",
    MAVLINK_UDP: "127.0.0.1:0",
  };
  const args = ["--import", "tsx", path.join(root, "server", "main.ts"), "--server-only"];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...defaults, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Buffer) => (text += piece.toString("utf8")));
  }
  const code = await new Promise<number>((resolve) => {
    child.once("close", (exitCode) => resolve(exitCode ?? -1));
  });
  return { code, lines: text.split("\n").filter((line) => line !== "") };
}

test("a PostgreSQL that does not answer is named, without its password", async () => {
  const { code, lines } = await start({ DATABASE_URL: "postgres://sky:s3cret@127.0.0.1:1/sky" });
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toContain("postgres://sky@127.0.0.1:1/sky");
  expect(lines[0]).toContain("ECONNREFUSED");
  expect(lines[0]).not.toContain("s3cret");
});

test("a database that does not open is named", async () => {
  const file = path.join(folder, "no-database");
  writeFileSync(file, "this is text, and long enough to be no database at all ".repeat(20));
  const { code, lines } = await start({ DATABASE_URL: `sqlite:${file}` });
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toContain(file);
});

test("a DATA_DIR that is a file is named", async () => {
  const file = path.join(folder, "a-file");
  writeFileSync(file, "");
  const { code, lines } = await start({ DATA_DIR: file });
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toContain(`DATA_DIR is "${file}"`);
});

test("an HTTP port in use is named", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const port = String((other.address() as AddressInfo).port);
  const { code, lines } = await start({ HTTP_PORT: port });
  other.close();
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toContain(`HTTP_PORT "${port}"`);
  expect(lines[0]).toContain("in use");
});

test("a UDP port in use is named", async () => {
  const other = createSocket("udp4");
  await new Promise<void>((resolve) => other.bind(0, "127.0.0.1", resolve));
  const { port } = other.address();
  const { code, lines } = await start({ MAVLINK_UDP: `127.0.0.1:${port}` });
  other.close();
  expect([code, lines.length]).toEqual([1, 1]);
  expect(lines[0]).toContain(String(port));
});

test("a start that fails beside a running watch says why and ends; the watch goes on", async () => {
  const server = await startServer();
  const { supervisor, web, ingest } = server.pids();
  process.kill(supervisor, "SIGKILL");
  await until("the web process follows its supervisor", () => !isAlive(web));
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const port = String((other.address() as AddressInfo).port);
  const { code, lines } = await start({ DATA_DIR: server.dataDir, HTTP_PORT: port });
  other.close();
  expect(code).toBe(1);
  expect(lines.find((line) => line.includes(`HTTP_PORT "${port}"`))).toContain("in use");
  expect(lines.at(-1)).toBe("skyrange: The watch of the earlier start goes on.");
  expect(isAlive(ingest)).toBe(true);
  askIngestToStop(ingestSocketPath(server.dataDir));
  await until("it ends when asked over the pipe", () => !isAlive(ingest));
  await server.stop();
}, 60_000);

// Skipped where there is no /proc: only there a new folder is refused as if its parent were absent.
test.skipIf(process.platform !== "linux")(
  "a DATA_DIR where no folder can be is named",
  async () => {
    const { code, lines } = await start({ DATA_DIR: "/proc/skyrange" });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain('DATA_DIR is "/proc/skyrange"');
  },
);
