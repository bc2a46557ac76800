// The booking world behind its real routers, sessions and error handler, on a free port.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Router } from "express";
import { hashPassword } from "../../server/accounts/password.ts";
import { createSignIn } from "../../server/accounts/sign-in.ts";
import { createCoreApi } from "../../server/http/core-api.ts";
import { otherMethods } from "../../server/http/other-methods.ts";
import { problemHandler, unknownAddress } from "../../server/http/problem.ts";
import { sameOriginOnly } from "../../server/http/same-origin.ts";
import { createSessions, type Sessions } from "../../server/http/sessions.ts";
import { createBookingWorld, newId, worldNowMs, type BookingWorld } from "./booking-world.ts";

export const password = "correct horse battery";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface ApiClient {
  readonly cookie: string;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export interface BookingApi {
  readonly world: BookingWorld;
  readonly router: Router;
  readonly sessions: Sessions;
  readonly url: string;
  /** What the log would say. */
  readonly logged: Record<string, unknown>[];
  signIn(id: string): Promise<ApiClient>;
  client(cookie?: string): ApiClient;
  close(): Promise<void>;
}

function clientOf(url: string, cookie: string): ApiClient {
  return {
    cookie,
    async send(method, path, body, headers = {}) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { cookie, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: text }),
      });
      const answer = await response.text();
      const parsed: unknown = answer === "" ? {} : JSON.parse(answer);
      return {
        status: response.status,
        headers: response.headers,
        body: parsed as Record<string, unknown>,
      };
    },
  };
}

/** @param more Routers beside those of accounts, sites and bookings. */
export async function createBookingApi(
  more: (world: BookingWorld) => readonly Router[] = () => [],
): Promise<BookingApi> {
  const world = await createBookingWorld();
  const { store, service } = world;
  const sessions = createSessions({
    accounts: store.accounts,
    sessions: store.sessions,
    secret: "a secret of the test",
    secure: false,
    nowMs: () => worldNowMs,
  });
  const router = createCoreApi({
    store,
    service,
    sessions,
    signIn: createSignIn(store.accounts, "nobody's password"),
    makeAircraftId: () => newId("aircraft"),
    nowMs: () => worldNowMs,
    planVersionInForce: () => 0,
    dronesFlying: () => world.dronesFlying,
  });
  const logged: Record<string, unknown>[] = [];
  const log = (message: string, fields = {}): void => void logged.push({ message, ...fields });
  const app = express();
  app.use(sameOriginOnly(undefined), express.json({ limit: 100_000, strict: false }));
  const routers = [router, ...more(world)];
  app.use("/api/v1", ...sessions.middleware, ...routers, otherMethods(routers));
  app.use(unknownAddress);
  let errors = 0;
  app.use(
    problemHandler({
      log: { debug: log, info: log, warn: log, error: log },
      makeErrorId: () => `err_${String((errors += 1))}`,
    }),
  );
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const passwordHash = await hashPassword(password);
  return {
    world,
    router,
    sessions,
    url,
    logged,
    client: (cookie = "") => clientOf(url, cookie),
    async signIn(id) {
      await store.accounts.setPasswordHash(id, passwordHash);
      const email = `${id}@test.invalid`;
      const answer = await clientOf(url, "").send("POST", "/session", { email, password });
      if (answer.status !== 200) throw new Error(`Sign-in was answered ${String(answer.status)}.`);
      return clientOf(url, (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
    },
    async close() {
      await new Promise((resolve) => server.close(resolve));
      await world.close();
    },
  };
}
