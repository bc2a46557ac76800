// The map when the operator has set a Mapbox token that cannot be used: the real Mapbox GL JS is
// loaded, fails, and the built-in map takes its place and says so.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { launchBrowser, openPage, type WatchedPage } from "../support/browser.ts";
import { startServer, type StartedServer } from "../support/start-server.ts";

const token = "pk.no-such-token";
let server: StartedServer;
let browser: Browser;
let control: WatchedPage;

beforeAll(async () => {
  server = await startServer({ env: { MAPBOX_TOKEN: token } });
  browser = await launchBrowser();
  control = await openPage(browser, {
    url: `${server.url}/control`,
    email: "controller@demo.invalid",
    password: server.password,
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test("with a token that cannot be used the built-in map is shown, with a notice", async () => {
  const notice = control.page.getByTestId("map-fallback");
  await notice.waitFor({ timeout: 30_000 });
  expect(await notice.innerText()).toContain("built-in map");
  const map = control.page.getByTestId("site-map");
  await expect.poll(() => map.getAttribute("data-engine"), { timeout: 30_000 }).toBe("maplibre");
});

test("the notice does not show the token", async () => {
  expect(await control.page.getByTestId("map-fallback").innerText()).not.toContain(token);
});

test("what was asked for off this machine was Mapbox and nothing else", () => {
  expect(control.troubles.length).toBeGreaterThan(0);
  for (const trouble of control.troubles) expect(trouble).toMatch(/mapbox\.com/);
});
