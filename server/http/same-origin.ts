// Against forged requests from other sites, beside the cookie's SameSite=Lax: changes must come
// from a page of ours or from no page at all, and bodies must be JSON, which no form can send.
import type { RequestHandler } from "express";
import { HttpProblem } from "./problem.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

function refusal(detail: string): HttpProblem {
  const title = "Refused for your safety";
  return new HttpProblem({ status: 403, kind: "foreignOrigin", title, detail });
}

/** @param publicUrl The server's address as people reach it, where one is set. */
export function sameOriginOnly(publicUrl: string | undefined): RequestHandler {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return (request, _response, next) => {
    if (safeMethods.has(request.method)) {
      next();
      return;
    }
    const origin = request.get("origin");
    const host = origin === undefined || !URL.canParse(origin) ? undefined : new URL(origin).host;
    const own = [request.get("host"), publicHost];
    if (origin !== undefined && (host === undefined || !own.includes(host))) {
      throw refusal(`Expected a request from a page of this server; found one from ${origin}.`);
    }
    if (request.get("sec-fetch-site") === "cross-site") {
      throw refusal("Expected a request from a page of this server; found one from another site.");
    }
    const hasBody = request.get("content-length") !== "0" && request.is("*/*") !== null;
    if (hasBody && request.is("application/json") === false) {
      const found = request.get("content-type") ?? "none";
      const detail = `Expected Content-Type: application/json; found ${found}.`;
      const title = "The body is not JSON";
      throw new HttpProblem({ status: 415, kind: "mediaType", title, detail });
    }
    next();
  };
}
