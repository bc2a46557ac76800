// One Skyrange on one DATA_DIR: a listening socket in it, which the system closes with the process
// that holds it, however that ends. Called by server/main.ts.
import { createServer } from "node:net";
import { localSocketPath } from "./cluster/local-socket.ts";
import { takeSocket } from "./cluster/take-socket.ts";

/** Held until `release`, or `taken` by another process. */
export type DataDirLock =
  { readonly kind: "held"; readonly release: () => void } | { readonly kind: "taken" };

/** Takes the lock. A socket file that nobody listens on any more is replaced. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const path = localSocketPath(dataDir, "skyrange");
  const server = createServer((socket) => socket.destroy());
  if (!(await takeSocket(server, path))) return { kind: "taken" };
  server.unref();
  return { kind: "held", release: () => void server.close() };
}
