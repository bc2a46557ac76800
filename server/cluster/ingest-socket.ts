// Where ingest and the web process meet. Called by both ends of the local pipe and by the
// supervisor, which asks there whether an ingest process already runs.
import { localSocketPath } from "./local-socket.ts";

/** Path of the socket on which ingest serves the web process of `dataDir`. */
export function ingestSocketPath(dataDir: string): string {
  return localSocketPath(dataDir, "ingest");
}
