// Everything on one machine (ROLE=all): starts ingest, the web process and in demo mode the
// simulated drones and their bookings; starts again what crashes; stops all of it in order.
// Called by server/main.ts.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { findIngest, type AdoptPorts } from "./adopt-ingest.ts";
import type { Config, SocketAddress } from "./config.ts";
import { keepRunning, type Keeper } from "./keep-running.ts";
import { spawnProgram, type Run } from "./spawn-program.ts";

/** What the supervisor needs of the world around it. */
export interface SupervisorPorts extends AdoptPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the Node that runs us. */
  readonly node: string;
  /** Folder of the checkout. */
  readonly root: string;
  /** Told whenever web and ingest are both up, so after each restart too. */
  readonly onUp: (running: Running) => void;
}

/** Where everything is found while it runs. */
export interface Running {
  readonly url: string;
  readonly listeners: readonly string[];
  readonly webPid: number | undefined;
  readonly ingestPid: number;
}

const webMessageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("listening"), url: z.string(), port: z.number() }),
  z.object({ kind: z.literal("ingestUp"), pid: z.number(), listeners: z.array(z.string()) }),
]);

/** What the web process tells over its channel, for a supervisor to hear. */
export type WebMessage = z.infer<typeof webMessageSchema>;

/** Everything runs; or it does not, and the reason is one line for a person. */
export type SupervisorStart =
  | { readonly kind: "running"; readonly url: string; readonly listeners: readonly string[] }
  | { readonly kind: "failed"; readonly reason: string };

/** All programs together. */
export interface Supervisor {
  readonly started: Promise<SupervisorStart>;
  /** Stops drones, bookings, web and ingest, each once the one before is gone. */
  stop(): Promise<void>;
  /** After a start that failed: stops what it started. A watch that ran before goes on. */
  abandon(): Promise<void>;
  /** Ends everything at once. */
  kill(): void;
}

/** How long all programs may take to come up together. */
const startMsMax = 60_000;
/** Ends a program that knows nothing of us when its channel, so its supervisor, is gone. */
const endWithUs =
  "process.on('disconnect', () => process.kill(process.pid, 'SIGTERM')); process.channel.unref();";
const endWithUsImport = `data:text/javascript,${encodeURIComponent(endWithUs)}`;

/** Starts everything that `config` asks for. DATA_DIR exists and is ours alone. */
export async function supervise(
  config: Config & { readonly demoPassword: string | undefined },
  ports: SupervisorPorts,
): Promise<Supervisor> {
  const state = new Standing();
  let adopt = await findIngest(ports);
  let isAdopted = false;

  const ingest = keepRunning(
    () => {
      const start = adopt ?? (() => startProgram("ingest", config, ports, state));
      isAdopted = adopt !== undefined;
      adopt = undefined;
      state.ingestUp = undefined;
      return start();
    },
    crashReport("ingest", config, ports),
  );
  const web = keepRunning(
    () => startProgram("web", config, ports, state),
    crashReport("web", config, ports),
  );
  let demo: readonly Keeper[] = [];
  const failed = Promise.race([ingest.failedToStart, web.failedToStart]).then((reason) => ({
    kind: "failed" as const,
    reason: reason === "" ? "A program ended at its start without a word." : withoutOurName(reason),
  }));
  const up = state.untilUp().then((running) => {
    state.onUp = () => tellRunning(state, web, ports);
    state.onUp();
    ingest.markReady();
    web.markReady();
    warnOfOtherListeners(config.mavlinkUdp, running.listeners, ports.say);
    demo = startDemo(config, ports, running);
    return { kind: "running" as const, ...running };
  });
  const late = wait(startMsMax, undefined, { ref: false }).then(() => ({
    kind: "failed" as const,
    reason: `Not everything came up within 60 s: see ${join(config.dataDir, "logs")}.`,
  }));
  return {
    started: Promise.race([failed, up, late]),
    async stop() {
      for (const keeper of [...demo, web, ingest]) await keeper.stop();
    },
    async abandon() {
      for (const keeper of [...demo, web]) await keeper.stop();
      if (isAdopted) ports.say("The watch of the earlier start goes on.");
      else await ingest.stop();
    },
    kill() {
      for (const keeper of [...demo, web, ingest]) keeper.kill();
    },
  };
}

/** A program names the product before its reason; so does who hears it. */
function withoutOurName(reason: string): string {
  return reason.replace(/^skyrange: /, "");
}

/** What the programs have told so far. */
class Standing {
  ingestUp: Extract<WebMessage, { kind: "ingestUp" }> | undefined;
  /** Where the first ingest listened, ports that the system chose included. */
  ingestListeners: readonly string[] | undefined;
  listening: Extract<WebMessage, { kind: "listening" }> | undefined;
  onUp: () => void = () => undefined;
  private waiting: ((running: { url: string; listeners: readonly string[] }) => void)[] = [];

  hear(message: unknown): void {
    const read = webMessageSchema.safeParse(message);
    if (!read.success) return;
    if (read.data.kind === "listening") this.listening = read.data;
    else {
      this.ingestUp = read.data;
      this.ingestListeners = read.data.listeners;
    }
    if (this.listening === undefined || this.ingestUp === undefined) return;
    const running = { url: this.listening.url, listeners: this.ingestUp.listeners };
    for (const tell of this.waiting.splice(0)) tell(running);
    this.onUp();
  }

  untilUp(): Promise<{ url: string; listeners: readonly string[] }> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

function tellRunning(state: Standing, web: Keeper, ports: SupervisorPorts): void {
  const { listening, ingestUp } = state;
  if (listening === undefined || ingestUp === undefined) return;
  const { pid: ingestPid, listeners } = ingestUp;
  ports.onUp({ url: listening.url, listeners, webPid: web.pid(), ingestPid });
}

/** Starts ingest or the web process: the same program with a role and our settings. */
function startProgram(
  role: "ingest" | "web",
  config: Config,
  ports: SupervisorPorts,
  state: Standing,
): Run {
  // A web process that starts again keeps the port that people know.
  const httpPort = state.listening?.port ?? config.httpPort;
  // And so does an ingest: drones go on sending to where they found it.
  const heldPorts = state.ingestListeners?.filter((name) => !name.startsWith("tcp"));
  const listeners = heldPorts ?? config.mavlinkUdp.map(listenerName);
  const env = {
    ...ports.env,
    ROLE: role,
    DATA_DIR: config.dataDir,
    HTTP_PORT: String(httpPort),
    MAVLINK_UDP: listeners.join(","),
    DEMO_PASSWORD: config.demo ? (config.demoPassword ?? "") : "",
  };
  return spawnProgram(
    {
      node: ports.node,
      args: ["--import", "tsx", join(ports.root, "server", "main.ts")],
      env,
      cwd: ports.root,
      logFile: join(config.dataDir, "logs", `${role}.log`),
      // The watch outlives a crash of ours: the next start takes it over.
      endsWithUs: role === "web",
    },
    (message) => state.hear(message),
  );
}

/** The simulated drones, and what books their flights through the public API. */
function startDemo(
  config: Config,
  ports: SupervisorPorts,
  running: { readonly url: string; readonly listeners: readonly string[] },
): Keeper[] {
  const target = running.listeners.at(0);
  if (!config.sim || target === undefined) return [];
  const reachable = target.replace(/^0\.0\.0\.0:/, "127.0.0.1:").replace(/^\[::\]:/, "[::1]:");
  const env = { ...ports.env, SERVER_URL: running.url, DEMO_PASSWORD: config.demoPassword };
  const keep = (name: string, args: readonly string[], onMessage: () => void): Keeper => {
    const program = {
      node: ports.node,
      args: ["--import", "tsx", "--import", endWithUsImport, ...args],
      env,
      cwd: ports.root,
      logFile: join(config.dataDir, "logs", `${name}.log`),
      endsWithUs: true,
    };
    const start = (): Run => spawnProgram(program, onMessage);
    const keeper = keepRunning(start, crashReport(name, config, ports));
    keeper.markReady();
    return keeper;
  };
  const keepers: Keeper[] = [];
  const sim = [join(ports.root, "firmware-sim", "cli", "main.ts"), "--target", reachable];
  let isFlying = false;
  // The demo desk says when it has booked: drones that take off before would fly unbooked.
  const onBooked = (): void => {
    if (!isFlying && !keepers.some((keeper) => keeper.isStopped())) {
      keepers.unshift(keep("sim", sim, () => undefined));
    }
    isFlying = true;
  };
  keepers.push(keep("demo", [join(ports.root, "server", "cli", "demo.ts")], onBooked));
  return keepers;
}

function crashReport(name: string, config: Config, ports: SupervisorPorts) {
  const logFile = join(config.dataDir, "logs", `${name}.log`);
  return (lastWords: string, delayMs: number): void => {
    const why = lastWords === "" ? "" : ` ${lastWords}`;
    ports.say(`${name} ended unasked and starts again in ${delayMs} ms (${logFile}).${why}`);
  };
}

function listenerName({ host, port }: SocketAddress): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** An adopted watch listens where it was told to at its own start. */
function warnOfOtherListeners(
  wanted: readonly SocketAddress[],
  found: readonly string[],
  say: (line: string) => void,
): void {
  const fits = wanted.every((address, index) => {
    const name = listenerName(address);
    return address.port === 0 ? found[index] !== undefined : found.includes(name);
  });
  if (fits) return;
  const asked = wanted.map(listenerName).join(", ");
  say(`The running watch listens on ${found.join(", ")}, not ${asked}: stop and start to change.`);
}
