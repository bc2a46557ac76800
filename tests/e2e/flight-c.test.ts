// Three drones of one booking on one UDP port, recorded from three autopilots at once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alarmSchema } from "../../contract/wire/alarm.ts";
import { flightSchema, type Flight } from "../../contract/wire/flight.ts";
import { linkCountersSchema } from "../../contract/wire/live-status.ts";
import { createClock } from "../../server/clock.ts";
import { walkTlog } from "../../server/mavlink/tlog.ts";
import { bookFlight, list } from "../support/book-flight.ts";
import { wishOfC } from "../support/flight-wishes.ts";
import { flightsAvailable } from "../support/flights.ts";
import {
  createFlightSender,
  vehicleDatagramsOfPcap,
  type FlightSender,
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
  let sender: FlightSender;
  let flights: Flight[];
  let bookingId: string;

  beforeAll(async () => {
    server = await startServer();
    operator = await server.signIn("operator@demo.invalid");
    controller = await server.signIn("controller@demo.invalid");
    sender = createFlightSender(vehicleDatagramsOfPcap("c_three.pcap"), server.udp.port);
    bookingId = (await bookFlight(operator, wishOfC(createClock().nowMs()))).id;
    await sender.send({ fromS: 0, toS: Infinity, speed: 10 });
    await until("three flights have landed", async () => {
      flights = await list(operator, "/flights", "flights", flightSchema);
      return flights.length === 3 && flights.every(({ state }) => state !== "flying");
    });
  }, 150_000);

  afterAll(async () => {
    sender.close();
    await server.stop();
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

  test("each record holds its own drone's frames and nobody else's", async () => {
    for (const { sessionId, sysid } of flights) {
      const heard = new Set<number>();
      const record = await controller.bytes(`/records/${sessionId}`);
      walkTlog(record, ({ frame }) => heard.add(frame.sysid));
      expect([...heard].filter((other) => other !== 245)).toEqual([sysid]);
    }
  });
});
