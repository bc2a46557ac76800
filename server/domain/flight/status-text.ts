// Puts texts together again that were too long for one STATUSTEXT. Called by the vehicle track for
// what is shown live, and by logs/spoken-texts.ts for a flight's time line.
// https://mavlink.io/en/messages/common.html#STATUSTEXT
import { plainLineOf } from "../../../contract/wire/plain-text.ts";
import type { StatusTextSample } from "./sample.ts";

/** One whole text, or what came of it. */
export interface HeardText {
  /** 0 emergency .. 7 debug. */
  readonly severity: number;
  /** Each run of missing chunks is shown as `textGap`, a missing end too. */
  readonly text: string;
  /** Receipt of its first chunk, epoch ms. */
  readonly atMs: number;
}

/** A text of which chunks may still come: new ones, or the same once more over another link. */
export interface OpenText {
  readonly compid: number;
  readonly id: number;
  readonly severity: number;
  /** Bytes by chunk number; none where it has not come. */
  readonly chunks: readonly (Uint8Array | undefined)[];
  readonly hasEnd: boolean;
  /** It was whole and has been heard; it waits to know its chunks again. */
  readonly isTold: boolean;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface TextReading {
  readonly open: readonly OpenText[];
  /** Those that are settled now, in the order of their first chunks. */
  readonly heard: readonly HeardText[];
}

export const textGap = "[…]";
/** After the last chunk; ArduPilot sends the chunks of a text within one loop of its link task. */
export const textTimeoutMs = 2_000;
/** Texts of one vehicle waiting at a time; beyond, the oldest is shown as it is. */
export const openTextsMax = 8;
/** Longest text, in chunks of 50 bytes; what lies beyond is missing. */
export const textChunksMax = 32;

/** One STATUSTEXT more. Settles what has waited too long as well. */
export function readStatusText(
  open: readonly OpenText[],
  sample: StatusTextSample,
  atMs: number,
): TextReading {
  const due = settleTexts(open, atMs);
  const { chunk, severity, compid } = sample;
  if (chunk === undefined) {
    return { open: due.open, heard: [...due.heard, { severity, text: sample.text, atMs }] };
  }
  if (chunk.index >= textChunksMax) return due;
  const known = due.open.find(
    (one) => one.id === chunk.id && one.compid === compid && one.severity === severity,
  );
  const had = known?.chunks[chunk.index];
  if (had !== undefined && isSame(had, chunk.bytes)) return due; // came twice
  // Another chunk of the same number: the id is used again, for another text.
  const isNext = known !== undefined && had === undefined;
  const grown = withChunk(isNext ? known : undefined, sample, chunk, atMs);
  const others = due.open.filter((one) => one !== known);
  const crowdedOut = others.slice(0, Math.max(0, others.length + 1 - openTextsMax));
  return {
    open: [...others.slice(crowdedOut.length), grown],
    heard: [
      ...due.heard,
      ...untold(isNext || known === undefined ? crowdedOut : [...crowdedOut, known]),
      ...(grown.isTold ? [toHeard(grown)] : []),
    ],
  };
}

/** Time alone: texts whose next chunk has not come are shown with their gaps. */
export function settleTexts(open: readonly OpenText[], nowMs: number): TextReading {
  const overdue = open.filter(({ lastAtMs }) => nowMs - lastAtMs > textTimeoutMs);
  if (overdue.length === 0) return { open, heard: [] };
  return { open: open.filter((one) => !overdue.includes(one)), heard: untold(overdue) };
}

function withChunk(
  known: OpenText | undefined,
  { compid, severity }: StatusTextSample,
  { id, index, isLast, bytes }: NonNullable<StatusTextSample["chunk"]>,
  atMs: number,
): OpenText {
  const length = Math.max(known?.chunks.length ?? 0, index + 1);
  const chunks = Array.from({ length }, (_, at) => (at === index ? bytes : known?.chunks[at]));
  const hasEnd = isLast || known?.hasEnd === true;
  const isTold = hasEnd && chunks.every((chunk) => chunk !== undefined);
  const firstAtMs = known?.firstAtMs ?? atMs;
  return { compid, id, severity, chunks, hasEnd, isTold, firstAtMs, lastAtMs: atMs };
}

function untold(texts: readonly OpenText[]): HeardText[] {
  return texts.filter(({ isTold }) => !isTold).map(toHeard);
}

function toHeard({ severity, chunks, hasEnd, firstAtMs }: OpenText): HeardText {
  let text = "";
  let run: Uint8Array[] = [];
  let isInGap = false;
  for (const chunk of hasEnd ? chunks : [...chunks, undefined]) {
    if (chunk !== undefined) run.push(chunk);
    else if (!isInGap) {
      text += `${decoded(run)}${textGap}`;
      run = [];
    }
    isInGap = chunk === undefined;
  }
  return { severity, text: plainLineOf(text + decoded(run)), atMs: firstAtMs };
}

/** Chunks that follow each other are decoded as one: a letter may lie across their border. */
function decoded(run: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(run.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of run) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return new TextDecoder().decode(bytes);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
