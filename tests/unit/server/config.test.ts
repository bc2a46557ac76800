// Settings: defaults as documented, flags over variables, and one plain line for a wrong value.
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readConfig, type Config } from "../../../server/config.ts";

function read(env: Record<string, string>, ...flags: string[]): Config {
  const config = readConfig(env, ["node", "main.ts", ...flags]);
  if ("problems" in config) throw new Error(config.problems.join("\n"));
  return config;
}

function problems(env: Record<string, string>, ...flags: string[]): readonly string[] {
  const config = readConfig(env, ["node", "main.ts", ...flags]);
  return "problems" in config ? config.problems : [];
}

test("unset, everything listens on this machine only, with the demo and its drones", () => {
  const config = read({});
  expect(config).toMatchObject({
    role: "all",
    httpHost: "127.0.0.1",
    httpPort: 8080,
    mavlinkUdp: [{ host: "127.0.0.1", port: 14550 }],
    mavlinkSysid: 245,
    dataDir: resolve("data"),
    database: { kind: "sqlite", file: resolve("data/skyrange.sqlite") },
    secretsKeyFile: resolve("data/secrets.key"),
    demo: true,
    sim: true,
    logLevel: "info",
  });
});

test("the server alone makes no demo unless it is asked to, and never starts drones", () => {
  expect(read({}, "--server-only")).toMatchObject({ demo: false, sim: false });
  expect(read({}, "--server-only", "--demo")).toMatchObject({ demo: true, sim: false });
  const withPassword = read({ DEMO_PASSWORD: "correct horse" }, "--server-only");
  expect(withPassword).toMatchObject({ demo: true, sim: false, demoPassword: "correct horse" });
  expect(read({ ROLE: "web" })).toMatchObject({ demo: false, sim: false });
  expect(read({}, "--no-sim")).toMatchObject({ demo: true, sim: false });
});

test("a flag stands over its variable, written with a space or an equals sign", () => {
  const env = { HTTP_PORT: "9000", DATA_DIR: "/srv/a" };
  expect(read(env)).toMatchObject({ httpPort: 9000, database: { file: "/srv/a/skyrange.sqlite" } });
  const config = read(env, "--port", "9001", "--data=/srv/b", "--udp", "0.0.0.0:14551");
  expect(config).toMatchObject({
    httpPort: 9001,
    dataDir: "/srv/b",
    secretsKeyFile: "/srv/b/secrets.key",
    mavlinkUdp: [{ host: "0.0.0.0", port: 14551 }],
  });
});

test("several UDP listeners are a list, IPv6 ones in brackets", () => {
  const { mavlinkUdp } = read({ MAVLINK_UDP: "127.0.0.1:14550, [::1]:14551" });
  expect(mavlinkUdp).toEqual([
    { host: "127.0.0.1", port: 14550 },
    { host: "::1", port: 14551 },
  ]);
});

test.each([
  ["sqlite:/srv/x.db", { kind: "sqlite", file: "/srv/x.db" }],
  ["sqlite:///srv/x.db", { kind: "sqlite", file: "/srv/x.db" }],
  ["file:x.db", { kind: "sqlite", file: resolve("x.db") }],
  ["postgres://sky:secret@db/sky", { kind: "postgres", url: "postgres://sky:secret@db/sky" }],
])("the database URL %s names a file or a server", (url, database) => {
  expect(read({ DATABASE_URL: url }).database).toEqual(database);
});

test.each(["postgres://sky:secret@db", "mysql://sky:secret@db/sky", "postgres://sky:sec/r@t@db/x"])(
  "the password in the refused database URL %s is not told",
  (url) => {
    const [line = ""] = problems({ DATABASE_URL: url });
    expect(line).toContain("DATABASE_URL");
    expect(line).not.toMatch(/sec/);
  },
);

test.each([
  ["HTTP_PORT", "http", "whole number from 0 to 65535"],
  ["HTTP_PORT", "70000", "whole number from 0 to 65535"],
  ["HTTP_HOST", "not a host", "address or host name"],
  ["PUBLIC_URL", "skyrange.example.org", "https://skyrange.example.org"],
  ["PUBLIC_URL", "https://example.org/sky", "without path"],
  ["TRUST_PROXY", "true", "number of proxies"],
  ["TRUST_PROXY", "10.0.0.0/99", "number of proxies"],
  ["MAVLINK_UDP", "14550", "HOST:PORT"],
  ["MAVLINK_UDP", "a:1,a:1", "each once"],
  ["MAVLINK_SYSID", "0", "whole number from 1 to 255"],
  ["DATABASE_URL", "postgres://db", "postgres://USER:PASSWORD@HOST:PORT/DATABASE"],
  ["DATABASE_URL", "mysql://db/sky", "sqlite:PATH"],
  ["REDIS_URL", "redis://cache", "not yet supported"],
  ["MAVLINK_TCP_LISTEN", "5760", "HOST:PORT"],
  ["MAVLINK_TCP_CONNECT", "router:0", "HOST:PORT of a router"],
  ["ROLE", "worker", "all, web, ingest"],
  ["LOG_LEVEL", "loud", "fatal, error, warn, info, debug, trace, silent"],
  ["MAPBOX_TOKEN", "sk.secret-token-value", "pk."],
  ["DEMO_PASSWORD", "short", "8 to 200 characters"],
])("%s=%s is refused with its name, the value and what is allowed", (name, value, allowed) => {
  const [line = "", ...more] = problems({ [name]: value });
  expect(more).toEqual([]);
  expect(line).toContain(name);
  expect(line).toContain(`"${value}"`);
  expect(line).toContain(allowed);
  expect(line).not.toContain("\n");
});

test("an unknown flag, or one without its value, is refused by its own name", () => {
  expect(problems({}, "--prot", "1")[0]).toContain('"--prot" is not a flag');
  expect(problems({}, "--port")).toEqual(["--port needs a value after it."]);
  expect(problems({}, "--port", "x")[0]).toMatch(/^--port is "x"/);
});

test("an empty variable counts as unset", () => {
  expect(read({ HTTP_PORT: "", REDIS_URL: "", MAPBOX_TOKEN: "" }).httpPort).toBe(8080);
});
