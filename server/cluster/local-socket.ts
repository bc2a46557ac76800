// Where the programs of one DATA_DIR meet on this machine. Called for the way to ingest and for the
// lock of DATA_DIR.
import { createHash } from "node:crypto";
import { platform, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * The longest path a local socket may have, in bytes: macOS allows 103, Linux 107. Longer ones are
 * cut without a word, and two sockets would become one.
 */
export const socketPathBytesMax = 100;

/**
 * A Unix socket in DATA_DIR; where its path would be too long, one in the system's folder for
 * temporary files, and on Windows a named pipe, whose names follow from DATA_DIR.
 */
export function localSocketPath(dataDir: string, name: string): string {
  const path = join(dataDir, `${name}.sock`);
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  if (platform() === "win32") return `\\\\.\\pipe\\skyrange-${name}-${hash}`;
  const fits = Buffer.byteLength(path) <= socketPathBytesMax;
  return fits ? path : join(tmpdir(), `skyrange-${name}-${hash}.sock`);
}
