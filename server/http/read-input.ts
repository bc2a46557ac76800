// Bodies and queries through their zod schema: the typed value, or 400 with every fault's path,
// what was expected and what was found. Called by every router.
import type { Request } from "express";
import type { ZodType } from "zod";
import type { Fault } from "../../contract/wire/problem.ts";
import { expectedBy, type Issue } from "./expected-by.ts";
import { malformed } from "./problem.ts";

/** Faults told of one request. */
const faultsMax = 50;
const foundLengthMax = 80;

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
  const text = shallowJson(value);
  return text.length > foundLengthMax ? `${text.slice(0, foundLengthMax)}…` : text;
}

/** As JSON; by its kind where it is nested too deeply to be written. */
function shallowJson(value: unknown): string {
  try {
    return JSON.stringify(value);
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

function read<T>(schema: ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, input));
  throw malformed(faults.slice(0, faultsMax));
}

/** The body; an absent one reads as an empty object. */
export function readBody<T>(schema: ZodType<T>, request: Request): T {
  return read(schema, request.body === undefined ? {} : request.body);
}

export function readQuery<T>(schema: ZodType<T>, request: Request): T {
  return read(schema, { ...request.query });
}
