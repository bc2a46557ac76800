// Three drones of one booking on one UDP port, recorded from three autopilots at once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { alarmSchema } from "../../contract/wire/alarm.ts";
import { flightSchema, type Flight } from "../../contract/wire/flight.ts";
import { linkCountersSchema } from "../../contract/wire/live-status.ts";
import { createClock } from "../../server/clock.ts";
import { bookFlight, list } from "../support/book-flight.ts";
import { launchBrowser, openPage, type WatchedPage } from "../support/browser.ts";
import { wishOfC } from "../support/flight-wishes.ts";
import { flightsAvailable } from "../support/flights.ts";
import { recordedFrames, sentFrames } from "../support/incoming-frames.ts";
import {
  createFlightSender,
  vehicleDatagramsOfPcap,
  type FlightSender,
  type RecordedDatagram,
} from "../support/send-flight.ts";
import {
  startServer,
  until,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

// Skipped where the recordings are not at hand, which tests/support/flights.ts says on stderr.
describe.skipIf(!flightsAvailable)("flight c, three drones on one port", () => {
  let server: StartedServer;
  let operator: ServerClient;
  let controller: ServerClient;
  let browser: Browser;
  let control: WatchedPage;
  let sender: FlightSender;
  let datagrams: RecordedDatagram[];
  let flights: Flight[];
  let bookingId: string;
  /** Where each drone was seen on the controller's page. */
  const places = new Map([1, 2, 3].map((sysid) => [sysid, new Set<string>()]));

  beforeAll(async () => {
    server = await startServer();
    operator = await server.signIn("operator@demo.invalid");
    controller = await server.signIn("controller@demo.invalid");
    datagrams = vehicleDatagramsOfPcap("c_three.pcap");
    sender = createFlightSender(datagrams, server.udp.port);
    browser = await launchBrowser();
    bookingId = (await bookFlight(operator, wishOfC(createClock().nowMs()))).id;
    control = await openPage(browser, {
      url: `${server.url}/control`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    const progress = { isOver: false };
    const sending = sender.send({ fromS: 0, toS: Infinity, speed: 10 });
    void sending.then(() => (progress.isOver = true));
    await control.page.getByTestId("fleet-row-3").waitFor();
    while (!progress.isOver) {
      for (const [sysid, seen] of places) seen.add(await placeOf(control, sysid));
      await control.page.waitForTimeout(500);
    }
    await sending;
    await until("three flights have landed", async () => {
      flights = await list(operator, "/flights", "flights", flightSchema);
      return flights.length === 3 && flights.every(({ state }) => state !== "flying");
    });
  }, 150_000);

  afterAll(async () => {
    sender.close();
    await browser.close();
    await server.stop();
  });

  test("all three moved on the controller's page and stand on the map", async () => {
    const ways = [...places.values()];
    for (const seen of ways) expect(seen.size).toBeGreaterThan(5);
    expect(new Set(ways.map((seen) => [...seen].join(" "))).size).toBe(3);
    const map = control.page.getByTestId("site-map");
    await expect.poll(() => map.getAttribute("data-drones")).toBe("3");
    expect(await control.page.getByTestId("alarm-row").count()).toBe(0);
    expect(control.troubles).toEqual([]);
  });

  test("each drone has its own flight, all bound to the one booking", () => {
    expect(flights.map(({ sysid }) => sysid).sort()).toEqual([1, 2, 3]);
    for (const { binding } of flights) expect(binding).toEqual({ kind: "booked", bookingId });
  });

  test("each drone has its own link, and none lost a frame", async () => {
    const counts = async () =>
      (await list(controller, "/vehicles/live", "links", linkCountersSchema))
        .map(({ sysids, decoded, sequenceGaps }) => ({ sysids, decoded, sequenceGaps }))
        .sort((a, b) => Number(a.sysids[0]) - Number(b.sysids[0]));
    await expect.poll(counts, { timeout: 5_000 }).toEqual([
      { sysids: [1], decoded: 10_440, sequenceGaps: 0 },
      { sysids: [2], decoded: 10_430, sequenceGaps: 0 },
      { sysids: [3], decoded: 10_440, sequenceGaps: 0 },
    ]);
  });

  test("no alarm was raised", async () => {
    expect(await list(controller, "/alarms", "alarms", alarmSchema)).toEqual([]);
  });

  test("each record holds its own drone's frames byte for byte, and nobody else's", async () => {
    // Byte 5 of a MAVLink 2 frame is its system id.
    for (const { sessionId, sysid } of flights) {
      const own = sentFrames(datagrams.filter(({ payload }) => payload[5] === sysid));
      const recorded = await recordedFrames(controller, sessionId, own.frames);
      expect(recorded.frames, `of drone ${sysid}`).toBe(own.frames);
      expect(recorded.bytes.equals(own.bytes), `of drone ${sysid}`).toBe(true);
    }
  });
});

async function placeOf({ page }: WatchedPage, sysid: number): Promise<string> {
  const row = page.getByTestId(`fleet-row-${sysid}`);
  return `${await row.getAttribute("data-lat")} ${await row.getAttribute("data-lng")}`;
}
