// A known path asked with a method that it does not have: 405 with what it does have (RFC 9110
// section 15.5.6). It is said of every address of that form alike, so it tells nobody what is
// there; whose role may use none of its methods gets 404. The last handler behind the routers that
// it looks through; mounted by http-app.ts.
import type { Request, RequestHandler, Router } from "express";
import { statementOf, type AccessStatement } from "./access.ts";
import { HttpProblem } from "./problem.ts";

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

/** The handler behind these routers. */
export function otherMethods(routers: readonly Router[]): RequestHandler {
  const routes = routers.flatMap(routesOf);
  return (request, _response, next) => {
    const asked = segmentsOf(request.path);
    const here = routes.filter((one) => isAt(one, asked) && mayUse(one, request));
    if (here.length === 0) {
      next();
      return;
    }
    throw notAllowed(
      request.method,
      here.flatMap(({ methods }) => methods),
    );
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
