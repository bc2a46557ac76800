// npm run bench -- [SUITE] [--json] [--seconds N] [--rate N]
// Runs the benchmarks and prints each figure beside its baseline of the same run. --seconds is the
// length of a run by real sockets, --rate its datagrams a second.
import { parseArgs } from "node:util";
import type { BenchFigure, BenchOptions } from "./bench-figure.ts";
import { run as runDecode } from "./decode.bench.ts";
import { run as runDurable } from "./durable.bench.ts";
import { run as runGeofence } from "./geofence.bench.ts";
import { run as runIngest } from "./ingest.bench.ts";
import { run as runReplay } from "./replay.bench.ts";

type Suite = (options: BenchOptions) => Promise<readonly BenchFigure[]> | readonly BenchFigure[];

const suites: ReadonlyMap<string, Suite> = new Map<string, Suite>([
  ["decode", runDecode],
  ["ingest", runIngest],
  ["durable", runDurable],
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
    options: {
      json: { type: "boolean", default: false },
      seconds: { type: "string", default: "5" },
      rate: { type: "string" },
    },
  });
  const options = {
    seconds: Number(values.seconds),
    perS: values.rate === undefined ? undefined : Number(values.rate),
    tell: (line: string) => console.error(line),
  };
  if (!(options.seconds > 0) || !(options.perS === undefined || options.perS > 0)) {
    const found = `${values.seconds} and ${values.rate ?? "none"}`;
    console.error(`--seconds and --rate are numbers above 0; found ${found}.`);
    return 1;
  }
  const unknown = positionals.filter((name) => !suites.has(name));
  if (unknown.length > 0) {
    console.error(`Suites are ${[...suites.keys()].join(", ")}; found ${unknown.join(", ")}.`);
    return 1;
  }
  for (const [name, run] of suites) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    for (const figure of await run(options)) {
      console.log(values.json ? JSON.stringify(figure) : inWords(figure));
    }
  }
  return 0;
}

process.exitCode = await main();
