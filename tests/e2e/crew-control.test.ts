// A crew in its browser: it sees its own drones alone, commands them with parameters, and is told
// that the site took over, why, and how to get authority back.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vehicleStatusSchema } from "../../contract/wire/live-status.ts";
import { createClock } from "../../server/clock.ts";
import { bookFlight, list } from "../support/book-flight.ts";
import { launchBrowser, openPage, type WatchedPage } from "../support/browser.ts";
import { flyLiveDrone, type LiveDrone } from "../support/live-drone.ts";
import {
  startServer,
  until,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

const home = { latDeg: 22.2586, lngDeg: 114.1286, altitudeAmslM: 3 };
const centre = { latDeg: home.latDeg, lngDeg: home.lngDeg };

describe("a crew on the Control page", () => {
  let server: StartedServer;
  let browser: Browser;
  let controller: ServerClient;
  let drone: LiveDrone;
  let sessionId: string;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    const operator = await server.signIn("operator@demo.invalid");
    controller = await server.signIn("controller@demo.invalid");
    const volume = {
      footprint: { kind: "circle" as const, centre, radiusM: 60 },
      band: { reference: "AMSL" as const, lowerM: 0, upperM: 60 },
    };
    const times = { nowMs: createClock().nowMs(), startsInMs: 1_000, lastsMs: 900_000 };
    await bookFlight(operator, { title: "Crew flight", sysids: [1], volume, ...times });
    drone = flyLiveDrone(1, home, server.udp);
    await until("the drone has its booking", async () => {
      const status = await vehicle();
      sessionId = status?.sessionId ?? "";
      return status?.bookingId !== undefined && status.bookingId !== null;
    });
  });
  afterAll(async () => {
    await drone.close();
    await browser.close();
    await server.stop();
  });

  async function vehicle() {
    const item = vehicleStatusSchema.loose();
    return (await list(controller, "/vehicles/live", "vehicles", item))[0];
  }

  async function openControl(email: string): Promise<WatchedPage> {
    const { url, password } = server;
    const opened = await openPage(browser, { url, email, password });
    await opened.page.goto(`${url}/control`);
    await opened.page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
    return opened;
  }

  test("arms and takes off by the panel, asked first with drone, booking, height", async () => {
    await until("its position is known", async () => {
      return drone.session.autopilot().sinceBootMs > 3_200;
    });
    const opened = await openControl("pilot@demo.invalid");
    const { page } = opened;
    await page.getByTestId("fleet-row-1").click();
    await page.getByTestId("more-commands").locator("summary").click();
    const question = page.getByRole("alertdialog");
    const order = async (button: string, confirm: string): Promise<string> => {
      await page.getByTestId(button).click();
      await question.waitFor();
      const said = (await question.textContent()) ?? "";
      await question.getByRole("button", { name: confirm }).click();
      await question.waitFor({ state: "detached" });
      await page.locator('[data-testid="command-result"][data-tone="done"]').first().waitFor();
      return said;
    };
    await page.getByRole("textbox", { name: "Mode" }).fill("guided");
    await order("command-setMode", "Send Set mode");
    await order("command-arm", "Send Arm");
    await page.getByLabel("Height above home", { exact: true }).fill("12");
    const said = await order("command-takeOff", "Send Take off");
    expect(said).toContain("Heron 1");
    expect(said).toContain("Crew flight");
    expect(said).toContain("12 m above home");
    await until("it flies", async () => drone.session.autopilot().mass.upM > 8);
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });

  test("is told that the site took over and why, asks, and gets authority back", async () => {
    const opened = await openControl("operator@demo.invalid");
    const box = opened.page.getByTestId("crew-drone-1");
    await box.getByText("the booking’s crew").waitFor();
    const path = `/authority/${sessionId}`;
    const taken = await controller.post(`${path}/take-over`, { reason: "A helicopter is near" });
    expect(taken.status).toBe(200);
    const notice = box.getByRole("alert");
    await notice.waitFor();
    expect(await notice.textContent()).toContain("The site has taken over: Karl Cheung.");
    expect(await notice.textContent()).toContain("A helicopter is near");
    await box.getByTestId("authority-request").click();
    await box.getByText("You have asked for authority.").waitFor();
    expect((await controller.post(`${path}/grant`, {})).status).toBe(200);
    await box.getByTestId("authority-give-back").click();
    await box.getByText("the booking’s crew").waitFor();
    expect(await notice.count()).toBe(0);
    await opened.close();
  });

  test("another company sees none of it on its own Control page", async () => {
    const opened = await openControl("operator2@demo.invalid");
    await opened.page.getByText("No drone is heard").waitFor();
    expect(await opened.page.getByTestId("crew-authority").count()).toBe(0);
    await opened.close();
  });
});
