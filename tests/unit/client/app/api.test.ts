// The page's way to the server, against a browser fetch that answers what the test says.
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { api, onSignedOut, ownProblemType } from "../../../../client/app/api.ts";

const thingSchema = z.strictObject({ name: z.string() });
const problem = {
  type: "about:blank",
  title: "Taken",
  status: 409,
  detail: "Pad 1 is held.",
  errorId: "e1",
};

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}

/** Answers every request with the same response and keeps what was asked. */
function answerWith(body: string, init: ResponseInit = {}): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (url: string, request: RequestInit) => {
    asked.push({ url, init: request });
    return new Response(body, init);
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

test("a good answer is its value and its ETag", async () => {
  answerWith('{"name":"pad"}', { status: 201, headers: { etag: '"3"' } });
  expect(await api.get("/things/1", thingSchema)).toEqual({
    kind: "ok",
    value: { name: "pad" },
    status: 201,
    etag: '"3"',
  });
});

test("a change carries the version it changes and the key that makes it repeatable", async () => {
  const asked = answerWith('{"name":"pad"}');
  const options = { ifMatch: '"3"', idempotencyKey: "k1" };
  await api.post("/things/1/withdraw", {}, thingSchema, options);
  expect(asked[0]).toMatchObject({
    url: "/api/v1/things/1/withdraw",
    init: {
      method: "POST",
      body: "{}",
      headers: { "if-match": '"3"', "idempotency-key": "k1", "content-type": "application/json" },
    },
  });
});

test("a refusal of the server is handed on as it is", async () => {
  answerWith(JSON.stringify(problem), { status: 409 });
  expect(await api.post("/things", {}, thingSchema)).toEqual({ kind: "problem", problem });
});

test.each([
  ["an answer of another shape", '{"title":"pad"}', 200],
  ["an answer that is no JSON", "<html>", 200],
  ["a refusal that is no problem document", "<html>", 502],
])("%s is a problem of its own, not an exception", async (_name, body, status) => {
  answerWith(body, { status });
  const answer = await api.get("/things/1", thingSchema);
  expect(answer).toMatchObject({ problem: { type: ownProblemType.unreadable, status } });
});

test("no connection is a problem that says nothing came back", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  expect(await api.get("/things/1", thingSchema)).toMatchObject({
    problem: { type: ownProblemType.unreachable, status: 0, detail: "Failed to fetch" },
  });
});

test("whoever asked to be told hears that nobody is signed in any more", async () => {
  answerWith(JSON.stringify({ ...problem, status: 401 }), { status: 401 });
  let heard = 0;
  const stop = onSignedOut(() => (heard += 1));
  await api.get("/things/1", thingSchema);
  stop();
  await api.get("/things/1", thingSchema);
  expect(heard).toBe(1);
});
