// Every page in both languages and both themes, at a desk's width and a phone's: axe finds nothing
// serious, nothing runs off the page sideways, and no text is missing.
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, openPage } from "../support/browser.ts";
import { startServer, type StartedServer } from "../support/start-server.ts";

const pages = ["/book", "/control", "/replay", "/manage"];
const looks = [
  { language: "en", lang: "en-HK", theme: "dark", width: 1440, height: 900 },
  { language: "zhHant", lang: "zh-Hant-HK", theme: "light", width: 1440, height: 900 },
  { language: "en", lang: "en-HK", theme: "light", width: 390, height: 844 },
  { language: "zhHant", lang: "zh-Hant-HK", theme: "dark", width: 390, height: 844 },
] as const;

describe("pages", () => {
  let server: StartedServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  test.each(looks)("$language, $theme, $width wide: nothing serious by axe", async (look) => {
    const opened = await openPage(browser, {
      url: server.url,
      email: "admin@demo.invalid",
      password: server.password,
      context: { viewport: { width: look.width, height: look.height } },
    });
    const { page } = opened;
    // What the switches of the top bar remember.
    const stored = {
      "skyrange.language": look.language,
      "skyrange.theme.control": look.theme,
      "skyrange.theme.pages": look.theme,
    };
    for (const [name, value] of Object.entries(stored)) {
      await page.evaluate(
        `localStorage.setItem(${JSON.stringify(name)}, ${JSON.stringify(value)})`,
      );
    }
    for (const path of pages) {
      await page.goto(`${server.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(700);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect([path, serious]).toEqual([path, []]);
      const html = page.locator("html");
      expect([path, await html.getAttribute("lang")]).toEqual([path, look.lang]);
      const beyondPx = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect([path, beyondPx]).toEqual([path, 0]);
    }
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});
