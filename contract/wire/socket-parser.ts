// How Socket.IO packets look in one WebSocket frame each: JSON text for everything, and a single
// binary frame for a snapshot. The `parser` of server/realtime and of client/app/live.
//
// Socket.IO's own parser would send a snapshot as two frames (a header and an attachment). This one
// reads no claimed lengths at all: a message is as big as the bytes that came, which the transport
// limits before anything is read.

/** A Socket.IO packet (protocol 5) as both of its sides make and take it. */
export interface SocketPacket {
  /** 0 connect, 1 disconnect, 2 event, 3 acknowledgement, 4 connect error. */
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

/** The only event that travels as bytes. */
const snapshotEvent = "snapshot";
const packetType = { connect: 0, disconnect: 1, event: 2, acknowledgement: 3, connectError: 4 };
/** Names that Socket.IO keeps for itself; a packet that carries one would be taken for its own. */
const reservedEvents: ReadonlySet<string> = new Set([
  "connect",
  "connect_error",
  "disconnect",
  "disconnecting",
  "newListener",
  "removeListener",
]);

type Listener = (packet: SocketPacket) => void;

/** Packet to frames; always exactly one. */
export class Encoder {
  encode(packet: SocketPacket): (string | Uint8Array)[] {
    const { type, nsp, data, id } = packet;
    if (type === packetType.event && Array.isArray(data) && data[0] === snapshotEvent) {
      const bytes: unknown = data[1];
      if (bytes instanceof Uint8Array) return [bytes];
    }
    return [JSON.stringify({ type, nsp, data, id })];
  }
}

/** Frames to packets. A frame that is no packet is an error, which ends its own connection only. */
export class Decoder {
  private readonly listeners = new Set<Listener>();

  on(_event: "decoded", listener: Listener): this {
    this.listeners.add(listener);
    return this;
  }

  off(_event?: "decoded", listener?: Listener): this {
    if (listener === undefined) this.listeners.clear();
    else this.listeners.delete(listener);
    return this;
  }

  /** The server's side of Socket.IO says it with this name. */
  removeListener(event: "decoded", listener: Listener): this {
    return this.off(event, listener);
  }

  /** @param frame One WebSocket message: text, or bytes in the form the platform gives them. */
  add(frame: unknown): void {
    const packet =
      typeof frame === "string"
        ? packetOfText(frame)
        : { type: packetType.event, nsp: "/", data: [snapshotEvent, frame] };
    for (const listener of this.listeners) listener(packet);
  }

  destroy(): void {
    this.listeners.clear();
  }
}

function packetOfText(text: string): SocketPacket {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new Error("A packet is an object.");
  const { type, nsp, data, id } = parsed as Record<string, unknown>;
  if (typeof type !== "number" || typeof nsp !== "string" || !isPayload(type, data)) {
    throw new Error("A packet has a type, a namespace and data that suits its type.");
  }
  if (id !== undefined && (typeof id !== "number" || !Number.isInteger(id))) {
    throw new Error("A packet's id is a whole number.");
  }
  return id === undefined ? { type, nsp, data } : { type, nsp, data, id };
}

function isPayload(type: number, data: unknown): boolean {
  switch (type) {
    case packetType.connect:
      return data === undefined || (typeof data === "object" && !Array.isArray(data));
    case packetType.disconnect:
      return data === undefined;
    case packetType.event:
      return isEvent(data);
    case packetType.acknowledgement:
      return Array.isArray(data);
    case packetType.connectError:
      return typeof data === "string" || (typeof data === "object" && data !== null);
    default:
      return false;
  }
}

function isEvent(data: unknown): boolean {
  if (!Array.isArray(data)) return false;
  const name: unknown = data[0];
  return typeof name === "string" && !reservedEvents.has(name);
}
