// Runs before every command (the `pre` scripts of package.json), on a fresh clone and on a used
// one: installs the packages when the lock file or the Node version changed, and with --client
// builds the page when its sources changed. Only `node:` imports: nothing else is installed yet.
// All it says goes to stderr, so that commands may print data for machines.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./setup-lock.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const installStamp = path.join(root, "node_modules", ".setup-stamp");
const clientStamp = path.join(root, "dist", ".setup-stamp");
const progressEveryMs = 20_000;

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function fail(text, exitCode) {
  say(text);
  process.exit(exitCode === 0 ? 1 : exitCode);
}

/** Vite and ESLint need 20.19; older ones would stop with a message about something else. */
function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Skyrange needs Node 20.19 or newer; this is Node ${process.versions.node}.`, 1);
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Runs a program, says every 20 s that it is still at work, and gives its exit code. */
function run(doing, program, args, env) {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const seconds = () => Math.round((performance.now() - startedMs) / 1_000);
    say(`${doing} …`);
    const ticker = setInterval(() => say(`${doing}: ${seconds()} s so far`), progressEveryMs);
    // npm and Vite write to stdout, which belongs to the command that follows: hence the two 2s.
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", 2, 2],
      shell: program === "npm",
    });
    // Stopping the setup stops the child first, so that the lock outlives it.
    const stop = (signal) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
    const done = (exitCode) => {
      clearInterval(ticker);
      for (const signal of ["SIGINT", "SIGTERM"]) process.removeListener(signal, stop);
      if (exitCode === 0) say(`${doing}: done in ${seconds()} s`);
      resolve(exitCode);
    };
    child.once("error", (error) => {
      say(error.message);
      done(1);
    });
    child.once("exit", (code, signal) => done(code ?? (signal === null ? 1 : 130)));
  });
}

function wantedInstall() {
  const hash = createHash("sha256");
  for (const name of ["package.json", "package-lock.json"]) {
    const file = path.join(root, name);
    if (!existsSync(file)) fail(`${name} is missing; is this a whole checkout?`, 1);
    if (name === "package-lock.json") hash.update(readFileSync(file));
    else hash.update(JSON.stringify(dependenciesOf(JSON.parse(readFileSync(file, "utf8")))));
  }
  const { platform, arch, versions } = process;
  return `${hash.digest("hex")} modules ${versions.modules} ${platform} ${arch}\n`;
}

/** What of package.json decides an install; a new script does not. */
function dependenciesOf(manifest) {
  const { dependencies, devDependencies, overrides, allowScripts } = manifest;
  return { dependencies, devDependencies, overrides, allowScripts };
}

async function install(wanted) {
  rmSync(installStamp, { force: true });
  const npm = process.env["npm_execpath"];
  const viaNode = npm !== undefined && /\.c?js$/.test(npm);
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const exitCode = await run(
    "installing the packages (some two minutes the first time)",
    viaNode ? process.execPath : "npm",
    viaNode ? [npm, ...args] : args,
    // sqlite3 may have to be compiled: with every core.
    { JOBS: "max", NODE_ENV: "" },
  );
  if (exitCode !== 0) {
    fail(`the packages could not be installed (npm ci ended with ${exitCode}).`, exitCode);
  }
  writeExecForWindows();
  writeFileSync(installStamp, wanted);
}

/**
 * The commands of package.json begin with `exec`, so that no shell stands between npm and the
 * program and signals reach it. The shell of Windows has no such word: there it just runs it.
 */
function writeExecForWindows() {
  if (process.platform !== "win32") return;
  writeFileSync(path.join(root, "node_modules", ".bin", "exec.cmd"), "@%*\r\n");
}

/** One line for each file the page is built from: a changed, added or removed one shows. */
function wantedClient() {
  const hash = createHash("sha256").update(readStamp(installStamp));
  for (const folder of ["client", "contract"]) {
    const names = readdirSync(path.join(root, folder), { recursive: true }).sort();
    for (const name of names) {
      const entry = statSync(path.join(root, folder, name), { throwIfNoEntry: false });
      if (entry?.isFile()) hash.update(`${folder}/${name} ${entry.mtimeMs} ${entry.size}\n`);
    }
  }
  return `${hash.digest("hex")}\n`;
}

async function buildClient(wanted) {
  rmSync(clientStamp, { force: true });
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", "client", "--logLevel", "warn"];
  const exitCode = await run("building the page", process.execPath, args, { NODE_ENV: "" });
  if (exitCode !== 0) fail(`the page could not be built (vite ended with ${exitCode}).`, exitCode);
  mkdirSync(path.dirname(clientStamp), { recursive: true });
  writeFileSync(clientStamp, wanted);
}

const needsInstall = () => readStamp(installStamp) !== wantedInstall();
const pageIndex = path.join(root, "dist", "client", "index.html");
const needsClient = () => readStamp(clientStamp) !== wantedClient() || !existsSync(pageIndex);

requireNode();
const withClient = process.argv.includes("--client");
if (needsInstall() || (withClient && needsClient())) {
  await withLock(path.join(root, ".cache", "setup.lock"), say, async () => {
    // Looked at again: another command may have done it while this one waited.
    if (needsInstall()) await install(wantedInstall());
    if (withClient && needsClient()) await buildClient(wantedClient());
  });
}
