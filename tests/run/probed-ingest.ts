// The ingest program on a DATA_DIR of its own, watched by a plan, with a probe in it. Used by the
// ingest bench and by the test of its memory.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { ingestSocketPath } from "../../server/cluster/ingest-socket.ts";
import { recordFiles, recordsDirOf } from "../../server/cluster/record-store.ts";
import { greetIngest } from "../../server/cluster/running-ingest.ts";
import { readKernelDrops } from "../../server/mavlink/kernel-drops.ts";
import { walkTlog, type TlogRecord } from "../../server/mavlink/tlog.ts";
import { startProbed, type ProbedProgram } from "./probed-program.ts";
import { plannedBooking, watchPlan } from "../support/watch-plan.ts";

const startMsMax = 30_000;
const dayMs = 86_400_000;

export interface ProbedIngest extends ProbedProgram {
  readonly udp: { readonly host: string; readonly port: number };
  readonly dataDir: string;
  /** Datagrams that the kernel threw away; undefined where the system does not say. */
  kernelDrops(): number | undefined;
  /** Every record of every session; after `stop` all that was heard is in them. */
  walkRecords(onRecord: (record: TlogRecord, file: string) => void): void;
  /** After `stop`. */
  removeData(): void;
}

/** Starts it and waits until it listens. Drones 1 to `drones` are registered and booked. */
export async function startIngest(
  drones: number,
  nodeFlags: readonly string[] = [],
): Promise<ProbedIngest> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "skyrange-ingest-"));
  const records = recordsDirOf(dataDir);
  mkdirSync(records, { recursive: true });
  writeFileSync(path.join(records, "plan.json"), JSON.stringify(planFor(drones)));
  const settings = { ROLE: "ingest", DATA_DIR: dataDir, MAVLINK_UDP: "127.0.0.1:0" };
  const env = { ...settings, LOG_LEVEL: "warn" };
  const program = startProbed("server/main.ts", [], env, nodeFlags);
  const udp = await listenerOf(dataDir, program);
  return {
    ...program,
    udp,
    dataDir,
    kernelDrops: () => readKernelDrops(udp.host, udp.port),
    walkRecords(onRecord) {
      for (const folder of readdirSync(records, { withFileTypes: true })) {
        if (!folder.isDirectory()) continue;
        const file = path.join(records, folder.name, recordFiles.record);
        walkTlog(readFileSync(file), (record) => onRecord(record, file));
      }
    },
    removeData: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

function planFor(drones: number): WatchPlan {
  const sysids = Array.from({ length: drones }, (_, n) => n + 1);
  const nowMs = performance.timeOrigin + performance.now();
  const plan = watchPlan([plannedBooking(nowMs, sysids, { endMs: nowMs + dayMs })]);
  const registry = sysids.map((sysid) => ({
    aircraftId: `air_${sysid}`,
    sysid,
    name: `Heron ${sysid}`,
    organisationId: "org_test",
  }));
  return { ...plan, registry };
}

async function listenerOf(
  dataDir: string,
  program: ProbedProgram,
): Promise<{ host: string; port: number }> {
  const endMs = performance.now() + startMsMax;
  while (performance.now() < endMs) {
    const greeting = await greetIngest(ingestSocketPath(dataDir));
    const name = greeting.kind === "ours" ? greeting.hello.listeners[0] : undefined;
    if (name !== undefined) {
      const colon = name.lastIndexOf(":");
      return { host: name.slice(0, colon), port: Number(name.slice(colon + 1)) };
    }
    await wait(50);
  }
  await program.stop();
  throw new Error(`ingest does not listen:\n${program.output()}`);
}
