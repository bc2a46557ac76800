// One Skyrange on one DATA_DIR: a listening socket in it, which the system closes with the process
// that holds it, however that ends. Called by server/supervisor.ts.
import { rmSync } from "node:fs";
import { platform } from "node:os";
import { connect, createServer, type Server } from "node:net";
import { localSocketPath } from "./cluster/local-socket.ts";

/** Held until `release`, or `taken` by another process. */
export type DataDirLock =
  { readonly kind: "held"; readonly release: () => void } | { readonly kind: "taken" };

/** Takes the lock. A socket file that nobody listens on any more is replaced. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const path = localSocketPath(dataDir, "skyrange");
  if (await answers(path)) return { kind: "taken" };
  if (platform() !== "win32") rmSync(path, { force: true });
  const server = createServer((socket) => socket.destroy());
  await listen(server, path);
  server.unref();
  return { kind: "held", release: () => void server.close() };
}

/** True where something listens on a local socket. */
export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
}
