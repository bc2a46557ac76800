// A tlog without some systems' frames: who is heard in it, how long it is without them, and its
// bytes from any place, one block at a time. Called in the log worker for a flight's download.
import type { FrameChoice, LinkSender } from "../domain/flight/log-visibility.ts";
import { definitionNamed } from "../mavlink/dialect.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { walkTlog } from "../mavlink/tlog.ts";
import { toSample } from "../mavlink/to-sample.ts";
import { walkTlogPieces } from "./walk-tlog-pieces.ts";

/** Of the source, between two places where the filtered log can be entered. */
const blockBytes = 1024 * 1024;
const stationType = 6; // MAV_TYPE_GCS
const heartbeatId = definitionNamed("HEARTBEAT").id;
const radioStatusId = definitionNamed("RADIO_STATUS").id;

/** Who is heard in a stretch of a tlog. */
export async function sendersIn(pieces: AsyncIterable<Uint8Array>): Promise<LinkSender[]> {
  const senders = new Map<number, { -readonly [K in keyof LinkSender]: LinkSender[K] }>();
  await walkTlogPieces(pieces, 0, ({ frame }) => {
    const { sysid } = frame;
    let sender = senders.get(sysid);
    if (sender === undefined) {
      sender = { sysid, isVehicle: false, isStation: false, isRadioOnly: true };
      senders.set(sysid, sender);
    }
    if (frame.messageId !== radioStatusId) sender.isRadioOnly = false;
    if (frame.messageId !== heartbeatId) return;
    const sample = toSample(frame);
    if (sample?.kind !== "heartbeat") return;
    if (sample.isAutopilot) sender.isVehicle = true;
    else if (sample.vehicleType === stationType) sender.isStation = true;
  });
  return [...senders.values()];
}

/** Where the blocks of a filtered log begin; one place more than there are blocks. */
export interface FilteredLayout {
  /** In the source: the start of a record, and last the end. */
  readonly sourceBytes: readonly number[];
  /** The same places in the filtered log; the last is its length. */
  readonly keptBytes: readonly number[];
}

/** @param fromByte,toByte The pieces' place in the source. */
export async function layOutFiltered(
  pieces: AsyncIterable<Uint8Array>,
  fromByte: number,
  toByte: number,
  choice: FrameChoice,
): Promise<FilteredLayout> {
  const isKept = keeps(choice);
  const sourceBytes = [fromByte];
  const keptBytes = [0];
  let kept = 0;
  let blockEnd = fromByte + blockBytes;
  await walkTlogPieces(pieces, fromByte, ({ frame, start, end }, byteOffset) => {
    if (byteOffset >= blockEnd) {
      sourceBytes.push(byteOffset);
      keptBytes.push(kept);
      blockEnd = byteOffset + blockBytes;
    }
    if (isKept(frame)) kept += end - start;
  });
  return { sourceBytes: [...sourceBytes, toByte], keptBytes: [...keptBytes, kept] };
}

/** What is kept of one block's bytes. */
export function filterBlock(bytes: Uint8Array, choice: FrameChoice): Uint8Array {
  const isKept = keeps(choice);
  const kept = Buffer.alloc(bytes.length);
  let length = 0;
  walkTlog(bytes, ({ frame, start, end }) => {
    if (!isKept(frame)) return;
    kept.set(bytes.subarray(start, end), length);
    length += end - start;
  });
  // A copy of its own length: it is handed to another thread whole.
  return new Uint8Array(kept.subarray(0, length));
}

function keeps(choice: FrameChoice): (frame: FrameView) => boolean {
  const hidden = new Set(choice.hidden);
  const own = new Set(choice.own);
  return (frame) => {
    if (hidden.has(frame.sysid)) return false;
    return own.has(frame.sysid) || !hidden.has(targetOf(frame));
  };
}

const targetOffsets = new Map<number, number>();

/** The system a frame is addressed to; 0 is everybody. */
function targetOf(frame: FrameView): number {
  const offset = targetOffsetOf(frame);
  // MAVLink 2 cuts zeros off the end.
  if (offset < 0 || offset >= frame.payloadLength) return 0;
  return frame.bytes[frame.payloadStart + offset] ?? 0;
}

function targetOffsetOf({ messageId, definition }: FrameView): number {
  const known = targetOffsets.get(messageId);
  if (known !== undefined) return known;
  if (definition === undefined) return -1;
  // MANUAL_CONTROL alone calls it so.
  const isTarget = (name: string): boolean =>
    name === "target_system" || (name === "target" && definition.name === "MANUAL_CONTROL");
  const offset = definition.fields.find(({ name }) => isTarget(name))?.offset ?? -1;
  targetOffsets.set(messageId, offset);
  return offset;
}
