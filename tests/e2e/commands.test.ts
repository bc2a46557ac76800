// A controller's browser commands a drone in flight: RTL by three keys, acknowledged and confirmed;
// one that is refused; one that nobody answers; and a drone that the site may only telephone about.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { commandSchema, type Command } from "../../contract/wire/command.ts";
import { vehicleStatusSchema } from "../../contract/wire/live-status.ts";
import { createClock } from "../../server/clock.ts";
import { bookFlight, list } from "../support/book-flight.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { flyLiveDrone, type LiveDrone } from "../support/live-drone.ts";
import {
  startServer,
  until,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

const clock = createClock();
/** Over free water, one a drone, a hundred metres apart. */
const homeOf = (sysid: number) => {
  return { latDeg: 22.2579 + sysid * 0.0007, lngDeg: 114.1286, altitudeAmslM: 3 };
};
const vehicleSchema = vehicleStatusSchema.loose();

describe("commands from the control room", () => {
  let server: StartedServer;
  let browser: Browser;
  let operator: ServerClient;
  let controller: ServerClient;
  let drone: LiveDrone | undefined;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    operator = await server.signIn("operator@demo.invalid");
    controller = await server.signIn("controller@demo.invalid");
  });
  afterEach(async () => {
    await drone?.close();
    drone = undefined;
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  /** A booked drone, heard, 12 m above its pad. */
  async function flying(sysid: number, siteMayCommand = true): Promise<string> {
    const title = `Commands ${sysid}`;
    const home = homeOf(sysid);
    const centre = { latDeg: home.latDeg, lngDeg: home.lngDeg };
    const volume = {
      footprint: { kind: "circle" as const, centre, radiusM: 30 },
      band: { reference: "AMSL" as const, lowerM: 0, upperM: 60 },
    };
    const nowMs = clock.nowMs();
    const resourceIds = [`res_pier_pad_${sysid}`];
    const wish = { title, sysids: [sysid], volume, nowMs, resourceIds, siteMayCommand };
    await bookFlight(operator, { ...wish, startsInMs: 1_000, lastsMs: 900_000 });
    drone = flyLiveDrone(sysid, home, server.udp);
    await until("its position is known", async () => {
      return (drone?.session.autopilot().sinceBootMs ?? 0) > 3_200;
    });
    drone.takeOff(12);
    const craft = drone;
    await until("the drone flies", async () => {
      return craft.session.autopilot().mass.upM > 8 && (await vehicle(sysid))?.armed === true;
    });
    return (await vehicle(sysid))?.sessionId ?? "";
  }

  async function vehicle(sysid: number) {
    const vehicles = await list(controller, "/vehicles/live", "vehicles", vehicleSchema);
    return vehicles.find((one) => one.sysid === sysid);
  }

  async function commands(sessionId: string): Promise<Command[]> {
    return list(controller, `/commands?sessionId=${sessionId}`, "commands", commandSchema);
  }

  async function openPanel(sysid: number): Promise<{ page: Page; close: () => Promise<void> }> {
    const opened = await openPage(browser, {
      url: `${server.url}/control`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    await opened.page.goto(`${server.url}/control`);
    await opened.page.getByTestId(`fleet-row-${sysid}`).click();
    await opened.page.getByTestId("command-bar").waitFor();
    return opened;
  }

  test("RTL: R, Enter; sent, acknowledged, confirmed by mode; authority taken over", async () => {
    const sessionId = await flying(1);
    const { page, close } = await openPanel(1);
    await page.getByTestId("command-returnHome").and(page.locator(":enabled")).waitFor();
    await page.keyboard.press("r");
    const question = page.getByRole("alertdialog");
    await question.waitFor();
    expect(await question.textContent()).toContain("Heron 1");
    expect(await question.textContent()).toContain("Commands 1");
    await page.keyboard.press("Enter");
    await page.locator('[data-testid="command-result"][data-tone="done"]').waitFor();
    const steps = await page.getByTestId("command-result").locator("li").allTextContents();
    expect(steps.map((step) => step.replace(/ \d.*$/, ""))).toEqual([
      "Sent",
      "Acknowledged: accepted",
      "Confirmed: mode RTL",
    ]);
    expect(drone?.session.autopilot().mode).toBe("RTL");
    const [command] = await commands(sessionId);
    expect(command).toMatchObject({
      action: { kind: "returnHome" },
      outcome: { kind: "accepted" },
      confirmed: true,
      by: { name: "Karl Cheung" },
      vehicle: { vehicleName: "Heron 1", bookingTitle: "Commands 1" },
    });
    expect((await operator.get(`/authority/${sessionId}`)).body).toMatchObject({
      holder: { kind: "person", name: "Karl Cheung" },
      you: { command: "notHolder" },
    });
    const other = await server.signIn("operator2@demo.invalid");
    expect((await other.get(`/commands/${command?.id ?? ""}`)).status).toBe(404);
    await close();
  });

  test("what the drone refuses is told with its reason, its silence as such", async () => {
    const sessionId = await flying(2);
    const order = (client: ServerClient, action: unknown) =>
      client.post("/commands", { sessionId, action });
    expect((await order(controller, { kind: "land" })).status).toBe(403);
    // In flight it cannot be disarmed.
    expect((await order(operator, { kind: "disarm" })).status).toBe(201);
    await until("the command has ended", async () => {
      return (await commands(sessionId))[0]?.outcome?.kind === "rejected";
    });
    expect((await commands(sessionId))[0]?.outcome).toEqual({
      kind: "rejected",
      refusal: "failed",
      code: 4,
    });

    if (drone !== undefined) drone.isDeaf = true;
    const { page, close } = await openPanel(2);
    await page.getByTestId("command-land").click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Send LAND" }).click();
    const result = page.locator('[data-testid="command-result"][data-tone="failed"]').first();
    await result.getByText("Not acknowledged").waitFor();
    await page.locator('[data-testid="alarm-row"][data-kind="orderUnanswered"]').waitFor();
    await acknowledgeAllByEnter(page);
    const steps = await result.locator("li").allTextContents();
    expect(steps.filter((step) => step.startsWith("Sent"))).toHaveLength(3);
    expect(drone?.session.autopilot().mode).toBe("GUIDED");
    await close();
  });

  /** The focus goes from each alarm to the next, and to the list's heading after the last. */
  async function acknowledgeAllByEnter(page: Page): Promise<void> {
    const buttons = page.locator("[data-acknowledges]");
    const focus = page.locator("[data-acknowledges]:focus, #alarms-heading:focus");
    const focused = async () =>
      (await focus.getAttribute("data-acknowledges")) ?? (await focus.getAttribute("id"));
    await buttons.first().focus();
    // The drone of the test before is silent by now, which is an alarm too.
    expect(await buttons.count()).toBeGreaterThan(1);
    while ((await buttons.count()) > 0) {
      const pressed = await focused();
      expect(pressed).toMatch(/^alm_/);
      await page.keyboard.press("Enter");
      await expect.poll(focused).not.toBe(pressed);
    }
    expect(await focused()).toBe("alarms-heading");
  }

  test("a booking may keep the site's hands off: its crew gives the drone its fence", async () => {
    const sessionId = await flying(3, false);
    const { page, close } = await openPanel(3);
    const call = page.getByTestId("call-pilot");
    await call.waitFor();
    expect(await call.getByRole("link").getAttribute("href")).toBe("tel:+85200000012");
    expect(await page.getByTestId("command-returnHome").count()).toBe(0);
    const body = { sessionId, action: { kind: "returnHome" }, takeOverReason: "Breach" };
    expect(await controller.post("/commands", body)).toMatchObject({
      status: 403,
      body: { type: "urn:skyrange:problem:callPilot" },
    });
    expect(await commands(sessionId)).toEqual([]);
    await close();

    await until("its fence was read unasked", async () => {
      return (await vehicle(3))?.fence.state === "none";
    });
    const upload = { sessionId, task: { kind: "uploadBookingFence" } };
    expect(await operator.post("/transfers", upload)).toMatchObject({
      status: 409,
      body: { type: "urn:skyrange:problem:armed" },
    });
    expect((await operator.post("/transfers", { ...upload, evenArmed: true })).status).toBe(201);
    await until("the fence matches", async () => (await vehicle(3))?.fence.state === "matching");
  });
});
