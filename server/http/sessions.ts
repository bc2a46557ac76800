// The session cookie: who sent a request, for routes and for the pages' socket. Made once by the
// web process.
import { ServerResponse, type IncomingMessage } from "node:http";
import type { Request, RequestHandler } from "express";
import session from "express-session";
import type { Person } from "../../contract/wire/account.ts";
import type { AccountRepository, SessionRepository } from "../store/ports.ts";
import { rememberPerson } from "./access.ts";
import { SessionStore } from "./session-store.ts";

declare module "express-session" {
  interface SessionData {
    personId: string;
  }
}

/** A working day; every answer moves it on. */
export const sessionLengthMs = 12 * 3_600_000;
export const sessionCookieName = "skyrange.session";

export interface Sessions {
  /** Reads the cookie and knows the person; mount before every router of the API. */
  readonly middleware: readonly RequestHandler[];
  /** For what has no route, as the pages' socket. Undefined: a stranger. */
  personOfRequest(request: IncomingMessage): Promise<Person | undefined>;
  /** Under a new session id, so that one planted before is worth nothing. */
  signIn(request: Request, person: Person): Promise<void>;
  signOut(request: Request): Promise<void>;
}

export interface SessionPorts {
  readonly accounts: AccountRepository;
  readonly sessions: SessionRepository;
  readonly secret: string;
  /** True where people reach the server by https: the cookie then travels by https only. */
  readonly secure: boolean;
  readonly nowMs: () => number;
}

function promised(run: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
    });
  });
}

export function createSessions(ports: SessionPorts): Sessions {
  const readCookie = session({
    name: sessionCookieName,
    secret: ports.secret,
    store: new SessionStore(ports.sessions, ports.nowMs, sessionLengthMs),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    // Behind a proxy that speaks https for us, its X-Forwarded-Proto says so.
    ...(ports.secure ? { proxy: true } : {}),
    cookie: {
      httpOnly: true,
      sameSite: "lax",
      secure: ports.secure,
      maxAge: sessionLengthMs,
      path: "/",
    },
  });
  // Read at every request: a changed role or a disabled account counts at once.
  const personOfSession = async (request: Request): Promise<Person | undefined> => {
    const { personId } = request.session;
    return personId === undefined ? undefined : ports.accounts.person(personId);
  };
  const identify: RequestHandler = async (request, _response, next) => {
    const person = await personOfSession(request);
    if (person !== undefined) rememberPerson(request, person);
    next();
  };
  return {
    middleware: [readCookie, identify],
    async personOfRequest(incoming) {
      // The middleware only needs the cookie; the answer it could write to is never sent.
      const request = incoming as Request;
      const response = new ServerResponse(incoming) as Parameters<RequestHandler>[1];
      await promised((done) => void readCookie(request, response, done));
      return personOfSession(request);
    },
    async signIn(request, person) {
      await promised((done) => void request.session.regenerate(done));
      request.session.personId = person.id;
      await promised((done) => void request.session.save(done));
      rememberPerson(request, person);
    },
    signOut: (request) => promised((done) => void request.session.destroy(done)),
  };
}
