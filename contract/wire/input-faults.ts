// What a schema finds wrong in an input, as faults for a person: where, what was expected, what was
// found. Called for the bodies and queries of requests, and for the files of a site.
import { expectedBy, type Issue } from "./expected-by.ts";
import type { Fault } from "./problem.ts";

const foundLengthMax = 80;

/** @param input What the schema was given, to tell what was found at each place. */
export function inputFaults(issues: readonly Issue[], input: unknown): Fault[] {
  return issues.flatMap((issue) => faultsOf(issue, input));
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isBeyondRange(value)) return beyondRange;
  const text = shallowJson(value);
  return text.length > foundLengthMax ? `${text.slice(0, foundLengthMax)}…` : text;
}

const beyondRange = "a number beyond the range";

/** What JSON reads as infinite: a number as 1e999. */
function isBeyondRange(value: unknown): boolean {
  return value === Infinity || value === -Infinity;
}

/** As JSON; by its kind where it is nested too deeply to be written. */
function shallowJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, one: unknown) => (isBeyondRange(one) ? beyondRange : one));
  } catch {
    return Array.isArray(value) ? "a deeply nested array" : "a deeply nested object";
  }
}

function faultsOf(issue: Issue, input: unknown): Fault[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      expected: "no field of this name",
      found: describe(valueAt(input, [...issue.path, key])),
    }));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    // The variant that came nearest says most.
    const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    return nearest.flatMap((inner) =>
      faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, input),
    );
  }
  const found = describe(valueAt(input, issue.path));
  return [{ path: path.join("."), expected: expectedBy(issue), found }];
}
