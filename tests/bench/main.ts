// npm run bench -- [SUITE] [--json]
// Runs the benchmarks and prints each figure beside its baseline of the same run.
import { parseArgs } from "node:util";
import type { BenchFigure } from "./bench-figure.ts";
import { run as runDecode } from "./decode.bench.ts";
import { run as runGeofence } from "./geofence.bench.ts";
import { run as runIngest } from "./ingest.bench.ts";
import { run as runReplay } from "./replay.bench.ts";

type Suite = () => Promise<readonly BenchFigure[]> | readonly BenchFigure[];

const suites: ReadonlyMap<string, Suite> = new Map<string, Suite>([
  ["decode", runDecode],
  ["ingest", runIngest],
  ["geofence", runGeofence],
  ["replay", runReplay],
]);

function inWords({ suite, case: name, value, unit, baseline, ratio }: BenchFigure): string {
  const against = baseline === null ? "" : `   baseline ${baseline.toPrecision(4)} ${unit}`;
  const better = ratio === null ? "" : `   ${ratio.toPrecision(3)} times better`;
  return `${suite}   ${name}   ${value.toPrecision(4)} ${unit}${against}${better}`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const unknown = positionals.filter((name) => !suites.has(name));
  if (unknown.length > 0) {
    console.error(`Suites are ${[...suites.keys()].join(", ")}; found ${unknown.join(", ")}.`);
    return 1;
  }
  for (const [name, run] of suites) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    for (const figure of await run()) {
      console.log(values.json ? JSON.stringify(figure) : inWords(figure));
    }
  }
  return 0;
}

process.exitCode = await main();
