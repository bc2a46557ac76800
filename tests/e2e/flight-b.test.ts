// Flight b leaves its polygon, comes back, climbs above its ceiling and comes down: two alarms.
// Once whole at ten times its pace, for the counts; once in real time around both breaches, for the
// one second between the frame and the controller's screen; once with ingest killed on the way.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { alarmSchema, type Alarm } from "../../contract/wire/alarm.ts";
import { flightSchema } from "../../contract/wire/flight.ts";
import { createClock } from "../../server/clock.ts";
import { walkTlog } from "../../server/mavlink/tlog.ts";
import { bookFlight, list, readBooking } from "../support/book-flight.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { wishOfB } from "../support/flight-wishes.ts";
import { flightsAvailable } from "../support/flights.ts";
import { ourSysid, recordedFrames, sentFrames } from "../support/incoming-frames.ts";
import {
  createFlightSender,
  vehicleDatagramsOfTlog,
  type FlightSender,
} from "../support/send-flight.ts";
import {
  startServer,
  until,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

const clock = createClock();

// Skipped where the recordings are not at hand, which tests/support/flights.ts says on stderr.
describe.skipIf(!flightsAvailable)("flight b, two breaches", () => {
  let server: StartedServer;
  let operator: ServerClient;
  let controller: ServerClient;
  let sender: FlightSender;
  const datagrams = vehicleDatagramsOfTlog("b_fence.tlog");

  beforeEach(async () => {
    server = await startServer();
    operator = await server.signIn("operator@demo.invalid");
    controller = await server.signIn("controller@demo.invalid");
    sender = createFlightSender(datagrams, server.udp.port);
  });

  afterEach(async () => {
    sender.close();
    await server.stop();
  });

  function alarms(): Promise<Alarm[]> {
    return list(controller, "/alarms", "alarms", alarmSchema);
  }

  async function expectBothAlarmsReturned(): Promise<void> {
    await until("both alarms have returned to normal", async () => {
      const all = await alarms();
      return all.length === 2 && all.every(({ condition }) => condition.state === "returned");
    });
    const conditions = (await alarms()).map(({ condition }) => condition);
    conditions.sort((a, b) => a.raisedAtMs - b.raisedAtMs);
    expect(conditions.map(({ kind, count }) => [kind, count])).toEqual([
      ["volumeLateral", 1],
      ["volumeCeiling", 1],
    ]);
  }

  /** The pilot plays the flight and finds both alarms on its time line. */
  async function expectReplayWithBothAlarms(flightId: string): Promise<void> {
    const browser = await launchBrowser();
    const { page, troubles } = await openPage(browser, {
      url: `${server.url}/replay/${flightId}`,
      email: "pilot@demo.invalid",
      password: server.password,
    });
    const time = page.getByTestId("player-time");
    await time.waitFor();
    const atMs = async (): Promise<number> => Number(await time.getAttribute("data-time-ms"));
    const before = await atMs();
    await page.getByTestId("player-toggle").click();
    await expect.poll(atMs, { timeout: 15_000 }).toBeGreaterThan(before + 500);
    expect(await page.locator("[data-testid=flight-event][data-kind=alarm]").count()).toBe(2);
    expect(troubles).toEqual([]);
    await browser.close();
  }

  test("whole, at ten times its pace: exactly the polygon and the ceiling alarm", async () => {
    const booking = await bookFlight(operator, wishOfB(clock.nowMs()));
    const states = new Set<string>();
    const sending = sender.send({ fromS: 0, toS: Infinity, speed: 10 });
    let over = false;
    void sending.then(() => {
      over = true;
    });
    await until(
      "the recording has been sent",
      async () => {
        states.add((await readBooking(operator, booking.id)).state);
        return over;
      },
      60_000,
    );
    await expectBothAlarmsReturned();
    expect([...states].sort()).toEqual(["accepted", "activated", "nonconforming"]);
    const [ceiling] = (await alarms()).filter(({ condition: c }) => c.kind === "volumeCeiling");
    expect(ceiling?.condition).toMatchObject({
      limit: { reference: "ABOVE_HOME", valueM: 120 },
      bookingTitle: "Flight b",
      contactPhone: booking.contactPhone,
    });
    expect(ceiling?.condition.worst?.excessM).toBeCloseTo(12, 0);
    await until("the flight has landed", async () => {
      const [first] = await list(operator, "/flights", "flights", flightSchema);
      return first !== undefined && first.state !== "flying";
    });
    const [flight] = await list(operator, "/flights", "flights", flightSchema);
    expect(flight).toMatchObject({ alarmCount: 2, binding: { kind: "booked" } });
    const sent = sentFrames(datagrams);
    const recorded = await recordedFrames(controller, flight?.sessionId ?? "", sent.frames);
    expect(recorded.frames).toBe(sent.frames);
    expect(recorded.bytes.equals(sent.bytes)).toBe(true);
    await expectReplayWithBothAlarms(flight?.id ?? "");
  }, 150_000);

  test("in real time: each alarm is on the screen within a second of the frame", async () => {
    await bookFlight(operator, wishOfB(clock.nowMs()));
    const browser: Browser = await launchBrowser();
    const { page, troubles } = await openPage(browser, {
      url: `${server.url}/control`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    const row = (kind: string) => page.locator(`[data-testid=alarm-row][data-kind=${kind}]`);
    await sender.send({ fromS: 0, toS: 60, speed: 10 });
    const lateral = sender.send({ fromS: 76.2, toS: 150.8, speed: 1 });
    await row("volumeLateral").waitFor({ timeout: 40_000 });
    const lateralShownMs = clock.nowMs();
    expect(lateralShownMs - sender.sentAtMs(91.2)).toBeLessThan(1_000);
    const words = await row("volumeLateral").innerText();
    expect(words).toContain("Flight b");
    expect(words).toMatch(/\+852/);
    expect(words).toMatch(/above home|AMSL/);
    await row("volumeLateral")
      .getByRole("button", { name: /Acknowledge/ })
      .click();
    await expect.poll(() => row("volumeLateral").getAttribute("data-state")).toBe("acknowledged");
    await lateral;
    const ceiling = sender.send({ fromS: 164.2, toS: 210.6, speed: 1 });
    await row("volumeCeiling").waitFor({ timeout: 40_000 });
    expect(clock.nowMs() - sender.sentAtMs(179.2)).toBeLessThan(1_000);
    await ceiling;
    await expectBothAlarmsReturned();
    const [first, second] = (await alarms())
      .map(({ condition }) => condition)
      .sort((a, b) => a.raisedAtMs - b.raisedAtMs);
    const returnedAfterMs = (first?.returnedAtMs ?? 0) - sender.sentAtMs(140.8);
    expect(returnedAfterMs).toBeGreaterThan(4_800);
    expect(returnedAfterMs).toBeLessThan(7_500);
    expect(second?.returnedAtMs).toBeGreaterThan(sender.sentAtMs(200.6) + 4_800);
    expect(troubles).toEqual([]);
    await browser.close();
  }, 240_000);

  test("ingest killed in the breach: no alarm lost or doubled, the flight goes on", async () => {
    await bookFlight(operator, wishOfB(clock.nowMs()));
    const sending = sender.send({ fromS: 0, toS: Infinity, speed: 10 });
    await until("the polygon alarm stands", async () => (await alarms()).length === 1, 30_000);
    const [before] = await alarms();
    const { ingest } = server.pids();
    process.kill(ingest, "SIGKILL");
    const killedAtMs = clock.nowMs();
    await until("another ingest runs", () => server.pids().ingest !== ingest, 20_000);
    await sending;
    await expectBothAlarmsReturned();
    const all = await alarms();
    expect(all.map(({ condition }) => condition.id)).toContain(before?.condition.id);
    await until("the flight has landed", async () => {
      const flights = await list(operator, "/flights", "flights", flightSchema);
      return flights.length === 1 && flights[0]?.state !== "flying";
    });
    // The record lacks at most the last second before the kill.
    const [flight] = await list(operator, "/flights", "flights", flightSchema);
    const record = await controller.bytes(`/records/${flight?.sessionId ?? ""}`);
    let recordedBefore = 0;
    walkTlog(record, ({ stampUs, frame }) => {
      if (frame.sysid !== ourSysid && stampUs / 1000 <= killedAtMs) recordedBefore += 1;
    });
    expect(recordedBefore).toBeGreaterThanOrEqual(sender.sentBy(killedAtMs - 1_000));
  }, 150_000);
});
