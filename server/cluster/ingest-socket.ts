// Where ingest and the web process meet. Called by both ends of the local pipe and by the
// supervisor, which asks there whether an ingest process already runs.
import { createHash } from "node:crypto";
import { platform } from "node:os";
import { join } from "node:path";

/** A Unix socket in DATA_DIR; on Windows a named pipe whose name follows from DATA_DIR. */
export function ingestSocketPath(dataDir: string): string {
  if (platform() !== "win32") return join(dataDir, "ingest.sock");
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return `\\\\.\\pipe\\skyrange-ingest-${name}`;
}
