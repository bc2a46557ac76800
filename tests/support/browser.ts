// A real Chromium for the browser tests, with WebGL in software. A page that asks for anything off
// this machine fails its test, and so does one that throws.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { signInByForm } from "./sign-in.ts";

const note = path.resolve(import.meta.dirname, "../../node_modules/.cache/skyrange/browser");

/** The browser that scripts/find-browser.mjs found, or the distribution's. */
function browserPath(): string {
  if (existsSync(note)) return readFileSync(note, "utf8").trim();
  return process.env["CHROME_PATH"] ?? process.env["CHROMIUM"] ?? "/usr/bin/chromium";
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
    ],
  });
}

export interface WatchedPage {
  readonly page: Page;
  /** What went wrong in the page so far: errors thrown, and requests off this machine. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

/** Opens a page of its own session, signed in as `email`. */
export async function openPage(
  browser: Browser,
  options: {
    readonly url: string;
    readonly email: string;
    readonly password: string;
    readonly context?: BrowserContextOptions;
  },
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 700 },
    locale: "en-GB",
    ...options.context,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`thrown: ${error.message}`));
  const ours = new URL(options.url).host;
  await context.route(
    (url) => url.host !== ours && url.protocol.startsWith("http"),
    async (route) => {
      troubles.push(`asked for ${route.request().url()}`);
      await route.abort();
    },
  );
  await signInByForm(page, options);
  return { page, troubles, close: () => context.close() };
}
