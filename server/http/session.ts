// /session: sign in, who am I, sign out.
import { Router, type RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { signInSchema } from "../../contract/wire/account.ts";
import type { SignIn } from "../accounts/sign-in.ts";
import { allow, allowAnybody, personOf } from "./access.ts";
import { HttpProblem } from "./problem.ts";
import { readBody } from "./read-input.ts";
import { sessionCookieName, type Sessions } from "./sessions.ts";

/** Failed sign-ins within the window, after which further ones are turned away. */
export const signInLimits = {
  windowMs: 5 * 60_000,
  failuresByAddressMax: 60,
  failuresByEmailMax: 12,
} as const;

function limited(failuresMax: number, keyOf: (request: Parameters<RequestHandler>[0]) => string) {
  return rateLimit({
    windowMs: signInLimits.windowMs,
    limit: failuresMax,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    keyGenerator: keyOf,
    handler: (_request, _response, next) => {
      const seconds = signInLimits.windowMs / 1000;
      const detail = `Too many failed sign-ins. Wait up to ${seconds / 60} minutes and try again.`;
      const title = "Too many attempts";
      const headers = { "retry-after": String(seconds) };
      next(new HttpProblem({ status: 429, kind: "tooMany", title, detail, headers }));
    },
  });
}

function emailOf(body: unknown): string {
  const email = typeof body === "object" && body !== null && "email" in body ? body.email : "";
  return typeof email === "string" ? email.trim().toLowerCase().slice(0, 200) : "";
}

/**
 * Guesses are counted for an account from one address: a stranger's wrong guesses must not keep a
 * controller out, and one address may not try many accounts either (see the limit by address).
 */
function accountKeyOf(request: Parameters<RequestHandler>[0]): string {
  return `${emailOf(request.body)} ${ipKeyGenerator(request.ip ?? "")}`;
}

export function createSessionRouter(ports: {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
}): Router {
  const router = Router();
  router.post(
    "/session",
    allowAnybody("it is how a stranger becomes known"),
    limited(signInLimits.failuresByAddressMax, (request) => ipKeyGenerator(request.ip ?? "")),
    limited(signInLimits.failuresByEmailMax, accountKeyOf),
    async (request, response) => {
      const { email, password } = readBody(signInSchema, request);
      const person = await ports.signIn(email, password);
      if (person === undefined) {
        const detail = "The email address or the password is wrong.";
        throw new HttpProblem({ status: 401, kind: "signIn", title: "Not signed in", detail });
      }
      await ports.sessions.signIn(request, person);
      response.status(200).json(person);
    },
  );
  router.get("/session", allow("session.read"), (request, response) => {
    response.json(personOf(request));
  });
  router.delete("/session", allow("session.end"), async (request, response) => {
    await ports.sessions.signOut(request);
    response.clearCookie(sessionCookieName, { path: "/" }).status(204).end();
  });
  return router;
}
