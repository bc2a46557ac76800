import { createSocket } from "node:dgram";
import { expect, test, vi } from "vitest";
import { openUdpEndpoint } from "../../../../server/mavlink/udp-endpoint.ts";
import type { UdpEndpoint } from "../../../../server/mavlink/udp-endpoint.ts";

const anyPort = { host: "127.0.0.1", port: 0, receiveBufferBytes: 65_536 };
const fail = (error: Error) => {
  throw error;
};

/** An endpoint that keeps what it hears. */
async function openListener() {
  const heard: { text: string; port: number; address: string }[] = [];
  const endpoint = await openUdpEndpoint(
    anyPort,
    (bytes, address, port) => heard.push({ text: new TextDecoder().decode(bytes), address, port }),
    fail,
  );
  return { endpoint, heard };
}

async function closeAll(...endpoints: readonly UdpEndpoint[]): Promise<void> {
  await Promise.all(endpoints.map(async (endpoint) => endpoint.close()));
}

test("a datagram comes with the address and port of its sender, and can be answered", async () => {
  const drone = await openListener();
  const server = await openListener();
  const dronePort = drone.endpoint.address().port;
  const serverPort = server.endpoint.address().port;
  drone.endpoint.send(new TextEncoder().encode("hello"), "127.0.0.1", serverPort);
  await vi.waitFor(() => {
    expect(server.heard).toEqual([{ text: "hello", address: "127.0.0.1", port: dronePort }]);
  });
  server.endpoint.send(new TextEncoder().encode("answer"), "127.0.0.1", dronePort);
  await vi.waitFor(() => {
    expect(drone.heard).toEqual([{ text: "answer", address: "127.0.0.1", port: serverPort }]);
  });
  await closeAll(drone.endpoint, server.endpoint);
});

test("the receive buffer is read back from the system", async () => {
  const { endpoint } = await openListener();
  expect(endpoint.receiveBufferBytes).toBeGreaterThanOrEqual(65_536);
  await closeAll(endpoint);
});

test("a port in use is told by the promise", async () => {
  const { endpoint } = await openListener();
  const { port } = endpoint.address();
  await expect(openUdpEndpoint({ ...anyPort, port }, () => {}, fail)).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await closeAll(endpoint);
});

test("a send that cannot work is told to onError and never thrown", async () => {
  const errors: Error[] = [];
  const endpoint = await openUdpEndpoint(
    anyPort,
    () => {},
    (error) => errors.push(error),
  );
  endpoint.send(new Uint8Array([1]), "127.0.0.1", 0);
  expect(errors).toHaveLength(1);
  endpoint.send(new Uint8Array(70_000), "127.0.0.1", 9);
  await vi.waitFor(() => {
    expect(errors).toHaveLength(2);
  });
  await endpoint.close();
  endpoint.send(new Uint8Array([1]), "127.0.0.1", 9);
  expect(errors).toHaveLength(3);
});

test("closing frees the port, and closing twice is closing once", async () => {
  const { endpoint } = await openListener();
  const { port } = endpoint.address();
  await Promise.all([endpoint.close(), endpoint.close()]);
  const again = createSocket("udp4");
  await new Promise<void>((resolve) => again.bind(port, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => again.close(resolve));
});
