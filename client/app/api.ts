// The page's way to the server: every answer is a value, checked by its schema. Pages call it, or
// useResource, which calls it for them.
import type { ZodType } from "zod";
import type { Problem } from "../../contract/wire/problem.ts";
import { problemSchema } from "../../contract/wire/problem.ts";
import { pageClock } from "./clock.ts";

/** What came back. `problem` is the server's own refusal, or why no answer could be had. */
export type Answer<T> =
  | {
      readonly kind: "ok";
      readonly value: T;
      readonly status: number;
      readonly etag: string | null;
    }
  | { readonly kind: "problem"; readonly problem: Problem };

interface SendOptions {
  /** The version being changed, from an ETag; required by the server for every change. */
  readonly ifMatch?: string;
  /** Makes a repeated create answer as the first did. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** Problem types that the page itself makes; the texts are in shell-messages. */
export const ownProblemType = {
  unreachable: "skyrange:unreachable",
  unreadable: "skyrange:unreadable",
} as const;

const signedOutListeners = new Set<() => void>();

/** Calls back whenever the server answers that nobody is signed in. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

function ownProblem(type: string, status: number, detail: string): Answer<never> {
  return { kind: "problem", problem: { type, title: "", status, detail, errorId: "" } };
}

/** The server's Date header has whole seconds: the middle of that second is the best guess. */
function anchorClock(response: Response): void {
  const serverTimeMs = Date.parse(response.headers.get("date") ?? "");
  if (!Number.isNaN(serverTimeMs)) pageClock.anchorTo(serverTimeMs + 500);
}
let clockIsAnchored = false;

async function readAnswer<T>(response: Response, schema: ZodType<T>): Promise<Answer<T>> {
  const text = await response.text();
  let body: unknown;
  try {
    body = text === "" ? undefined : JSON.parse(text);
  } catch {
    return ownProblem(ownProblemType.unreadable, response.status, text.slice(0, 200));
  }
  if (!response.ok) {
    const problem = problemSchema.safeParse(body);
    return problem.success
      ? { kind: "problem", problem: problem.data }
      : ownProblem(ownProblemType.unreadable, response.status, text.slice(0, 200));
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const where = parsed.error.issues[0];
    const detail = where === undefined ? "" : `${where.path.join(".")}: ${where.message}`;
    return ownProblem(ownProblemType.unreadable, response.status, detail);
  }
  const etag = response.headers.get("etag");
  return { kind: "ok", value: parsed.data, status: response.status, etag };
}

async function send<T>(
  method: string,
  path: string,
  schema: ZodType<T>,
  body: unknown,
  options: SendOptions,
): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (options.ifMatch !== undefined) headers["if-match"] = options.ifMatch;
  if (options.idempotencyKey !== undefined) headers["idempotency-key"] = options.idempotencyKey;
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    if (!clockIsAnchored) anchorClock(response);
    clockIsAnchored = true;
    if (response.status === 401) for (const listener of signedOutListeners) listener();
    return await readAnswer(response, schema);
  } catch (error) {
    // No connection, cut off while the answer came, or asked for no longer.
    const detail = error instanceof Error ? error.message : String(error);
    return ownProblem(ownProblemType.unreachable, 0, detail);
  }
}

/** Paths are below /api/v1 and start with a slash. */
export const api = {
  get: <T>(path: string, schema: ZodType<T>, options: SendOptions = {}) =>
    send("GET", path, schema, undefined, options),
  post: <T>(path: string, body: unknown, schema: ZodType<T>, options: SendOptions = {}) =>
    send("POST", path, schema, body, options),
  patch: <T>(path: string, body: unknown, schema: ZodType<T>, options: SendOptions = {}) =>
    send("PATCH", path, schema, body, options),
  delete: <T>(path: string, schema: ZodType<T>, options: SendOptions = {}) =>
    send("DELETE", path, schema, undefined, options),
};
