// `npm run check`: everything that must hold before a commit. Steps run two at a time and all of
// them run, so that one look shows all faults; each says how long it took.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cache = "node_modules/.cache/skyrange";
const atOnceMax = 2;

// The slowest first, so that the last ones to end are short.
const steps = [
  {
    name: "lint",
    program: "eslint/bin/eslint.js",
    args: [".", "--cache", "--cache-strategy=content", `--cache-location=${cache}/eslint`],
  },
  { name: "unit and tidy tests", program: "vitest/vitest.mjs", args: ["run", "--project=unit"] },
  { name: "types (node)", program: "typescript/bin/tsc", args: ["-p", "tsconfig.json"] },
  { name: "types (page)", program: "typescript/bin/tsc", args: ["-p", "client/tsconfig.json"] },
  { name: "unused code", program: "knip/bin/knip.js", args: ["--no-progress"] },
  {
    name: "format",
    program: "prettier/bin/prettier.cjs",
    args: ["--check", "--cache", `--cache-location=${cache}/prettier`, "--log-level=warn", "."],
  },
];

function run(step) {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const program = path.join(root, "node_modules", step.program);
    const child = spawn(process.execPath, [program, ...step.args], {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = [];
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.once("error", (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.once("close", (code) => {
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      const good = code === 0;
      if (!good) process.stdout.write(Buffer.concat(output));
      console.log(`${good ? "ok    " : "FAILED"} ${step.name} (${seconds} s)`);
      resolve({ name: step.name, good });
    });
  });
}

mkdirSync(path.join(root, cache), { recursive: true });
const waiting = [...steps];
const results = [];
const worker = async () => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    results.push(await run(step));
  }
};
await Promise.all(Array.from({ length: atOnceMax }, worker));

const failed = results.filter((result) => !result.good).map((result) => result.name);
console.log(failed.length === 0 ? "check: all good" : `check: failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
