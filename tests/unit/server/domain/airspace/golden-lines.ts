// Reads a golden file of tests/golden: one JSON object a line.
import { readFileSync } from "node:fs";
import path from "node:path";

export function goldenLines<Line>(name: string): Line[] {
  const file = path.join(import.meta.dirname, "../../../../golden", name);
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}
