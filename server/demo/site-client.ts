// The demo desk's way to the server: HTTP as any other script uses it, nothing more.
import { bookingSchema, type BookingRequestInput } from "../../contract/wire/booking.ts";
import { aircraftSchema } from "../../contract/wire/aircraft.ts";
import { personSchema, pilotSchema, type Person } from "../../contract/wire/account.ts";
import { problemSchema } from "../../contract/wire/problem.ts";
import { siteSchema } from "../../contract/wire/site.ts";
import { z } from "zod";
import type { DemoFacts } from "./demo-bookings.ts";

/** What became of a request: accepted, or the server's own words why not. */
export type BookingAnswer = { readonly accepted: true } | { readonly accepted: false; why: string };

export interface SiteClient {
  /** Undefined: this account cannot sign in. */
  signIn(email: string, password: string): Promise<Person | undefined>;
  facts(nowMs: number): Promise<DemoFacts>;
  book(request: BookingRequestInput): Promise<BookingAnswer>;
}

/** How far back and ahead the desk looks for bookings of its own. */
const lookBackMs = 3_600_000;
const lookAheadMs = 7_200_000;

/** @param url Address of the server, as "http://127.0.0.1:8080". */
export function createSiteClient(url: string): SiteClient {
  let cookie = "";

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, origin: url, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function list<T>(path: string, key: string, item: z.ZodType<T>): Promise<T[]> {
    const response = await call("GET", path);
    if (!response.ok) throw new Error(`${path} was answered ${String(response.status)}.`);
    const body = z.record(z.string(), z.unknown()).parse(await response.json());
    return z.array(item).parse(body[key]);
  }

  return {
    async signIn(email, password) {
      const response = await call("POST", "/session", { email, password });
      if (!response.ok) return undefined;
      cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      return personSchema.parse(await response.json());
    },
    async facts(nowMs) {
      const window = `from=${String(nowMs - lookBackMs)}&to=${String(nowMs + lookAheadMs)}`;
      return {
        nowMs,
        sites: await list("/sites", "sites", siteSchema),
        aircraft: await list("/vehicles", "vehicles", aircraftSchema),
        pilots: await list("/users?role=pilot", "users", pilotSchema),
        bookings: await list(`/bookings?${window}&limit=200`, "bookings", bookingSchema),
      };
    },
    async book(request) {
      const response = await call("POST", "/bookings", request);
      if (response.ok) return { accepted: true };
      const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
      const why = problem.success ? problem.data.detail : `answered ${String(response.status)}`;
      return { accepted: false, why };
    },
  };
}
