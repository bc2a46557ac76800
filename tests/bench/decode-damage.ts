// What damage costs: undamaged frames lost among damaged ones, in datagrams made from a seed,
// beside node-mavlink on the same datagrams. Part of the decode suite.

import { scanDatagram } from "../../server/mavlink/frame-scanner.ts";
import { damagedDatagrams } from "../support/damaged-datagrams.ts";
import { readWithNodeMavlink } from "../support/node-mavlink-reader.ts";
import type { BenchFigure } from "./bench-figure.ts";

const seed = 20_251;
const datagramCount = 20_000;

/**
 * Percent of the undamaged frames lost; no ratio where ours is none. Some 0.7 % of node-mavlink's
 * are of the nine messages that it does not know.
 */
export async function runDamage(): Promise<BenchFigure[]> {
  const datagrams: Uint8Array[] = [];
  const undamaged: string[] = [];
  for (const made of damagedDatagrams(seed)) {
    if (datagrams.length === datagramCount) break;
    datagrams.push(made.bytes);
    for (const frame of made.undamaged) undamaged.push(hexOf(frame));
  }
  const ours: string[] = [];
  for (const datagram of datagrams) {
    scanDatagram(datagram, ({ bytes, start, end }) => ours.push(hexOf(bytes.subarray(start, end))));
  }
  const theirs: string[] = [];
  await readWithNodeMavlink(datagrams, (packet) => theirs.push(hexOf(packet.buffer)));
  const value = lostPercent(undamaged, ours);
  const baseline = lostPercent(undamaged, theirs);
  const ratio = value === 0 ? null : baseline / value;
  const name = "undamaged frames lost among damaged ones";
  return [{ suite: "decode", case: name, value, unit: "%", baseline, ratio }];
}

/** Equal frames stand for each other. */
function lostPercent(sent: readonly string[], found: readonly string[]): number {
  const left = new Map<string, number>();
  for (const frame of found) left.set(frame, (left.get(frame) ?? 0) + 1);
  let lost = 0;
  for (const frame of sent) {
    const count = left.get(frame) ?? 0;
    if (count === 0) lost += 1;
    else left.set(frame, count - 1);
  }
  return (100 * lost) / sent.length;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
