// One setup at a time in a checkout: `npm start` and `npm test` begun together must not install
// over each other. The lock is a file that its holder touches; one left behind by a process that
// is gone, or untouched for a while (another machine on a shared disk), is taken over.
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { writeSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";

const touchEveryMs = 5_000;
const untouchedMsMax = 60_000;
const lookEveryMs = 500;
const takeoverMsMax = 10_000;

/** Creates the file if it does not exist; true when this call created it. */
function create(file, text) {
  try {
    const handle = openSync(file, "wx");
    writeSync(handle, text);
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Removed by hand: the work goes on, and giving the lock back does nothing.
  }
}

function ageMs(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0; // It has just been released.
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function isStale(file) {
  if (ageMs(file) > untouchedMsMax) return true;
  try {
    const { host, pid } = JSON.parse(readFileSync(file, "utf8"));
    return host === hostname() && !isAlive(pid);
  } catch {
    return false; // Released, or still being written; its age decides.
  }
}

/** Removes a stale lock. Two that find it stale at once take turns, and the second looks again. */
function clearStale(file) {
  const takeover = `${file}.takeover`;
  if (ageMs(takeover) > takeoverMsMax) rmSync(takeover, { force: true });
  if (!create(takeover, "")) return;
  try {
    if (isStale(file)) rmSync(file, { force: true });
  } finally {
    rmSync(takeover, { force: true });
  }
}

/**
 * Runs `work` while holding the lock `file`, waiting for another holder first.
 * The lock is given back on every way out; a holder that was killed is found to be gone.
 */
export async function withLock(file, say, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!create(file, JSON.stringify({ host: hostname(), pid: process.pid }))) {
    if (isStale(file)) clearStale(file);
    else if (!told) say("another command is setting up this checkout; waiting for it …");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  const toucher = setInterval(() => touch(file), touchEveryMs);
  try {
    await work();
  } finally {
    clearInterval(toucher);
    process.removeListener("exit", release);
    release();
  }
}
