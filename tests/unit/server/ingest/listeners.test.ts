// Real sockets on this machine: UDP and TCP side by side, into one telemetry flow.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { openListeners, type Listeners } from "../../../../server/ingest/listeners.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import {
  tcpConnectionsMax,
  tcpConnectionsPerAddressMax,
} from "../../../../server/mavlink/tcp-listener.ts";
import {
  uselessBytesMax,
  writeBacklogBytesMax,
} from "../../../../server/mavlink/tcp-connection.ts";
import { createSilentLog } from "../../../support/silent-log.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const anyPort = { host: "127.0.0.1", port: 0 };
const none = { udp: [], tcpListen: [], tcpConnect: [], receiveBufferBytes: 65_536 };
const frame = createEncoder({ sysid: 7, compid: 1 }).heartbeat();
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listening(addresses: Partial<Parameters<typeof openListeners>[0]>) {
  const run = new TelemetryRun(watchPlan([]));
  let atUs = 1.7e15;
  const incoming = {
    onDatagram: (bytes: Uint8Array, from: Parameters<typeof run.flow.onDatagram>[1]) =>
      run.flow.onDatagram(bytes, from, (atUs += 1000)),
    onStream: (bytes: Uint8Array, from: Parameters<typeof run.flow.onStream>[1]) =>
      run.flow.onStream(bytes, from, (atUs += 1000)),
    onStreamEnd: (from: Parameters<typeof run.flow.onStreamEnd>[0]) =>
      run.flow.onStreamEnd(from, (atUs += 1000)),
  };
  const opened = await openListeners({ ...none, ...addresses }, incoming, createSilentLog());
  if (opened.kind !== "listening") throw new Error(opened.reason);
  closers.push(() => opened.listeners.close());
  const decoded = (listener: string | undefined): number =>
    [...run.flow.links()]
      .filter(({ address }) => address.listener === listener)
      .reduce((sum, link) => sum + link.tally.frames, 0);
  return { listeners: opened.listeners, run, decoded };
}

function portOf(listeners: Listeners, index = 0): number {
  return Number(/\d+$/.exec(listeners.names[index] ?? "")?.[0]);
}

async function connected(port: number, localAddress = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", localAddress });
  socket.on("error", () => socket.destroy());
  closers.push(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

test("several UDP addresses are listened on at once, each with its own links", async () => {
  const { listeners, decoded } = await listening({ udp: [anyPort, anyPort] });
  const socket = createSocket("udp4");
  closers.push(() => void socket.close());
  for (const index of [0, 1]) socket.send(frame, portOf(listeners, index), "127.0.0.1");
  await vi.waitFor(() => expect(listeners.names.map(decoded)).toEqual([1, 1]));
});

test("a buffer that the system cut is said, and what it gave", async () => {
  const asked = 2 ** 30;
  const { listeners } = await listening({ udp: [anyPort], receiveBufferBytes: asked });
  const [counters] = listeners.counters();
  expect(counters?.isBufferCut).toBe(true);
  expect(counters?.receiveBufferBytes).toBeLessThan(asked);
  const small = await listening({ udp: [anyPort], receiveBufferBytes: 65_536 });
  expect(small.listeners.counters()[0]).toMatchObject({
    isBufferCut: false,
    receiveBufferBytes: 65_536,
  });
});

test("frames of a TCP stream are found across its pieces, and answered by it", async () => {
  const { listeners, run, decoded } = await listening({ tcpListen: [anyPort] });
  const [name] = listeners.names;
  expect(name).toMatch(/^tcp:127\.0\.0\.1:\d+$/);
  const socket = await connected(portOf(listeners));
  socket.write(frame.slice(0, 5));
  await vi.waitFor(() => expect([...run.flow.links()]).toHaveLength(1));
  socket.write(Buffer.concat([frame.slice(5), frame]));
  await vi.waitFor(() => expect(decoded(name)).toBe(2));
  const [link] = [...run.flow.links()];
  if (link === undefined) throw new Error("the link is known");
  const heard = once(socket, "data");
  listeners.send(frame, link.address);
  expect((await heard)[0]).toEqual(Buffer.from(frame));
});

test("we connect to a router, and again after it went away", async () => {
  const sockets: Socket[] = [];
  const router = createServer((socket) => sockets.push(socket));
  router.listen(0, "127.0.0.1");
  await once(router, "listening");
  closers.push(() => void router.close());
  const { port } = router.address() as AddressInfo;
  const { listeners, decoded } = await listening({ tcpConnect: [{ host: "127.0.0.1", port }] });
  const [name] = listeners.names;
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  // Half a frame is lost with its connection and harms nothing of the next.
  sockets[0]?.write(Buffer.concat([frame, frame.slice(0, 9)]));
  await vi.waitFor(() => expect(decoded(name)).toBe(1));
  sockets[0]?.destroy();
  await vi.waitFor(() => expect(sockets).toHaveLength(2), { timeout: 3_000 });
  sockets[1]?.write(frame);
  await vi.waitFor(() => expect(decoded(name)).toBe(2));
  expect(listeners.counters()[0]).toMatchObject({ kind: "tcpClient", connections: 1 });
  sockets[1]?.destroy();
});

test("who sends no MAVLink is cut, and one connection too many is turned away", async () => {
  const { listeners } = await listening({ tcpListen: [anyPort] });
  const useless = await connected(portOf(listeners));
  const ended = once(useless, "close");
  useless.write(Buffer.alloc(uselessBytesMax + 1, 0x20));
  await ended;
  expect(listeners.counters()[0]).toMatchObject({ refused: 1 });
  const share = Array.from({ length: tcpConnectionsPerAddressMax });
  const port = portOf(listeners);
  await Promise.all(share.map(() => connected(port)));
  const over = await connected(port);
  await once(over, "close");
  expect(listeners.counters()[0]).toMatchObject({ refused: 1, refusedByShare: 1 });
  await Promise.all(share.map(() => connected(port, "127.0.0.2")));
  await vi.waitFor(() => {
    expect(listeners.counters()[0]?.connections).toBe(tcpConnectionsMax);
  });
  const extra = await connected(port, "127.0.0.3");
  await once(extra, "close");
  expect(listeners.counters()[0]).toMatchObject({ connections: tcpConnectionsMax, refused: 2 });
});

test("one that reads too slowly is cut before what waits for it grows", async () => {
  const { listeners, run } = await listening({ tcpListen: [anyPort] });
  const socket = await connected(portOf(listeners));
  socket.pause();
  socket.write(frame);
  await vi.waitFor(() => expect([...run.flow.links()]).toHaveLength(1));
  const [link] = [...run.flow.links()];
  if (link === undefined) throw new Error("the link is known");
  const piece = new Uint8Array(writeBacklogBytesMax / 4);
  for (let n = 0; n < 400 && listeners.counters()[0]?.cutSlow === 0; n++) {
    listeners.send(piece, link.address);
  }
  expect(listeners.counters()[0]).toMatchObject({ cutSlow: 1 });
});
