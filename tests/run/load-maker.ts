// Sends what drones send to a UDP address, at a rate, until it is told to stop: each drone from a
// port of its own. A program of its own, so that it has a processor core to itself. Started by
// tests/run/udp-load.ts.
import { createSocket, type Socket } from "node:dgram";
import { z } from "zod";
import { DroneStream } from "../support/drone-stream.ts";

const settings = z
  .object({
    host: z.string(),
    port: z.number(),
    drones: z.number(),
    datagramsPerS: z.number(),
    framesADatagram: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

/** Datagrams sent without looking at the time. */
const burstMax = 64;
/** Behind its rate by more than this it does not catch up: the receiver would be flooded. */
const behindSMax = 0.05;
const datagramBytesMax = 1_500;

async function openSocket(): Promise<Socket> {
  const socket = createSocket({ type: "udp4" });
  // A receiver that is gone refuses them; the load goes on.
  socket.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    socket.connect(settings.port, settings.host, () => resolve());
  });
  return socket;
}

const drones = await Promise.all(
  Array.from({ length: settings.drones }, async (_, n) => ({
    socket: await openSocket(),
    stream: new DroneStream(n + 1),
  })),
);
const startedUs = Number(process.hrtime.bigint() / 1_000n);
let sent = 0;
let skipped = 0;
let isStopping = false;

function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

function sendOne(elapsedUs: number): void {
  const drone = drones[sent % drones.length];
  if (drone === undefined) return;
  // Not shared between two: the system may take it later.
  const bytes = Buffer.allocUnsafe(datagramBytesMax);
  let length = 0;
  for (let frame = 0; frame < settings.framesADatagram; frame++) {
    length += drone.stream.next(bytes, length, elapsedUs, startedUs + elapsedUs);
  }
  drone.socket.send(bytes, 0, length);
  sent += 1;
}

function work(): void {
  if (isStopping) return;
  const elapsedUs = nowUs() - startedUs;
  const due = Math.floor((elapsedUs * settings.datagramsPerS) / 1e6) - skipped;
  const behind = due - sent - settings.datagramsPerS * behindSMax;
  if (behind > 0) skipped += Math.floor(behind);
  for (let n = Math.min(burstMax, due - sent); n > 0; n--) sendOne(elapsedUs);
  if (due - sent > 0) setImmediate(work);
  else setTimeout(work, 1);
}

process.on("message", (ask) => {
  isStopping = ask === "stop";
  const { user, system } = process.cpuUsage();
  process.send?.({ sent, skipped, cpuUs: user + system, atUs: nowUs() });
  if (isStopping) process.disconnect();
});
process.on("disconnect", () => process.exit(0));
work();
