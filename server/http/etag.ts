// Versions of things in ETag and If-Match: every change of a booking names the version it is meant
// for (428 without, 412 where that is no longer the newest).
import type { Request } from "express";
import { HttpProblem } from "./problem.ts";

export function etagOf(version: number): string {
  return `"${version}"`;
}

/** 412: somebody was quicker. */
export function staleVersion(found: string, newest: number): HttpProblem {
  return staleTag(found, etagOf(newest));
}

export function staleTag(found: string, newestTag: string): HttpProblem {
  const detail = `Expected If-Match ${newestTag}, the newest version; found ${found}.`;
  const title = "It has changed meanwhile";
  const headers = { etag: newestTag };
  return new HttpProblem({ status: 412, kind: "stale", title, detail, headers });
}

function versionMissing(): HttpProblem {
  const detail = 'Expected the header If-Match with the version you saw, as "3"; found none.';
  const title = "Say which version you mean";
  return new HttpProblem({ status: 428, kind: "versionMissing", title, detail });
}

/**
 * Throws where the request is not meant for the thing as it is now: 428 without If-Match, 412 where
 * it names another state.
 */
export function demandTag(request: Request, newestTag: string): void {
  const header = request.get("if-match");
  if (header === undefined) throw versionMissing();
  const named = header.split(",").map((tag) => tag.trim());
  if (header.trim() === "*" || named.includes(newestTag)) return;
  throw staleTag(header, newestTag);
}

/**
 * The version that the request is meant for, as RFC 9110 section 13.1.1 compares: the newest one
 * where the header is `*` or names it; else NaN, which no version equals.
 */
export function versionAsked(request: Request, newest: number): number {
  const header = request.get("if-match");
  if (header === undefined) throw versionMissing();
  const named = header.split(",").map((tag) => tag.trim());
  return header.trim() === "*" || named.includes(etagOf(newest)) ? newest : Number.NaN;
}
