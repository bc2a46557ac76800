// Bodies and queries through their zod schema: the typed value, or 400 with every fault's path,
// what was expected and what was found. Called by every router.
import type { Request } from "express";
import type { ZodType } from "zod";
import { inputFaults } from "../../contract/wire/input-faults.ts";
import { malformed } from "./problem.ts";

/** Faults told of one request. */
const faultsMax = 50;

function read<T>(schema: ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw malformed(inputFaults(parsed.error.issues, input).slice(0, faultsMax));
}

/** The body; an absent one reads as an empty object. */
export function readBody<T>(schema: ZodType<T>, request: Request): T {
  return read(schema, request.body === undefined ? {} : request.body);
}

export function readQuery<T>(schema: ZodType<T>, request: Request): T {
  return read(schema, { ...request.query });
}
