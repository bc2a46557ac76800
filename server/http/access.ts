// Who may use a route. Every route states it with `allow` or `allowAnybody`; a test walks all
// mounted routes and fails on one that does not.
import type { IncomingMessage } from "node:http";
import type { NextFunction } from "express";
import type { Person } from "../../contract/wire/account.ts";
import { mayDo, type Action } from "../accounts/permissions.ts";
import { HttpProblem } from "./problem.ts";

/** A middleware that knows nothing of the route's parts, so that the route keeps their types. */
export type AccessStatement = (
  request: IncomingMessage,
  response: unknown,
  next: NextFunction,
) => void;

const statements = new WeakMap<object, string>();
const people = new WeakMap<IncomingMessage, Person>();

/** Called once a request, by the session middleware. */
export function rememberPerson(request: IncomingMessage, person: Person): void {
  people.set(request, person);
}

/** The signed-in person of a route that stands behind `allow`. */
export function personOf(request: IncomingMessage): Person {
  const person = people.get(request);
  if (person === undefined) throw new Error("This route is not behind allow(): nobody is known.");
  return person;
}

/** Only for people whose role may do this: 401 for strangers, 403 for other roles. */
export function allow(action: Action): AccessStatement {
  const check: AccessStatement = (request, _response, next) => {
    const person = people.get(request);
    if (person === undefined) {
      const detail = "Sign in first: this is only for people of the site.";
      throw new HttpProblem({ status: 401, kind: "signedOut", title: "Not signed in", detail });
    }
    if (!mayDo(person.role, action)) {
      const detail = `Your role, ${person.role}, may not do this (${action}).`;
      throw new HttpProblem({ status: 403, kind: "forbidden", title: "Not allowed", detail });
    }
    next();
  };
  statements.set(check, action);
  return check;
}

/** For strangers too; the reason is for who reads the route. */
export function allowAnybody(reason: string): AccessStatement {
  const check: AccessStatement = (_request, _response, next) => next();
  statements.set(check, `anybody: ${reason}`);
  return check;
}

/** What a handler states, or undefined where it is no access statement. */
export function statementOf(handler: object): string | undefined {
  return statements.get(handler);
}
