// Who may: every route says it, strangers are turned away, and forged requests too.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Router } from "express";
import { readdirSync, readFileSync } from "node:fs";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import path from "node:path";
import { statementOf } from "../../../../server/http/access.ts";
import { createBookingApi, password, type BookingApi } from "../../../support/booking-api.ts";
import { bookingRequest } from "../../../support/booking-world.ts";

let api: BookingApi;

beforeAll(async () => {
  api = await createBookingApi();
});
afterAll(() => api.close());

interface MountedRoute {
  readonly name: string;
  readonly statements: readonly string[];
}

function routesOf(router: Router): MountedRoute[] {
  return router.stack.flatMap((layer): MountedRoute[] => {
    const { route, handle } = layer;
    if (route === undefined) return routesOf(handle as unknown as Router);
    const [first] = route.stack;
    const statements = route.stack.flatMap((one) => statementOf(one.handle) ?? []);
    return [{ name: `${first?.method ?? "any"} ${route.path}`, statements }];
  });
}

test("every mounted route says who may, once", () => {
  const routes = routesOf(api.router);
  expect(routes.length).toBeGreaterThan(15);
  expect(routes.filter(({ statements }) => statements.length !== 1)).toEqual([]);
});

test("every route of every router's file says who may, right after its path", () => {
  const files = readdirSync("server/http").filter((name) => name.endsWith(".ts"));
  const routes = files.flatMap((name) => {
    const text = readFileSync(path.join("server/http", name), "utf8");
    const calls = /router\.(?:get|post|put|patch|delete|all)\(\s*([^,]+),\s*(\w+)/g;
    return [...text.matchAll(calls)].map(([, route, next]) => ({ name, route, next }));
  });
  expect(routes.length).toBeGreaterThan(20);
  expect(routes.filter(({ next }) => next !== "allow" && next !== "allowAnybody")).toEqual([]);
});

test("strangers get 401 from every route but the sign-in", async () => {
  for (const { name, statements } of routesOf(api.router)) {
    if (statements[0]?.startsWith("anybody") === true) continue;
    const [method = "", route = ""] = name.split(" ");
    const answer = await api.client().send(method.toUpperCase(), route.replace(":id", "bkg_x"));
    expect(answer.status, name).toBe(401);
  }
});

test("pilots do not book, operators do not decide, controllers do not register", async () => {
  const pilot = await api.signIn("usr_pilot");
  expect((await pilot.send("POST", "/bookings", bookingRequest())).status).toBe(403);
  const operator = await api.signIn("usr_operator");
  expect((await operator.send("POST", "/bookings/bkg_x/accept")).status).toBe(403);
  const controller = await api.signIn("usr_controller");
  expect((await controller.send("POST", "/vehicles", {})).status).toBe(403);
});

test("an unknown address and a wrong password are answered alike", async () => {
  await api.signIn("usr_operator");
  const ask = (email: string, word: string) =>
    api.client().send("POST", "/session", { email, password: word });
  const wrong = await ask("usr_operator@test.invalid", "wrong");
  const unknown = await ask("nobody@test.invalid", password);
  expect(wrong.status).toBe(401);
  expect({ ...wrong.body, errorId: "" }).toEqual({ ...unknown.body, errorId: "" });
  expect(wrong.headers.get("set-cookie")).toBeNull();
});

test("sign-in gives a cookie that scripts cannot read and other sites cannot send", async () => {
  await api.signIn("usr_operator");
  const email = " USR_operator@test.invalid ";
  const answer = await api.client().send("POST", "/session", { email, password });
  expect(answer.body).toMatchObject({ role: "operator", organisationName: "org_harbour" });
  const cookie = answer.headers.get("set-cookie") ?? "";
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(JSON.stringify(answer.body)).not.toMatch(/argon|password/i);
});

test("signing in anew changes the session's id, and signing out ends it", async () => {
  const first = await api.signIn("usr_pilot");
  const email = "usr_pilot@test.invalid";
  const again = await first.send("POST", "/session", { email, password });
  const second = api.client((again.headers.get("set-cookie") ?? "").split(";")[0]);
  expect(second.cookie).not.toBe(first.cookie);
  expect((await first.send("GET", "/session")).status).toBe(401);
  expect((await second.send("GET", "/session")).status).toBe(200);
  expect((await second.send("DELETE", "/session")).status).toBe(204);
  expect((await second.send("GET", "/session")).status).toBe(401);
});

test("the session is known for what has no route, and only by its own cookie", async () => {
  const client = await api.signIn("usr_pilot");
  const request = (cookie: string): IncomingMessage => {
    const incoming = new IncomingMessage(new Socket());
    incoming.url = "/live/";
    incoming.headers.cookie = cookie;
    return incoming;
  };
  const person = await api.sessions.personOfRequest(request(client.cookie));
  expect(person).toMatchObject({ id: "usr_pilot", role: "pilot" });
  const forged = `${client.cookie.slice(0, -3)}abc`;
  expect(await api.sessions.personOfRequest(request(forged))).toBeUndefined();
  expect(await api.sessions.personOfRequest(request(""))).toBeUndefined();
});

test("a disabled account is signed out at once", async () => {
  const client = await api.signIn("usr_pilot2");
  expect((await client.send("GET", "/session")).status).toBe(200);
  await api.world.database.write("person").where({ id: "usr_pilot2" }).update({ disabled: true });
  expect((await client.send("GET", "/session")).status).toBe(401);
});

test("changes from another site's page, or with a form's body, are refused", async () => {
  const client = await api.signIn("usr_operator");
  const book = (headers: Record<string, string>) =>
    client.send("POST", "/bookings", bookingRequest(), headers);
  expect((await book({ origin: "https://evil.example" })).status).toBe(403);
  expect((await book({ origin: "null" })).status).toBe(403);
  expect((await book({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await book({ "content-type": "text/plain" })).status).toBe(415);
  expect((await book({ origin: api.url })).status).toBe(201);
});

test("failed sign-ins are limited by address of mail, with a time to wait", async () => {
  const email = "guessed@test.invalid";
  const guess = () => api.client().send("POST", "/session", { email, password: "guess" });
  const answers = [];
  for (let time = 0; time < 14; time += 1) answers.push((await guess()).status);
  expect(answers.slice(0, 12)).toEqual(Array(12).fill(401));
  expect(answers.slice(12)).toEqual([429, 429]);
  expect((await guess()).headers.get("retry-after")).toBe("300");
});
