// A drone that no booking names vanishes while it is armed: a controller binds its flight to a
// booking, takes that back, binds it again and closes its session; the flight is sealed as ended
// without disarming.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alarmSchema } from "../../contract/wire/alarm.ts";
import type { Booking } from "../../contract/wire/booking.ts";
import { flightSchema, type Flight } from "../../contract/wire/flight.ts";
import { vehicleStatusSchema } from "../../contract/wire/live-status.ts";
import { createClock } from "../../server/clock.ts";
import { bookFlight, list, readBooking } from "../support/book-flight.ts";
import { launchBrowser, openPage } from "../support/browser.ts";
import { wishOfA } from "../support/flight-wishes.ts";
import { flightsAvailable } from "../support/flights.ts";
import { createFlightSender, vehicleDatagramsOfPcap } from "../support/send-flight.ts";
import {
  startServer,
  until,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

const clock = createClock();
const vehicleSchema = vehicleStatusSchema.loose();

// Skipped where the recordings are not at hand, which tests/support/flights.ts says on stderr.
describe.skipIf(!flightsAvailable)("a vanished drone and a controller", () => {
  let server: StartedServer;
  let controller: ServerClient;
  let owner: ServerClient;
  let stranger: ServerClient;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    controller = await server.signIn("controller@demo.invalid");
    owner = await server.signIn("operator@demo.invalid");
    stranger = await server.signIn("operator2@demo.invalid");
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  async function theFlight(): Promise<Flight> {
    const [flight] = await list(controller, "/flights", "flights", flightSchema);
    if (flight === undefined) throw new Error("No flight is listed.");
    return flight;
  }

  /** In the drone's panel, which says that the booking does not name the drone. */
  async function takeBackOnPage(): Promise<void> {
    const opened = await openPage(browser, {
      url: `${server.url}/control`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    const { page } = opened;
    await page.goto(`${server.url}/control`);
    await page.getByTestId("fleet-row-1").click();
    const panel = page.getByTestId("drone-panel");
    await panel.getByTestId("bound-by-hand").getByText("does not name this aircraft").waitFor();
    await panel.getByTestId("take-back-binding").click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Take it back" }).click();
    await panel.getByTestId("bound-by-hand").waitFor({ state: "detached" });
    await panel.getByTestId("bind-flight").waitFor();
    await opened.close();
  }

  /** Gone from Control: the page of the flight says whose airspace it entered, and binds it. */
  async function bindInReplay({ id }: Flight, booking: Booking): Promise<void> {
    const takeBackOf = await controller.post(`/flights/${id}/bind`, { bookingId: null });
    expect(takeBackOf.status).toBe(200);
    await until("the binding is taken back", async () => {
      return (await theFlight()).binding.kind === "wrongDrone";
    });
    const opened = await openPage(browser, {
      url: `${server.url}/replay/${id}`,
      email: "controller@demo.invalid",
      password: server.password,
    });
    const { page } = opened;
    await page.goto(`${server.url}/replay/${id}`);
    const airspace = `in the airspace of ${booking.title} (${booking.organisationName})`;
    await page.locator(".flight-facts").getByText(airspace).waitFor();
    await page.getByRole("button", { name: /Bind to a booking/u }).click();
    await page.getByRole("option", { name: booking.title }).click();
    await page.getByTestId("bind-flight").click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Bind the flight" }).click();
    await page.getByTestId("bound-by-hand").waitFor();
    await opened.close();
    expect((await theFlight()).binding).toMatchObject({ kind: "byHand", bookingId: booking.id });
  }

  async function takeBack(before: Flight, bookingId: string): Promise<void> {
    await takeBackOnPage();
    await until("the booking is accepted again", async () => {
      return (await readBooking(owner, bookingId)).state === "accepted";
    });
    expect(await theFlight()).toMatchObject({
      binding: { kind: "wrongDrone", bookingId },
      bookingTitle: null,
    });
    expect(await controller.post(`/flights/${before.id}/bind`, { bookingId: null })).toMatchObject({
      status: 409,
      body: { type: "urn:skyrange:problem:notBoundByHand" },
    });
  }

  async function closeAndSeal(before: Flight): Promise<void> {
    const close = `/vehicles/live/${before.sessionId}/close`;
    await until("the drone is lost", async () => {
      const [vehicle] = await list(controller, "/vehicles/live", "vehicles", vehicleSchema);
      return vehicle?.link === "lost";
    });
    expect((await owner.post(close)).status).toBe(403);
    expect(await controller.post(close)).toMatchObject({
      status: 200,
      body: { sessionId: before.sessionId, flightId: before.id },
    });
    await until("the flight is sealed", async () => (await theFlight()).state === "sealed");
    expect(await theFlight()).toMatchObject({
      endedWithoutDisarming: true,
      endedBy: "closedByController",
      disarmedAtMs: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await controller.post(close)).status).toBe(404);
    await until("the drone has left the live picture", async () => {
      return (await list(controller, "/vehicles/live", "vehicles", vehicleSchema)).length === 0;
    });
  }

  test("is bound by hand, taken back, bound again, closed, and sealed with why", async () => {
    const booking = await bookFlight(owner, { ...wishOfA(clock.nowMs()), sysids: [2] });
    const sender = createFlightSender(vehicleDatagramsOfPcap("a_normal.pcap"), server.udp.port);
    await sender.send({ fromS: 0, toS: 100, speed: 10 });
    sender.close();
    await until("the flight is listed", async () => {
      return (await list(controller, "/flights", "flights", flightSchema)).length === 1;
    });
    const before = await theFlight();
    expect(before.binding).toEqual({ kind: "wrongDrone", bookingId: booking.id });
    expect((await stranger.get(`/flights/${before.id}`)).status).toBe(404);

    const [alarm] = await list(controller, "/alarms", "alarms", alarmSchema);
    expect(alarm?.condition).toMatchObject({
      kind: "wrongDrone",
      bookingId: booking.id,
      bookingTitle: booking.title,
      contactPhone: booking.contactPhone,
      pilotName: booking.pilots[0]?.name,
    });
    expect(await list(stranger, "/alarms", "alarms", alarmSchema)).toEqual([]);

    const bind = { bookingId: booking.id };
    expect((await owner.post(`/flights/${before.id}/bind`, bind)).status).toBe(403);
    expect((await controller.post("/flights/flt_none/bind", bind)).status).toBe(404);
    const elsewhere = { bookingId: "bkg_none" };
    expect((await controller.post(`/flights/${before.id}/bind`, elsewhere)).status).toBe(409);
    expect(await controller.post(`/flights/${before.id}/bind`, bind)).toMatchObject({
      status: 200,
      body: { flightId: before.id, bookingId: booking.id },
    });
    await until("the booking is activated", async () => {
      return (await readBooking(owner, booking.id)).state === "activated";
    });
    await until("the flight is bound", async () => {
      return (await theFlight()).binding.kind === "byHand";
    });
    expect(await theFlight()).toMatchObject({
      binding: { kind: "byHand", bookingId: booking.id },
      bookingTitle: booking.title,
      organisationId: booking.organisationId,
      state: "flying",
    });
    expect((await owner.get(`/flights/${before.id}`)).status).toBe(200);
    expect((await stranger.get(`/flights/${before.id}`)).status).toBe(404);
    expect(await controller.post(`/flights/${before.id}/bind`, bind)).toMatchObject({
      status: 409,
      body: { type: "urn:skyrange:problem:alreadyBound" },
    });

    await takeBack(before, booking.id);
    expect((await controller.post(`/flights/${before.id}/bind`, bind)).status).toBe(200);
    await closeAndSeal(before);
    await bindInReplay(before, booking);
  });
});
