// The load maker as whoever measures sees it. See tests/run/load-maker.ts.
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..", "..");

export interface LoadSettings {
  readonly host: string;
  readonly port: number;
  readonly drones: number;
  readonly datagramsPerS: number;
  readonly framesADatagram: number;
}

/** What has been sent so far. */
export interface LoadCount {
  readonly sent: number;
  /** Datagrams that were due but not sent: the load maker could not keep its rate. */
  readonly skipped: number;
  readonly cpuUs: number;
  /** When it was counted, microseconds since some moment. */
  readonly atUs: number;
}

export interface UdpLoad {
  count(): Promise<LoadCount>;
  /** Sends no more; what was sent in all. */
  stop(): Promise<LoadCount>;
}

/** Begins to send at once. */
export function startLoad(settings: LoadSettings): UdpLoad {
  const program = path.join(root, "tests", "run", "load-maker.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, JSON.stringify(settings)], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ask = (what: "count" | "stop"): Promise<LoadCount> =>
    new Promise((resolve, reject) => {
      child.once("message", (count) => resolve(count as LoadCount));
      child.once("exit", () => reject(new Error("the load maker has ended")));
      child.send(what);
    });
  return { count: () => ask("count"), stop: () => ask("stop") };
}
