import { expect, test } from "vitest";
import { Decoder, Encoder, type SocketPacket } from "../../../../contract/wire/socket-parser.ts";

function decoded(frame: unknown): SocketPacket[] {
  const packets: SocketPacket[] = [];
  const decoder = new Decoder();
  decoder.on("decoded", (packet) => packets.push(packet));
  decoder.add(frame);
  return packets;
}

test("a snapshot is one binary frame of exactly its bytes", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const frames = new Encoder().encode({ type: 2, nsp: "/", data: ["snapshot", bytes] });
  expect(frames).toEqual([bytes]);
  expect(decoded(bytes)).toEqual([{ type: 2, nsp: "/", data: ["snapshot", bytes] }]);
});

test("everything else is one text frame that reads back as it was", () => {
  const packets: SocketPacket[] = [
    { type: 0, nsp: "/", data: { sid: "a" } },
    { type: 1, nsp: "/" },
    { type: 2, nsp: "/", data: ["status", { changed: [], removed: [1] }] },
    { type: 3, nsp: "/", data: [true], id: 4 },
    { type: 4, nsp: "/", data: { message: "no" } },
  ];
  for (const packet of packets) {
    const frames = new Encoder().encode(packet);
    expect(frames).toHaveLength(1);
    expect(decoded(frames[0])).toEqual([packet]);
  }
});

test.each([
  ["not JSON", "{"],
  ["no object", "7"],
  ["an unknown type", '{"type":9,"nsp":"/","data":[]}'],
  ["no namespace", '{"type":2,"data":["a"]}'],
  ["an event without a name", '{"type":2,"nsp":"/","data":[7]}'],
  ["an event with a name that Socket.IO keeps", '{"type":2,"nsp":"/","data":["disconnect"]}'],
  ["data on a disconnect", '{"type":1,"nsp":"/","data":{}}'],
  ["an id that is no whole number", '{"type":2,"nsp":"/","data":["a"],"id":1.5}'],
])("a frame with %s is refused", (_what, frame) => {
  expect(() => decoded(frame)).toThrow();
});

test("nothing is told to who no longer listens", () => {
  const packets: SocketPacket[] = [];
  const decoder = new Decoder();
  const listener = (packet: SocketPacket): void => void packets.push(packet);
  decoder.on("decoded", listener);
  decoder.removeListener("decoded", listener);
  decoder.add(Uint8Array.of(1));
  expect(packets).toEqual([]);
});
