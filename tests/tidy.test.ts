// The style of the code base as a test: who may import what, how big things may grow, what may be
// called where. Every rule is also shown to fail on a planted breach.
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  badNamesIn,
  houseBreachesIn,
  houseBreachesOf,
  ownPaths,
  readSources,
  root,
} from "./tidy/files.ts";
import { breachesOf, circlesIn, earlyEnginesIn, type Law } from "./tidy/law.ts";
import { copiesOf, missingFromLock, type LockFile } from "./tidy/lock-file.ts";

const mavlinkPackages = ["node-mavlink", "mavlink-mappings"];
const core = ["contract/", "server/domain/"];
/** What any part of the server may use without being told. */
const common = ["server/clock", "server/log", "server/randomness", "server/assert"];
const flows = ["server/telemetry", "server/booking", "server/replay"];
const flow = {
  own: [...core, ...common, ...flows],
  types: ["server/store/", "server/cluster/", "server/accounts/"],
  packages: ["zod"],
  because: "a flow gets every adapter as a port; declare the port in it, or import its type.",
};

/** The dependency law. */
const laws: Law[] = [
  {
    of: "contract/",
    own: ["contract/"],
    packages: ["zod"],
    because: "the contract is what the three programs agree on, and knows none of them.",
  },
  {
    of: "server/domain/",
    own: core,
    packages: ["@turf/", "flatbush", "temporal-polyfill", "rrule-temporal", "suncalc"],
    because: "decisions are pure: pass in what they need.",
  },
  { of: "server/telemetry", ...flow },
  { of: "server/booking", ...flow },
  { of: "server/replay", ...flow, types: [...flow.types, "server/logs/"] },
  {
    of: "server/mavlink/",
    own: [...core, ...common, "server/mavlink/"],
    packages: [...mavlinkPackages, "node:"],
    because: "it turns bytes into samples and knows nothing above them.",
  },
  {
    of: "server/logs/",
    own: [...core, ...common, "server/mavlink/", "server/logs/"],
    packages: [...mavlinkPackages, "node:", "zod", "@foxglove/", "@mcap/", "hyparquet-writer"],
    because: "it reads and writes log files and knows nothing of the server.",
  },
  {
    of: "server/ingest/",
    own: [
      ...core,
      ...common,
      "server/config.ts",
      "server/mavlink/",
      "server/logs/",
      "server/ingest/",
    ].concat("server/cluster/", "server/telemetry", "server/secret"),
    packages: [...mavlinkPackages, "node:", "zod", "pino"],
    because: "ingest watches on without web and database.",
  },
  {
    of: "server/store/",
    own: [...core, ...common, "server/store/"],
    packages: ["knex", "sqlite3", "pg", "node:", "zod"],
    because: "the store keeps and finds; it decides nothing.",
  },
  {
    of: "server/cluster/",
    own: [...core, ...common, "server/cluster/"],
    packages: ["socket.io", "@socket.io/", "redis", "node:", "zod"],
    because: "it only carries what others say.",
  },
  {
    of: "server/accounts/",
    own: [...core, ...common, "server/accounts/"],
    types: ["server/store/"],
    packages: ["@node-rs/argon2", "openid-client", "node:", "zod"],
    because: "it says who someone is and what they may.",
  },
  {
    of: "server/http/",
    own: [...core, ...common, "server/config.ts", "server/store/", "server/cluster/"].concat(
      "server/accounts/",
      "server/http/",
      "server/booking",
      "server/replay",
    ),
    packages: [
      "express",
      "express-rate-limit",
      "express-session",
      "helmet",
      "pino",
      "pino-http",
    ].concat("prom-client", "@asteasolutions/zod-to-openapi", "zod", "node:"),
    because: "a route converts, checks and calls; knex, sockets and MAVLink are elsewhere.",
  },
  {
    of: "server/realtime/",
    own: [...core, ...common, "server/config.ts", "server/store/", "server/cluster/"].concat(
      "server/accounts/",
      "server/realtime/",
    ),
    packages: ["socket.io", "socket.io-msgpack-parser", "socket.io-parser", "zod", "node:"],
    because: "it hands live data to pages; knex, Express and MAVLink are elsewhere.",
  },
  {
    of: "server/demo/",
    own: [...core, ...common, "server/config.ts", "server/store/", "server/accounts/"].concat(
      "server/demo/",
    ),
    packages: ["zod", "node:"],
    because: "the demo can be removed without trace and books through HTTP only.",
  },
  {
    of: "server/",
    own: ["contract/", "server/"],
    except: ["server/mavlink/", "server/main.ts"],
    packages: ["pino", "prom-client", "zod", "node:", "tsx"],
    because: "this wires the parts; their packages and MAVLink stay inside them.",
  },
  {
    of: "firmware-sim/",
    own: ["contract/", "firmware-sim/"],
    packages: [...mavlinkPackages, "zod", "node:"],
    because: "the simulated drone is a program of its own and never imports the server.",
  },
  {
    of: "client/vite.config.ts",
    own: [],
    packages: ["vite", "@vitejs/"],
    because: "it only says how the page is built.",
  },
  {
    of: "client/",
    own: ["contract/", "client/"],
    packages: ["react", "react-dom", "react-router", "react-aria-components", "socket.io-client"]
      .concat("@fontsource/", "@event-calendar/", "uplot", "zod", "temporal-polyfill")
      .concat("maplibre-gl", "mapbox-gl", "pmtiles", "geojson", "vite"),
    because: "the page knows the contract only, so that no LGPL code enters the bundle.",
  },
  {
    of: "scripts/setup",
    own: ["scripts/setup"],
    packages: ["node:"],
    because: "it runs before anything is installed.",
  },
  { of: "scripts/", own: [""], packages: "any", because: "" },
  { of: "tests/", own: [""], packages: "any", because: "" },
];

const paths = ownPaths();
const sources = readSources(paths);

test("every file keeps the dependency law", () => {
  expect(breachesOf(sources, laws)).toEqual([]);
});

test("the law names each kind of breach", () => {
  const breaches = (file: string, text: string): string[] =>
    breachesOf([{ path: file, text }], laws);
  const refused: [file: string, text: string][] = [
    ["contract/ids.ts", "import { x } from '../server/clock.ts';"],
    ["contract/ids.ts", "export * from 'knex';"],
    ["server/domain/airspace/geofence.ts", "import { readFileSync } from 'node:fs';"],
    ["server/domain/airspace/geofence.ts", "import type { Store } from '../../store/port.ts';"],
    ["server/telemetry-flow.ts", "import { scan } from './mavlink/frame-scanner.ts';"],
    ["server/telemetry-flow.ts", "import type { Frame } from './mavlink/frame-scanner.ts';"],
    ["server/booking-flow.ts", "import { Store } from './store/port.ts';"],
    ["server/http/bookings.ts", "import knex from 'knex';"],
    ["server/store/bookings.ts", "import express from 'express';"],
    ["server/app.ts", "import { Server } from 'socket.io';"],
    ["server/main.ts", "import { decode } from './mavlink/decode.ts';"],
    ["server/http/bookings.ts", "const knex = await import('knex');"],
    ["server/http/bookings.ts", "const knex = require('knex/lib/client.js');"],
    ["server/http/bookings.ts", "let knex: import('knex').Knex;"],
    ["firmware-sim/vehicle.ts", "export { assert } from '../server/assert.ts';"],
    ["client/app/main.tsx", "import { x } from '../../server/domain/flight/alarm.ts';"],
    ["client/map/layer.ts", "import { common } from 'mavlink-mappings';"],
    ["scripts/setup.mjs", "import ts from 'typescript';"],
    ["tools/new.ts", ""],
  ];
  for (const [file, text] of refused) expect(breaches(file, text), text).toHaveLength(1);
  expect(breaches("server/booking-flow.ts", "import type { S } from './store/port.ts';")).toEqual(
    [],
  );
  expect(breaches("contract/a.ts", "\nimport x from 'pg';")[0]).toMatch(
    /^contract\/a\.ts:2: may not import pg/,
  );
});

test("no files import each other in a circle", () => {
  expect(circlesIn(sources)).toEqual([]);
});

test("a circle is named with all its files", () => {
  const planted = [
    { path: "server/a.ts", text: "import { b } from './b.ts';" },
    { path: "server/b.ts", text: "export { c } from './domain/c.ts';" },
    { path: "server/domain/c.ts", text: "import type { A } from '../a.ts';" },
  ];
  expect(circlesIn(planted)).toEqual([
    "server/a.ts -> server/b.ts -> server/domain/c.ts -> server/a.ts",
  ]);
});

test("map engines are loaded only where a map is shown", () => {
  expect(earlyEnginesIn(sources)).toEqual([]);
});

test("a map engine imported at the top is named", () => {
  const early = (text: string): string[] => earlyEnginesIn([{ path: "client/map/map.ts", text }]);
  expect(early("import { Map } from 'mapbox-gl/esm';")).toHaveLength(1);
  expect(early("import { open } from './maplibre-engine.ts';")).toHaveLength(1);
  expect(early("import type { Map } from 'maplibre-gl';")).toEqual([]);
  expect(early("const engine = await import('./mapbox-engine.ts');")).toEqual([]);
});

test("every file keeps the budgets and reaches for nothing it may not", async () => {
  expect(await houseBreachesIn(sources.map((source) => source.path))).toEqual([]);
}, 120_000);

test("each house rule names its breach", () => {
  const lines = (count: number): string => "f();\n".repeat(count);
  const comment = (word: string): string => `// ${word} later\nexport {};\n`;
  const refused: [file: string, text: string, told: RegExp][] = [
    ["server/http/a.ts", "export const a = Date.now();", /Date\.now reads the clock/],
    ["server/http/a.ts", "export const a = new Date();", /new Date\(\) reads the clock/],
    ["client/app/a.tsx", "export const a = performance.now();", /performance\.now reads/],
    ["client/app/a.tsx", "export const a = window.performance.now();", /performance\.now reads/],
    ["server/domain/a.ts", "export const a = Math.random();", /Math\.random is not repeatable/],
    ["tests/unit/a.test.ts", "export const a = Math.random;", /Math\.random is not repeatable/],
    ["server/http/a.ts", "console.log(1);", /console is for the outermost files/],
    ["server/http/a.ts", "export const a = process.env;", /process is for the outermost files/],
    ["server/http/a.ts", "export const a = globalThis['process'];", /process is for/],
    ["server/http/a.ts", "await import('./b.ts');", /import\(\) is for listed files/],
    ["server/a.ts", `export function a() {\n${lines(69)}}`, /71 lines, 70 at most/],
    ["client/a.tsx", `export function a() {\n${lines(119)}}`, /121 lines, 120 at most/],
    ["server/a.ts", lines(401), /too many lines/],
    ["server/a.ts", `export const a = '${"x".repeat(100)}';`, /length of/],
    ["server/a.ts", "export const a = 1 as any;", /Unexpected any/],
    ["server/a.ts", comment("to do".replace(" ", "")), /comment/],
    ["server/a.ts", comment("fix me".replace(" ", "")), /comment/],
    ["server/a.ts", comment("x".repeat(3)), /comment/],
    ["tests/unit/a.test.ts", "test.only('a', f);", /\.only: every test runs/],
    ["tests/unit/a.test.ts", "describe.skip('a', f);", /\.skip: every test runs/],
    ["tests/unit/a.test.ts", "test.skipIf(x)('a', f);", /say why in a comment/],
    ["server/a.ts", `export const ${"waitMaxMs ".trim()} = 1;`, /a limit's name ends in Max/],
    ["server/a.ts", "/* eslint-disable */\nexport const a = Math.random();", /not repeatable/],
  ];
  for (const [path, text, told] of refused) {
    const found = houseBreachesOf({ path, text });
    expect(found, text).toHaveLength(1);
    expect(found[0]).toMatch(told);
  }
});

test("what the house rules allow passes", () => {
  const allowed: [file: string, text: string][] = [
    ["server/clock.ts", "export const now = () => Date.now();"],
    ["server/main.ts", "console.log(process.env); await import('./app.ts');"],
    ["server/http/a.ts", "export const f = (process: object) => process;"],
    ["server/http/a.ts", "export const f = (ms: number) => new Date(ms);"],
    ["server/http/a.ts", "export const waitMsMax = 1;"],
    [
      "tests/unit/a.test.ts",
      "// Skipped where the recordings are absent.\ntest.skipIf(x)('a', f);",
    ],
    ["tests/unit/a.test.ts", `describe('a', () => {\n${"f();\n".repeat(90)}});`],
    ["client/a.tsx", `export function a() {\n${"f();\n".repeat(118)}}`],
  ];
  for (const [path, text] of allowed) expect(houseBreachesOf({ path, text }), text).toEqual([]);
});

test("files and folders are named in kebab-case", () => {
  expect(badNamesIn(paths)).toEqual([]);
  const bad = ["server/BookingFlow.ts", "server/http/my_file.ts", "client/Map/a.ts"];
  expect(badNamesIn([...bad, "geofences/README.md", "tests/tidy.test.ts"])).toHaveLength(3);
});

const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as LockFile;

test("the lock file holds every optional package of every platform", () => {
  expect(missingFromLock(lock)).toEqual([]);
  const planted: LockFile = {
    packages: {
      "node_modules/a": { optionalDependencies: { "a-linux": "1.0.0", "a-darwin": "1.0.0" } },
      "node_modules/a-linux": { version: "1.0.0" },
    },
  };
  expect(missingFromLock(planted)).toEqual([expect.stringContaining("a-darwin")]);
});

test("there is one copy of mavlink-mappings, the version that was tried", () => {
  const wanted = ["node_modules/mavlink-mappings 1.0.21-20250824-1"];
  expect(copiesOf(lock, "mavlink-mappings")).toEqual(wanted);
  const second = "node_modules/node-mavlink/node_modules/mavlink-mappings";
  const planted = { packages: { ...lock.packages, [second]: { version: "1.0.0" } } };
  expect(copiesOf(planted, "mavlink-mappings")).toHaveLength(2);
});
