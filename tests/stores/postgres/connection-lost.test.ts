// A PostgreSQL that is not there: at the start one line says so, while running requests are told
// "not at the moment", and what comes after it is back is answered.
import { afterEach, expect } from "vitest";
import { openDatabase } from "../../../server/store/database.ts";
import { createBookingApi, type BookingApi } from "../../support/booking-api.ts";
import { bookingRequest } from "../../support/booking-world.ts";
import { inCluster, test } from "../../support/test-database.ts";

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function databaseName({ world }: BookingApi): string {
  const { target } = world.made;
  if (target.kind !== "postgres") throw new Error("These tests are PostgreSQL's.");
  return new URL(target.url).pathname.slice(1);
}

async function cutConnections(name: string): Promise<void> {
  await inCluster(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
}

test.each([
  ["nobody listens", "postgres://sky:s3cret@127.0.0.1:1/sky", "ECONNREFUSED"],
  ["the host has no such name", "postgres://sky:s3cret@nowhere.invalid/sky", "nowhere.invalid"],
])("where %s the refusal is one line without the password", async (_why, url, found) => {
  const opening = await openDatabase({ kind: "postgres", url });
  if (opening.kind !== "failed") throw new Error("It was opened.");
  expect(opening.reason).toContain(new URL(url).host);
  expect(opening.reason).toContain("expected a PostgreSQL server that answers");
  expect(opening.reason).toContain(found);
  expect(opening.reason).not.toContain("s3cret");
  expect(opening.reason).not.toContain("\n");
});

test("while the database is away requests are answered 503, then again as before", async () => {
  const api = await createBookingApi();
  cleanUps.push(() => api.close());
  const operator = await api.signIn("usr_operator");
  const name = databaseName(api);
  await inCluster(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await cutConnections(name);
  const asked = [
    operator.send("GET", "/bookings"),
    operator.send("POST", "/bookings", bookingRequest()),
    api.client().send("POST", "/session", { email: "a@test.invalid", password: "some password" }),
  ];
  for (const answer of await Promise.all(asked)) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(answer.body["detail"]).toContain("The database does not answer");
    expect(JSON.stringify(answer.body)).not.toMatch(/select|insert|terminat|connect/i);
  }
  await inCluster(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  expect((await operator.send("GET", "/bookings")).status).toBe(200);
  expect((await operator.send("POST", "/bookings", bookingRequest())).status).toBe(201);
});

test("connections cut in between cost nobody more than one answer", async () => {
  const api = await createBookingApi();
  cleanUps.push(() => api.close());
  const operator = await api.signIn("usr_operator");
  await cutConnections(databaseName(api));
  const statuses: number[] = [];
  for (let asked = 0; asked < 3; asked += 1) {
    statuses.push((await operator.send("GET", "/bookings")).status);
  }
  expect([200, 503]).toContain(statuses[0]);
  expect(statuses.slice(1)).toEqual([200, 200]);
});

test("a process that stops inside a transaction keeps others out for ten seconds", async () => {
  const api = await createBookingApi();
  cleanUps.push(() => api.close());
  const { write, read } = api.world.database;
  for (const pool of [write, read]) {
    for (const setting of ["idle_in_transaction_session_timeout", "lock_timeout"]) {
      const answer = await pool.raw<{ rows: Record<string, string>[] }>(`SHOW ${setting}`);
      expect(answer.rows[0]?.[setting]).toBe("10s");
    }
  }
});

test("a text with NUL finds nothing and harms nothing", async () => {
  const api = await createBookingApi();
  cleanUps.push(() => api.close());
  const operator = await api.signIn("usr_operator");
  expect((await operator.send("GET", "/bookings/%00")).status).toBe(404);
});
