// Every refusal as application/problem+json (RFC 9457), from one error handler. Routes throw an
// HttpProblem; whatever else is thrown is a failure of ours, told as such and logged whole.
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Conflict, Fault, Problem, Verdict } from "../../contract/wire/problem.ts";
import type { Log } from "../log.ts";
import { DatabaseUnavailable } from "../store/database-unavailable.ts";

interface ProblemParts {
  readonly status: number;
  /** Stable name of the kind of problem, as "ruleFailed". */
  readonly kind: string;
  readonly title: string;
  /** For a person: what was expected, what was found. */
  readonly detail: string;
  readonly faults?: readonly Fault[];
  readonly conflicts?: readonly Conflict[];
  readonly verdicts?: readonly Verdict[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by a route to answer with a problem. */
export class HttpProblem extends Error {
  readonly parts: ProblemParts;

  constructor(parts: ProblemParts) {
    super(`${parts.title} ${parts.detail}`);
    this.parts = parts;
  }
}

/** Throws: what is not there, or may not be known of, is answered alike. */
export function notFound(what = "What you asked for"): never {
  throw new HttpProblem({
    status: 404,
    kind: "notFound",
    title: "Not found",
    detail: `${what} was not found.`,
  });
}

/** What would answer is at its limit, or away for a moment. */
export function unavailable(detail: string, retryAfterS: number): HttpProblem {
  const headers = { "Retry-After": String(retryAfterS) };
  return new HttpProblem({
    status: 503,
    kind: "unavailable",
    title: "Not at the moment",
    detail,
    headers,
  });
}

/** One line for a person. `whole` names what a fault without a path is about. */
export function describeFault({ path, expected, found }: Fault, whole: string): string {
  return `${path === "" ? whole : path}: expected ${expected}; found ${found}.`;
}

/** The request itself is wrong. */
export function malformed(faults: readonly Fault[]): HttpProblem {
  const [first] = faults;
  const detail =
    first === undefined ? "The request could not be read." : describeFault(first, "The body");
  const title = "The request is not well formed";
  return new HttpProblem({ status: 400, kind: "malformed", title, detail, faults });
}

interface ParserError {
  /** Absent where the body could not be unpacked: gzip that is none. */
  readonly type?: string;
  readonly status: number;
  readonly limit?: number;
  readonly length?: number;
  readonly message: string;
}

/** What Express's body parser throws. */
function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}

/** V8 quotes the text around a fault, which may be a secret. */
function withoutQuote(message: string): string {
  return message.replace(/,? *(?:\.\.\.)?"[^]*"(?:\.\.\.)? is not valid JSON/, "");
}

function parserProblem(error: ParserError): ProblemParts {
  if (error.type === "entity.too.large") {
    const { limit = 0, length } = error;
    const found = length === undefined ? "more" : `${length} bytes`;
    const detail = `Expected a body of at most ${limit} bytes; found ${found}.`;
    return { status: 413, kind: "tooLarge", title: "The body is too large", detail };
  }
  if (error.type === "entity.parse.failed") {
    const detail = `Expected JSON; found something else: ${withoutQuote(error.message)}.`;
    return { status: 400, kind: "malformed", title: "The body is not JSON", detail };
  }
  const status = error.status >= 400 && error.status < 500 ? error.status : 400;
  const title = "The request could not be read";
  return { status, kind: "malformed", title, detail: `${error.message}.` };
}

function partsOf(error: unknown): ProblemParts | undefined {
  if (error instanceof HttpProblem) return error.parts;
  if (error instanceof DatabaseUnavailable) {
    const again = "Try again in a few seconds; look first whether a change you sent was made.";
    return unavailable(`The database does not answer at the moment. ${again}`, 5).parts;
  }
  if (isParserError(error)) return parserProblem(error);
  if (error instanceof URIError) {
    const detail = "Expected an address that can be decoded; found stray % signs.";
    return { status: 400, kind: "malformed", title: "The address is not well formed", detail };
  }
  return undefined;
}

const ownFailure: ProblemParts = {
  status: 500,
  kind: "failure",
  title: "The server failed",
  detail: "Nothing is known to be wrong with the request. Report the errorId with what you did.",
};

function send(response: Response, parts: ProblemParts, errorId: string): void {
  const { status, kind, title, detail, faults, conflicts, verdicts, headers = {} } = parts;
  const problem: Problem = {
    type: `urn:skyrange:problem:${kind}`,
    title,
    status,
    detail,
    errorId,
    ...(faults === undefined ? {} : { faults: [...faults] }),
    ...(conflicts === undefined ? {} : { conflicts: [...conflicts] }),
    ...(verdicts === undefined ? {} : { verdicts: [...verdicts] }),
  };
  response.status(status).set(headers).type("application/problem+json");
  response.send(JSON.stringify(problem));
}

/** The last handler of the app. The errorId in the answer is also in the log. */
export function problemHandler(ports: {
  readonly log: Log;
  readonly makeErrorId: () => string;
}): ErrorRequestHandler {
  return (error, request, response, next) => {
    const errorId = ports.makeErrorId();
    const parts = partsOf(error);
    const fields = { errorId, method: request.method, path: request.path };
    if (parts === undefined) ports.log.error("A request failed", { ...fields, error });
    else if (error instanceof DatabaseUnavailable)
      ports.log.error("The database does not answer", { ...fields, error });
    else
      ports.log.info("A request was refused", { ...fields, status: parts.status, why: parts.kind });
    if (response.headersSent) {
      next(error);
      return;
    }
    send(response, parts ?? ownFailure, errorId);
  };
}

/** For addresses that no route answers. */
export const unknownAddress: RequestHandler = (request) => {
  notFound(`${request.method} ${request.originalUrl.split("?")[0] ?? ""}`);
};
