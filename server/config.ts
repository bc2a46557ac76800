// The settings: environment and command line in, one checked Config out. Read once at start by
// server/main.ts, server/ingest/main.ts and the commands; nobody else reads the environment.
import { isIP } from "node:net";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { withoutSecrets, type DatabaseTarget } from "./store/database-target.ts";

/** Limits that no setting changes. */
export const limits = {
  /** Largest JSON body; above it: 413. Holds the largest booking ten times over. */
  jsonBodyBytesMax: 1_048_576,
  /** Largest message a page may send over the socket: pages only ever connect. */
  pageMessageBytesMax: 4_096,
  /** How long a page may take to connect after its socket is open. */
  pageConnectMsMax: 5_000,
  /** How long a page may leave a ping unanswered before it is taken for gone. */
  pagePongMsMax: 10_000,
  /** Bytes, or messages, waiting for one page above which it gets no snapshot until they left. */
  pageBacklogBytesMax: 262_144,
  pageBacklogMessagesMax: 8,
  /** The same above which a page is cut; it comes back to a fresh picture. */
  pageBacklogCutBytesMax: 8_388_608,
  pageBacklogCutMessagesMax: 1_000,
  /** Bytes the kernel may hold of what came in by UDP before we read it. */
  receiveBufferBytesMax: 4_194_304,
} as const;

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const roles = ["all", "web", "ingest"] as const;
export type ProcessRole = (typeof roles)[number];

/** Where a socket is bound, or what it connects to. Port 0 is any free one, to bind to. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** Everything that can be set. Paths are absolute. */
export interface Config {
  /** all: the supervisor, which starts the other two. */
  readonly role: ProcessRole;
  readonly httpHost: string;
  /** 0 is any free port. */
  readonly httpPort: number;
  /** As people reach it from outside, no slash at the end; undefined: where it listens. */
  readonly publicUrl: string | undefined;
  /** What Express takes as "trust proxy": hops or a list of addresses; 0 trusts none. */
  readonly trustProxy: number | readonly string[];
  readonly mavlinkUdp: readonly SocketAddress[];
  /** Where routers and drones may connect by TCP. */
  readonly mavlinkTcpListen: readonly SocketAddress[];
  /** Routers that ingest connects to. */
  readonly mavlinkTcpConnect: readonly SocketAddress[];
  readonly mavlinkSysid: number;
  readonly dataDir: string;
  readonly database: DatabaseTarget;
  readonly secretsKeyFile: string;
  readonly mapboxToken: string | undefined;
  /** True: the demo accounts exist and the demo flies (unless `sim` is false). */
  readonly demo: boolean;
  /** Undefined: made anew at each start and printed. */
  readonly demoPassword: string | undefined;
  /** True: the supervisor starts simulated drones. */
  readonly sim: boolean;
  readonly logLevel: LogLevel;
  /** Name of the ingest node in journal entries. */
  readonly node: string;
  readonly receiveBufferBytes: number;
}

/** What is wrong, one line each: name, value, what is allowed. */
export interface ConfigProblems {
  readonly problems: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A reading of one setting: the value, or what is allowed instead. */
type Reading<T> = { readonly value: T } | { readonly allowed: string };

/**
 * Reads the settings. Empty variables count as unset.
 *
 * @param argv The whole `process.argv`: the first two members are skipped.
 */
export function readConfig(env: Environment, argv: readonly string[]): Config | ConfigProblems {
  const flags = readFlags(argv.slice(2));
  const problems: string[] = [...flags.problems];
  const setting = <T>(name: string, fallback: T, read: (text: string) => Reading<T>): T => {
    const flag = flags.values.get(name);
    const text = flag?.text ?? (env[name] === "" ? undefined : env[name]);
    if (text === undefined) return fallback;
    const reading = read(text);
    if ("value" in reading) return reading.value;
    const found = text.includes("://") ? withoutSecrets(text) : text;
    problems.push(`${flag?.flag ?? name} is "${found}"; allowed: ${reading.allowed}.`);
    return fallback;
  };

  const redisUrl = env["REDIS_URL"];
  if (redisUrl !== undefined && redisUrl !== "") {
    problems.push(`REDIS_URL is "${redisUrl}"; not yet supported: leave it unset.`);
  }
  const dataDir = setting("DATA_DIR", resolve("data"), readPath);
  const serverOnly = flags.switches.has("--server-only");
  const role = setting<ProcessRole>("ROLE", "all", oneOf(roles));
  const demoPassword = setting<string | undefined>("DEMO_PASSWORD", undefined, readPassword);
  const demoByDefault = role === "all" && !serverOnly;
  const config: Config = {
    role,
    httpHost: setting("HTTP_HOST", "127.0.0.1", readHost),
    httpPort: setting("HTTP_PORT", 8080, wholeNumber(0, 65_535)),
    publicUrl: setting<string | undefined>("PUBLIC_URL", undefined, readPublicUrl),
    trustProxy: setting<number | readonly string[]>("TRUST_PROXY", 0, readTrustProxy),
    mavlinkUdp: setting("MAVLINK_UDP", [{ host: "127.0.0.1", port: 14_550 }], readAddresses),
    mavlinkTcpListen: setting("MAVLINK_TCP_LISTEN", [], readAddresses),
    mavlinkTcpConnect: setting("MAVLINK_TCP_CONNECT", [], readRemoteAddresses),
    mavlinkSysid: setting("MAVLINK_SYSID", 245, wholeNumber(1, 255)),
    dataDir,
    database: setting<DatabaseTarget>(
      "DATABASE_URL",
      { kind: "sqlite", file: join(dataDir, "skyrange.sqlite") },
      readDatabaseUrl,
    ),
    secretsKeyFile: setting("SECRETS_KEY_FILE", join(dataDir, "secrets.key"), readPath),
    mapboxToken: setting<string | undefined>("MAPBOX_TOKEN", undefined, readMapboxToken),
    demo: demoByDefault || flags.switches.has("--demo") || demoPassword !== undefined,
    demoPassword,
    sim: demoByDefault && !flags.switches.has("--no-sim"),
    logLevel: setting<LogLevel>("LOG_LEVEL", "info", oneOf(logLevels)),
    node: "local",
    receiveBufferBytes: limits.receiveBufferBytesMax,
  };
  return problems.length > 0 ? { problems } : config;
}

/** Flags that take a value, and the setting that each stands for. */
const valueFlags = new Map([
  ["--port", "HTTP_PORT"],
  ["--udp", "MAVLINK_UDP"],
  ["--data", "DATA_DIR"],
]);
const switchFlags = ["--no-sim", "--demo", "--server-only"];

interface Flags {
  readonly values: ReadonlyMap<string, { readonly flag: string; readonly text: string }>;
  readonly switches: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** Takes `--port 8080` and `--port=8080` alike; the last of a repeated flag counts. */
function readFlags(words: readonly string[]): Flags {
  const values = new Map<string, { flag: string; text: string }>();
  const switches = new Set<string>();
  const problems: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const equals = word.indexOf("=");
    const flag = equals < 0 ? word : word.slice(0, equals);
    const name = valueFlags.get(flag);
    if (name !== undefined) {
      const text = equals < 0 ? words[++at] : word.slice(equals + 1);
      if (text === undefined || text === "") problems.push(`${flag} needs a value after it.`);
      else values.set(name, { flag, text });
    } else if (switchFlags.includes(word)) {
      switches.add(word);
    } else {
      const allowed = [...valueFlags.keys(), ...switchFlags].join(", ");
      problems.push(`"${word}" is not a flag; allowed: ${allowed}.`);
    }
  }
  return { values, switches, problems };
}

function oneOf<T extends string>(allowed: readonly T[]): (text: string) => Reading<T> {
  return (text) => {
    const value = allowed.find((candidate) => candidate === text);
    return value === undefined ? { allowed: allowed.join(", ") } : { value };
  };
}

function wholeNumber(least: number, most: number): (text: string) => Reading<number> {
  return (text) => {
    const value = Number(text);
    const allowed = `a whole number from ${String(least)} to ${String(most)}`;
    return /^\d{1,9}$/.test(text) && value >= least && value <= most ? { value } : { allowed };
  };
}

function readPath(text: string): Reading<string> {
  if (text.includes("\0") || text.includes("://"))
    return { allowed: "the path of a folder or file" };
  const path = text.startsWith("~/") ? join(homedir(), text.slice(2)) : text;
  return { value: isAbsolute(path) ? path : resolve(path) };
}

function readHost(text: string): Reading<string> {
  const named = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/.test(text);
  return isIP(text) !== 0 || named
    ? { value: text }
    : { allowed: "an address or host name to listen on, as 127.0.0.1 or 0.0.0.0" };
}

function readPublicUrl(text: string): Reading<string> {
  const allowed = "an address as https://skyrange.example.org, without path or query";
  if (!URL.canParse(text)) return { allowed };
  const url = new URL(text);
  const plain = url.pathname === "/" && url.search === "" && url.hash === "";
  return ["http:", "https:"].includes(url.protocol) && plain && url.username === ""
    ? { value: url.origin }
    : { allowed };
}

/** Plain `true` is refused: it would let anybody write the address that limits are counted by. */
function readTrustProxy(text: string): Reading<number | readonly string[]> {
  if (/^\d$/.test(text)) return { value: Number(text) };
  const parts = text.split(",").map((part) => part.trim());
  const known = (part: string): boolean => {
    const [address = "", bits, ...rest] = part.split("/");
    const bitsMax = isIP(address) === 4 ? 32 : 128;
    const bitsFit = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax);
    return part === "loopback" || (isIP(address) !== 0 && bitsFit && rest.length === 0);
  };
  return parts.every(known)
    ? { value: parts }
    : { allowed: "the number of proxies (0 to 9), or their addresses as 10.0.0.1,192.168.0.0/16" };
}

function readAddresses(text: string): Reading<readonly SocketAddress[]> {
  const allowed = "HOST:PORT, or several with commas between, as 0.0.0.0:14550";
  const addresses: SocketAddress[] = [];
  for (const part of text.split(",")) {
    const address = readSocketAddress(part.trim());
    if (address === undefined) return { allowed };
    addresses.push(address);
  }
  const names = new Set(addresses.map(({ host, port }) => `${host}:${String(port)}`));
  const repeated = names.size < addresses.length && addresses.every(({ port }) => port !== 0);
  return repeated ? { allowed: `${allowed}; each once` } : { value: addresses };
}

/** As `readAddresses`, but port 0 is nothing to connect to. */
function readRemoteAddresses(text: string): Reading<readonly SocketAddress[]> {
  const reading = readAddresses(text);
  const isFit = "value" in reading && reading.value.every(({ port }) => port !== 0);
  return isFit ? reading : { allowed: "HOST:PORT of a router, or several with commas between" };
}

function readSocketAddress(text: string): SocketAddress | undefined {
  const colon = text.lastIndexOf(":");
  if (colon < 1) return undefined;
  const host = text.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  const port = wholeNumber(0, 65_535)(text.slice(colon + 1));
  return "value" in port && "value" in readHost(host) ? { host, port: port.value } : undefined;
}

function readDatabaseUrl(text: string): Reading<DatabaseTarget> {
  const allowed = "sqlite:PATH of a file, or postgres://USER:PASSWORD@HOST:PORT/DATABASE";
  if (/^postgres(ql)?:/.test(text)) {
    const isWhole = URL.canParse(text) && new URL(text).pathname.length > 1;
    return isWhole ? { value: { kind: "postgres", url: text } } : { allowed };
  }
  const match = /^(?:sqlite|file):(?:\/\/)?(.+)$/.exec(text);
  const path = match?.[1] ?? text;
  if (path.includes("://") || /^[a-z]{2,}:/.test(path)) return { allowed };
  const reading = readPath(path);
  return "value" in reading ? { value: { kind: "sqlite", file: reading.value } } : { allowed };
}

function readMapboxToken(text: string): Reading<string | undefined> {
  return /^pk\.[\w.-]{10,400}$/.test(text)
    ? { value: text }
    : { allowed: 'a public Mapbox token, which starts with "pk."' };
}

function readPassword(text: string): Reading<string | undefined> {
  return text.length >= 8 && text.length <= 200
    ? { value: text }
    : { allowed: "8 to 200 characters" };
}
