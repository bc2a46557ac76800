// The demo desk: books for the simulated drones through the public API, and keeps on booking.
// Started beside the server by `npm start`; SERVER_URL and DEMO_PASSWORD come from the environment.
import { setTimeout as sleep } from "node:timers/promises";
import { createClock } from "../clock.ts";
import { demoFlightsEmail } from "../../contract/demo-flights.ts";
import { neededBookings } from "../demo/demo-bookings.ts";
import { createSiteClient, type SiteClient } from "../demo/site-client.ts";

const clock = createClock();
const everyMs = 30_000;
const retryMs = 500;

async function bookOnce(client: SiteClient, password: string): Promise<boolean> {
  const person = await client.signIn(demoFlightsEmail, password);
  if (!person) return false;
  for (const request of neededBookings(await client.facts(Math.floor(clock.nowMs())))) {
    const answer = await client.book(request);
    if (!answer.accepted) console.log(`${request.title}: ${answer.why}`);
  }
  return true;
}

async function main(): Promise<void> {
  const url = process.env["SERVER_URL"];
  const password = process.env["DEMO_PASSWORD"];
  if (!url || !password) {
    console.error("The demo desk needs SERVER_URL and DEMO_PASSWORD in its environment.");
    process.exitCode = 1;
    return;
  }
  const ending = new AbortController();
  const end = (): void => {
    ending.abort();
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  process.once("disconnect", end);
  const client = createSiteClient(url);
  let told = false;
  while (!ending.signal.aborted) {
    // The server may be restarting; the next try comes soon.
    const booked = await bookOnce(client, password).catch(() => false);
    if (booked && !told) {
      process.send?.("ready");
      told = true;
    }
    const pause = sleep(booked ? everyMs : retryMs, undefined, { signal: ending.signal });
    await pause.catch(() => undefined);
  }
  if (process.connected) process.disconnect();
}

await main();
