// npm run screenshot
// Takes the README's picture: starts a demo of its own, waits until the straying drone has raised
// its alarm, and photographs the control room into docs/control-room.png.
import path from "node:path";
import { launchBrowser, openPage } from "../tests/support/browser.ts";
import { startServer } from "../tests/support/start-server.ts";

const picture = path.resolve(import.meta.dirname, "..", "docs", "control-room.png");
/** A round of the demo lasts five minutes; the stray comes in its first half. */
const alarmWithinMs = 400_000;

const server = await startServer({ sim: true });
const browser = await launchBrowser();
try {
  const { page } = await openPage(browser, {
    url: `${server.url}/control`,
    email: "controller@demo.invalid",
    password: server.password,
    context: { viewport: { width: 1440, height: 900 } },
  });
  console.log("Waiting for the straying drone; this takes up to six minutes.");
  await page.getByTestId("alarm-row").first().waitFor({ timeout: alarmWithinMs });
  await page.getByTestId("fleet-row-102").click();
  // The panel slides in and the map comes to rest.
  await page.waitForTimeout(3_000);
  await page.screenshot({ path: picture });
  console.log(`Written: ${picture}`);
} finally {
  await browser.close();
  await server.stop();
}
