// Which addresses answer with the page: those that the page routes, and no others.
import { createServer, type Server } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageAddresses } from "../../../../contract/page-addresses.ts";
import { createPageFiles } from "../../../../server/http/page-files.ts";

const folder = mkdtempSync(path.join(tmpdir(), "skyrange-page-"));
let server: Server;
let url = "";

beforeAll(async () => {
  writeFileSync(path.join(folder, "index.html"), "<title>the page</title>");
  server = createServer(express().use(createPageFiles(folder)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

async function ask(address: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}${address}`);
  return { status: response.status, text: await response.text() };
}

test("the addresses of the pages answer with the page", async () => {
  const known = ["/", "/book", "/replay/flt_1?at=5", "/sign-in", "/manage/"];
  for (const address of known) {
    expect(await ask(address), address).toEqual({ status: 200, text: "<title>the page</title>" });
  }
});

test("all others are not found, which the page then says", async () => {
  for (const address of ["/.env", "/foo.php", "/book/x", "/replay/a/b", "/live-map", "/BOOK%00"]) {
    const { status, text } = await ask(address);
    expect([status, text], address).toEqual([404, "<title>the page</title>"]);
  }
  expect(await ask("/assets/none.js")).toEqual({ status: 404, text: "No such file.\n" });
});

test("the server knows the addresses that the page routes", () => {
  const text = readFileSync("client/app/routes.tsx", "utf8");
  const routed = [...text.matchAll(/path: "([^"*]+)"/g)].map(([, part = ""]) => part);
  const parts = (address: string): string[] => address.split("/").filter((part) => part !== "");
  const known = new Set(pageAddresses.flatMap(parts));
  expect(new Set(routed.flatMap(parts))).toEqual(known);
});
