// `npm test`: runs every test project and ends with the one line `N passed, N failed`. Ends
// non-zero when anything failed, when a file could not be run, and when there was no test at all.
// --long (npm run test:long) runs the long forms; other arguments go to vitest as they are.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const resultFile = path.join(root, "node_modules", ".cache", "skyrange", "test-result.json");

/** Runs vitest to its end, and gives its exit code. */
function runVitest(args, env) {
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${resultFile}`];
  const child = spawn(process.execPath, [vitest, "run", ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  // A terminal sends Ctrl-C to both; whoever ends this process alone means both.
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Counts tests; a file that could not be loaded, or whose hooks failed, counts as one failure. */
function count() {
  const total = { passed: 0, failed: 0, skipped: [] };
  let result;
  try {
    result = JSON.parse(readFileSync(resultFile, "utf8"));
  } catch {
    return { ...total, failed: 1 }; // vitest ended before it could tell.
  }
  for (const file of result.testResults) {
    let failedHere = 0;
    for (const { status, fullName } of file.assertionResults) {
      if (status === "passed") total.passed += 1;
      else if (status === "failed") failedHere += 1;
      else total.skipped.push(fullName);
    }
    if (failedHere === 0 && file.status === "failed") failedHere = 1;
    total.failed += failedHere;
  }
  return total;
}

const args = process.argv.slice(2).filter((argument) => argument !== "--long");
const env = process.argv.includes("--long") ? { LONG: "1" } : {};
const withoutBrowser = process.env["E2E"] === "0";
if (withoutBrowser) args.push("--project=!e2e");

mkdirSync(path.dirname(resultFile), { recursive: true });
rmSync(resultFile, { force: true });
const exitCode = await runVitest(args, env);
const { passed, failed, skipped } = count();
// An error outside any test fails the run although every test passed.
const failedInAll = failed === 0 && exitCode !== 0 && passed > 0 ? 1 : failed;
if (withoutBrowser) console.log("E2E=0: the browser tests were left out.");
if (passed + failedInAll === 0) console.log("No test was run.");
for (const name of skipped) console.log(`skipped: ${name}`);
if (skipped.length > 0) console.log(`${skipped.length} skipped.`);
console.log(`${passed} passed, ${failedInAll} failed`);
process.exitCode = failedInAll > 0 || passed === 0 || exitCode !== 0 ? 1 : 0;
