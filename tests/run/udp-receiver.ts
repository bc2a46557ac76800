// What the ingest program is measured beside: the same UDP socket with node-mavlink behind it, or
// with nothing behind it ("nothing"). Prints its port. Started by tests/bench/ingest-udp.ts.
import { openUdpEndpoint } from "../../server/mavlink/udp-endpoint.ts";
import { openNodeMavlink } from "../support/node-mavlink-reader.ts";

const receiveBufferBytes = 4_194_304;
let messages = 0;
const reader = process.argv[2] === "nothing" ? undefined : openNodeMavlink(() => (messages += 1));

const endpoint = await openUdpEndpoint(
  { host: "127.0.0.1", port: 0, receiveBufferBytes },
  (bytes) => reader?.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
  (error) => {
    throw error;
  },
);
console.log(`port ${endpoint.address().port}`);
process.on("SIGTERM", () => {
  console.log(`messages ${messages}`);
  process.exit(0);
});
