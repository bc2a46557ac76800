// The spine on real input: a recorded ArduCopter flight, one datagram at a time over UDP, against a
// real server, a real database and a real Chromium.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { alarmSchema } from "../../contract/wire/alarm.ts";
import type { Booking } from "../../contract/wire/booking.ts";
import { flightSchema, trackColumnsSchema, type Flight } from "../../contract/wire/flight.ts";
import { linkCountersSchema } from "../../contract/wire/live-status.ts";
import { createClock } from "../../server/clock.ts";
import { bookFlight, list, readBooking } from "../support/book-flight.ts";
import { launchBrowser, openPage, type WatchedPage } from "../support/browser.ts";
import { wishOfA } from "../support/flight-wishes.ts";
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

const speed = 10;

// Skipped where the recordings are not at hand, which tests/support/flights.ts says on stderr.
describe.skipIf(!flightsAvailable)("flight a, a normal flight, at ten times its pace", () => {
  let server: StartedServer;
  let browser: Browser;
  let operator: ServerClient;
  let controller: ServerClient;
  let control: WatchedPage;
  let sender: FlightSender;
  let datagrams: RecordedDatagram[];
  let booking: Booking;
  let flight: Flight;
  const seen = { places: new Set<string>(), states: new Set<string>() };

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    operator = await server.signIn("operator@demo.invalid");
    controller = await server.signIn("controller@demo.invalid");
    datagrams = vehicleDatagramsOfPcap("a_normal.pcap");
    sender = createFlightSender(datagrams, server.udp.port);
    booking = await bookFlight(operator, wishOfA(createClock().nowMs()));
    control = await openPage(browser, {
      url: `${server.url}/control`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    const sending = sender.send({ fromS: 0, toS: Infinity, speed });
    const progress = { isOver: false };
    void sending.then(() => (progress.isOver = true));
    const row = control.page.getByTestId("fleet-row-1");
    await row.waitFor();
    while (!progress.isOver) {
      seen.places.add(
        `${await row.getAttribute("data-lat")} ${await row.getAttribute("data-lng")}`,
      );
      seen.states.add((await readBooking(operator, booking.id)).state);
      await control.page.waitForTimeout(400);
    }
    await sending;
    await until("the flight has landed", async () => {
      const [first] = await list(operator, "/flights", "flights", flightSchema);
      if (first) flight = first;
      return first !== undefined && first.state !== "flying";
    });
  }, 180_000);

  afterAll(async () => {
    sender.close();
    await browser.close();
    await server.stop();
  });

  test("the recording is what its README says: 22,789 datagrams from the vehicle", () => {
    expect(datagrams).toHaveLength(22_789);
  });

  test("the booking was accepted at once and activated by the drone's own telemetry", () => {
    expect(booking.state).toBe("accepted");
    expect([...seen.states].sort()).toEqual(["accepted", "activated"]);
  });

  test("the drone moved on the controller's page", () => {
    expect(seen.places.size).toBeGreaterThan(20);
  });

  test("the built-in map drew the drone, and nothing left the machine", async () => {
    const map = control.page.getByTestId("site-map");
    await expect.poll(() => map.getAttribute("data-engine")).toBe("maplibre");
    await expect.poll(() => map.getAttribute("data-drones")).toBe("1");
    expect(control.troubles).toEqual([]);
  });

  test("no alarm was raised", async () => {
    expect(await list(controller, "/alarms", "alarms", alarmSchema)).toEqual([]);
    expect(await control.page.getByTestId("alarm-row").count()).toBe(0);
  });

  test("every datagram is accounted for: 22,780 frames, 9 of plain text, no gap", async () => {
    const links = () => list(controller, "/vehicles/live", "links", linkCountersSchema);
    await expect.poll(async () => (await links())[0]?.received).toBe(22_789);
    const [link, ...others] = await links();
    expect(others).toEqual([]);
    expect(link).toMatchObject({ decoded: 22_780, sequenceGaps: 0 });
    expect(link?.dropped).toMatchObject({ notMavlink: 9, crc: 0, truncated: 0 });
    expect(link?.messages).toMatchObject({ GLOBAL_POSITION_INT: 2318, HEARTBEAT: 240 });
  });

  test("the session's record holds byte for byte what was sent", async () => {
    const sent = sentFrames(datagrams);
    const recorded = await recordedFrames(controller, flight.sessionId, sent.frames);
    expect(recorded.frames).toBe(22_780);
    expect(recorded.bytes.equals(sent.bytes)).toBe(true);
  });

  test("the flight is bound to its booking and its track has the recording's figures", async () => {
    expect(flight).toMatchObject({
      sysid: 1,
      binding: { kind: "booked", bookingId: booking.id },
      endedWithoutDisarming: false,
      alarmCount: 0,
    });
    expect(flight.figures?.maxAltitudeAboveHomeM).toBeCloseTo(30.01, 1);
    const answer = await operator.get(`/flights/${flight.id}/track`);
    const track = trackColumnsSchema.parse(answer.body);
    expect(Math.max(...track.altitudeAmslM)).toBeCloseTo(33.09, 1);
    expect(track.timeMs.length).toBeGreaterThan(1_800);
  });

  test("the pilot opens the flight, plays it and downloads a log other tools read", async () => {
    const pilot = await openPage(browser, {
      url: `${server.url}/replay`,
      email: "pilot@demo.invalid",
      password: server.password,
    });
    const { page } = pilot;
    await page.getByTestId("flight-row").first().getByRole("link").first().click();
    const time = page.getByTestId("player-time");
    await time.waitFor();
    const before = Number(await time.getAttribute("data-time-ms"));
    await page.getByTestId("player-toggle").click();
    await expect
      .poll(async () => Number(await time.getAttribute("data-time-ms")), { timeout: 15_000 })
      .toBeGreaterThan(before + 500);
    const downloading = page.waitForEvent("download");
    await page.getByTestId("flight-download").click();
    expect((await downloading).suggestedFilename()).toMatch(/\.tlog$/);
    expect(pilot.troubles).toEqual([]);
    await pilot.close();
  });

  test("an operator of another company is not told that any of it exists", async () => {
    const stranger = await server.signIn("operator2@demo.invalid");
    for (const path of [
      `/bookings/${booking.id}`,
      `/flights/${flight.id}`,
      `/flights/${flight.id}/log`,
    ]) {
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    }
    // Whole records hold other people's frames: for operators they are closed, there or not.
    for (const id of [flight.sessionId, "ses_none"]) {
      expect((await stranger.get(`/records/${id}`)).status).toBe(403);
    }
    expect(await list(stranger, "/flights", "flights", flightSchema)).toEqual([]);
  });
});
