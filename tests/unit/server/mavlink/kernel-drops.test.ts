import { createSocket } from "node:dgram";
import { once } from "node:events";
import { platform } from "node:os";
import { expect, test } from "vitest";
import { kernelDropsIn, readKernelDrops } from "../../../../server/mavlink/kernel-drops.ts";

const headings =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";

function tableOf(...sockets: readonly (readonly [local: string, drops: number])[]): string {
  const lines = sockets.map(
    ([local, drops], index) =>
      `  ${index}: ${local} 00000000:0000 07 00000000:00000000 00:00000000 0 0 0 1 2 0 ${drops}`,
  );
  return `${[headings, ...lines].join("\n")}\n`;
}

const table = tableOf(["0100007F:38D6", 17], ["00000000:38D7", 4], ["0100007F:38D7", 99]);
const table6 = tableOf(["00000000000000000000000001000000:38D6", 5]);

test("the drops are those of the socket with the address and the port", () => {
  expect(kernelDropsIn(table, "127.0.0.1", 14_550)).toBe(17);
  expect(kernelDropsIn(table, "0.0.0.0", 14_551)).toBe(4);
  expect(kernelDropsIn(table6, "::1", 14_550)).toBe(5);
  expect(kernelDropsIn(table, "127.0.0.1", 14_552)).toBeUndefined();
});

// Skipped where the system is not Linux: no other says what it dropped.
test.skipIf(platform() !== "linux")("a socket that nobody reads drops, and says so", async () => {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  expect(readKernelDrops("127.0.0.1", port)).toBe(0);
  socket.close();
  await once(socket, "close");
  expect(readKernelDrops("127.0.0.1", port)).toBeUndefined();
});
