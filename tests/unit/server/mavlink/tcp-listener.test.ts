// Who keeps a place of the TCP listener while places are few: real sockets on this machine.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import {
  openTcpListener,
  tcpConnectionsPerAddressMax,
  type TcpListener,
} from "../../../../server/mavlink/tcp-listener.ts";

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Every piece counts as one frame. */
async function listening(patience: { firstFrameWithinMs: number; restingAfterMs: number }) {
  const told: string[] = [];
  const events = {
    onBytes: () => 1,
    onClosed: () => undefined,
    onRefused: (_from: unknown, reason: string) => void told.push(reason),
    onCut: (_from: unknown, reason: string) => void told.push(reason),
  };
  const listener = await openTcpListener({ host: "127.0.0.1", port: 0 }, events, patience);
  closers.push(() => listener.close());
  return { listener, told };
}

async function connected(listener: TcpListener): Promise<Socket> {
  const socket = connect(listener.address().port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  closers.push(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

test("who brings no frame in time is cut, who brought one may rest", async () => {
  const { listener, told } = await listening({ firstFrameWithinMs: 150, restingAfterMs: 160 });
  const router = await connected(listener);
  router.write("frame");
  const idle = await connected(listener);
  await once(idle, "close");
  expect(told).toEqual(["silent"]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(listener.connectionCount).toBe(1);
});

test("one that has rested for long gives way where its place is needed", async () => {
  const { listener, told } = await listening({ firstFrameWithinMs: 10_000, restingAfterMs: 100 });
  const resting = await connected(listener);
  resting.write("frame");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const awake = setInterval(() => {
    for (const socket of others) socket.write("frame");
  }, 20);
  const others: Socket[] = [];
  closers.unshift(() => clearInterval(awake));
  while (others.length < tcpConnectionsPerAddressMax) others.push(await connected(listener));
  await once(resting, "close");
  expect(told).toEqual(["resting"]);
  await vi.waitFor(() => expect(listener.connectionCount).toBe(tcpConnectionsPerAddressMax));
  const refused = await connected(listener);
  await once(refused, "close");
  expect(told).toEqual(["resting", "addressShare"]);
});
