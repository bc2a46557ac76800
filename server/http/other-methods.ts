// A known path asked with a method that it does not have: 405 with what it does have (RFC 9110
// section 15.5.6), for who may see the thing; for others it is not there. The last handler behind
// the routers that it looks through; mounted by http-app.ts.
import { ServerResponse } from "node:http";
import type { Request, RequestHandler, Response, Router } from "express";
import { statementOf, type AccessStatement } from "./access.ts";
import { HttpProblem, notFound } from "./problem.ts";

interface MountedRoute {
  readonly segments: readonly string[];
  /** As HTTP writes them. */
  readonly methods: readonly string[];
  readonly statement: AccessStatement;
}

/** Routes that a router mounts, those of routers inside it too. */
function routesOf(router: Router): MountedRoute[] {
  return router.stack.flatMap((layer): MountedRoute[] => {
    const { route } = layer;
    if (route === undefined) {
      const inner = layer.handle as unknown as Partial<Router>;
      return inner.stack === undefined ? [] : routesOf(inner as Router);
    }
    const stated = route.stack.find(({ handle }) => statementOf(handle) !== undefined);
    if (stated === undefined) return [];
    const statement = stated.handle as unknown as AccessStatement;
    const methods = route.stack.map(({ method }) => method.toUpperCase());
    return [{ segments: segmentsOf(route.path), methods, statement }];
  });
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** @param asked Segments of the address. */
function isAt({ segments }: MountedRoute, asked: readonly string[]): boolean {
  if (segments.length !== asked.length) return false;
  return segments.every((segment, at) => segment.startsWith(":") || segment === asked[at]);
}

/** True for who may use the route by role; whose thing it is is not looked at. */
function mayUse({ statement }: MountedRoute, request: Request): boolean {
  let isPassed = false;
  try {
    statement(request, undefined, () => (isPassed = true));
  } catch {
    return false;
  }
  return isPassed;
}

/** What lies at the path or above it and can be read: a booking for the steps of it. */
function readableAbove(
  routes: readonly MountedRoute[],
  asked: readonly string[],
): string | undefined {
  for (let length = Math.min(2, asked.length); length <= asked.length; length += 1) {
    const above = asked.slice(0, length);
    const isRead = routes.some((one) => isAt(one, above) && one.methods.includes("GET"));
    if (isRead) return `/${above.join("/")}`;
  }
  return undefined;
}

/** Whether reading it would succeed, asked of its own route with an answer that goes nowhere. */
async function isVisible(
  routers: readonly Router[],
  request: Request,
  response: Response,
  path: string,
): Promise<boolean> {
  const { method, url } = request;
  request.method = "HEAD";
  request.url = path;
  const answer = Object.setPrototypeOf(
    new ServerResponse(request),
    Object.getPrototypeOf(response) as object,
  ) as Response;
  answer.req = request;
  try {
    for (const router of routers) {
      const outcome = await new Promise<boolean | undefined>((resolve) => {
        // Without a socket nothing is ever sent: what ends the answer tells.
        answer.end = () => {
          resolve(answer.statusCode < 400);
          return answer;
        };
        router(request, answer, (error?: unknown) => resolve(error ? false : undefined));
      });
      if (outcome !== undefined) return outcome;
    }
    return false;
  } finally {
    request.method = method;
    request.url = url;
  }
}

/** The handler behind these routers. */
export function otherMethods(routers: readonly Router[]): RequestHandler {
  const routes = routers.flatMap(routesOf);
  return async (request, response, next) => {
    const asked = segmentsOf(request.path);
    const here = routes.filter((one) => isAt(one, asked));
    if (here.length === 0) {
      next();
      return;
    }
    const methods = here.filter((one) => mayUse(one, request)).flatMap((one) => one.methods);
    const readable = readableAbove(routes, asked);
    const isSeen =
      methods.length > 0 &&
      (readable === undefined || (await isVisible(routers, request, response, readable)));
    if (!isSeen) notFound(`${request.method} ${request.originalUrl.split("?")[0] ?? ""}`);
    throw notAllowed(request.method, methods);
  };
}

function notAllowed(found: string, methods: readonly string[]): HttpProblem {
  const all = new Set(methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one])));
  const allow = [...all].sort().join(", ");
  return new HttpProblem({
    status: 405,
    kind: "methodNotAllowed",
    title: "Not with this method",
    detail: `Expected ${allow} at this address; found ${found}.`,
    headers: { allow },
  });
}
