// Takes a local socket in place of a file that a dead process left: of several that try at once
// one gets it. Called for the way to ingest and for the lock of DATA_DIR.
import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { connect, type Server } from "node:net";
import { platform } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** How long another may be at it: it takes milliseconds, so a guard this old is of a dead one. */
const guardMsMax = 3_000;
const guardEveryMs = 25;

/** False where a living process listens there already. Rejects where it cannot be listened on. */
export async function takeSocket(server: Server, path: string): Promise<boolean> {
  // Named pipes of Windows go with their process, and no two have one name.
  if (platform() === "win32") return listen(server, path);
  const guard = `${path}.taking`;
  await takeGuard(guard);
  try {
    if (await answers(path)) return false;
    rmSync(path, { force: true });
    return await listen(server, path);
  } finally {
    rmSync(guard, { force: true });
  }
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

/** A file that only one can make: between the look and the listening nobody else looks. */
async function takeGuard(guard: string): Promise<void> {
  let seen: number | undefined;
  for (let waitedMs = 0; !isMade(guard); waitedMs += guardEveryMs) {
    const found = statSync(guard, { throwIfNoEntry: false })?.mtimeMs;
    // Another one is at it now.
    if (found !== seen) waitedMs = 0;
    seen = found;
    if (waitedMs >= guardMsMax) rmSync(guard, { force: true });
    else await wait(guardEveryMs);
  }
}

function isMade(guard: string): boolean {
  try {
    closeSync(openSync(guard, "wx", 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    };
    server.once("error", refused);
    server.listen(path, () => {
      server.off("error", refused);
      resolve(true);
    });
  });
}
