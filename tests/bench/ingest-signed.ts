// What a signature costs: frames of a drone through the gate that judges them, signed beside
// unsigned. Part of the ingest suite. What limits it is one SHA-256 a frame by node:crypto.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHeardStamps } from "../../server/ingest/heard-stamps.ts";
import { SignatureGate } from "../../server/ingest/signature-gate.ts";
import { scanDatagram } from "../../server/mavlink/frame-scanner.ts";
import { signFrame, signingStamp } from "../../server/mavlink/signing.ts";
import { createSecretBox, signingKeyAbout } from "../../server/secret-box.ts";
import { DroneStream } from "../support/drone-stream.ts";
import { createSilentLog } from "../support/silent-log.ts";
import { watchPlan } from "../support/watch-plan.ts";
import type { BenchFigure } from "./bench-figure.ts";

const frames = 20_000;
const rounds = 7;
const nowMs = Date.UTC(2026, 10, 23);
const key = new Uint8Array(32).fill(0xa1);

/** Microseconds of processor time a frame: found, its checksum and its signature judged. */
export function runSigned(): BenchFigure[] {
  const folder = mkdtempSync(join(tmpdir(), "skyrange-bench-"));
  try {
    const stream = new DroneStream(7);
    const unsigned = Array.from({ length: frames }, () => {
      const bytes = new Uint8Array(300);
      return bytes.slice(0, stream.next(bytes, 0, 0, 0));
    });
    const signed = unsigned.map((frame, n) => signFrame(frame, key, 1, signingStamp(nowMs) + n));
    const costs = { signed: [] as number[], unsigned: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      costs.signed.push(costUs(signed, "verified", folder));
      costs.unsigned.push(costUs(unsigned, "unsigned", folder));
    }
    const [value, baseline] = [median(costs.signed), median(costs.unsigned)];
    const name = "a signed frame judged (baseline: an unsigned one)";
    const ratio = baseline / value;
    return [{ suite: "ingest", case: name, value, unit: "us", baseline, ratio }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With a gate of its own, so that no stamp has been heard. */
function costUs(datagrams: readonly Uint8Array[], wanted: string, folder: string): number {
  const gate = openGate(folder);
  let found = 0;
  const before = process.cpuUsage();
  for (const datagram of datagrams) {
    scanDatagram(datagram, (frame) => {
      if (gate.judge(frame, nowMs).kind === wanted) found += 1;
    });
  }
  const { user, system } = process.cpuUsage(before);
  if (found !== frames) throw new Error(`${found} of ${frames} frames are ${wanted}`);
  return (user + system) / frames;
}

function openGate(folder: string): SignatureGate {
  const box = createSecretBox("7b".repeat(32));
  const keyId = "key_bench";
  const sealed = box.seal(key, signingKeyAbout(keyId), new Uint8Array(12));
  const signing = { policy: "preferred" as const, keys: [{ keyId, sealed, sinceMs: 0 }] };
  const plan = watchPlan([]);
  const registry = plan.registry.map((one) => (one.sysid === 7 ? { ...one, signing } : one));
  const stamps = openHeardStamps(join(folder, "heard.json"), createSilentLog());
  const gate = new SignatureGate(stamps, () => box, createSilentLog());
  gate.setPlan({ ...plan, registry });
  return gate;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
