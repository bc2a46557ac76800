// Aircraft and ships that a drone hears come from its datagrams onto the control room's page and to
// every company's scripts, and say who heard them only to who may see that drone.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { trafficContactSchema } from "../../contract/wire/traffic.ts";
import { list } from "../support/book-flight.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { flyLiveDrone, type LiveDrone } from "../support/live-drone.ts";
import { startServer, until, type StartedServer } from "../support/start-server.ts";
import { adsbFrame, aisFrame } from "../support/traffic-frames.ts";

const helicopter = { latDeg: 22.2601, lngDeg: 114.1302 };
const ferry = { latDeg: 22.2573, lngDeg: 114.1268 };

describe("traffic that drones hear", () => {
  let server: StartedServer;
  let browser: Browser;
  let drone: LiveDrone;
  let timer: NodeJS.Timeout;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    const home = { latDeg: 22.2586, lngDeg: 114.1286, altitudeAmslM: 3 };
    drone = flyLiveDrone(1, home, server.udp);
    const receiver = { sysid: 1, sequence: 0 };
    timer = setInterval(() => {
      drone.send(adsbFrame(receiver, helicopter));
      drone.send(aisFrame(receiver, ferry));
    }, 1_000);
  });

  afterAll(async () => {
    clearInterval(timer);
    await drone.close();
    await browser.close();
    await server.stop();
  });

  test("everybody is told what is there; which drone heard it, its own company alone", async () => {
    const read = async (email: string) => {
      const client = await server.signIn(email);
      return list(client, "/traffic", "contacts", trafficContactSchema);
    };
    await until("the traffic is known", async () => {
      return (await read("controller@demo.invalid")).length === 2;
    });
    const [ownContacts, otherContacts] = await Promise.all([
      read("operator@demo.invalid"),
      read("operator2@demo.invalid"),
    ]);
    const own = ownContacts.find(({ kind }) => kind === "aircraft");
    expect(own).toMatchObject({
      key: "icao:780A1B",
      position: helicopter,
      callsign: "GFS21",
      altitude: { altitudeM: 210, datum: "QNH" },
      heardBy: { sysid: 1, vehicleName: "Heron 1" },
    });
    expect(own?.ageMs).toBeLessThan(3_000);
    expect(otherContacts.map(({ key, heardBy }) => [key, heardBy]).sort()).toEqual([
      ["icao:780A1B", null],
      ["mmsi:477123456", null],
    ]);
    expect((await server.stranger().get("/traffic")).status).toBe(401);
  });

  test("the control room reads name, height with datum, age and hearer", async () => {
    const opened = await openPage(browser, {
      url: `${server.url}/control`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    const { page } = opened;
    await page.goto(`${server.url}/control`);
    await page.getByTestId("traffic").locator("summary").click();
    const row = page.getByTestId("traffic-row").filter({ hasText: "GFS21" });
    await row.waitFor();
    const cells = await row.locator("td").allTextContents();
    expect(cells[0]).toBe("210 m AMSL (its barometer)");
    expect(cells[1]).toBe("090°, 62.4 m/s, sinks 1.5 m/s");
    expect(cells[3]).toBe("22.26010, 114.13020");
    expect(cells[4]).toMatch(/^[0-4] s ago$/);
    expect(cells[5]).toBe("Heron 1");
    const ship = page.getByTestId("traffic-row").filter({ hasText: "SEA SWIFT" });
    const [shipHeight] = await ship.locator("td").allTextContents();
    expect(shipHeight).toBe("–");
    expect(opened.troubles).toEqual([]);
    await opened.close();
  });
});
