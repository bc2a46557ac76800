// The house rules on single files: budgets, and who may reach for the world. eslint.config.js
// shows them in the editor; tests/tidy.test.ts holds them, and shows that each can fail.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

// Entries are files, or folders with a slash at the end.

/** The programs' outermost files: only they see the process, its output and its clock. */
const outermost = [
  "server/main.ts",
  "server/config.ts",
  "server/cli/",
  "server/ingest/main.ts",
  "firmware-sim/cli/",
  "scripts/",
];
const clockAdapters = ["server/clock.ts", "client/app/clock.ts"];
const logAdapters = ["server/log.ts", "client/app/log.ts"];
/** Tests that run whole programs, and what serves them. */
const wholeSystem = ["tests/e2e/", "tests/bench/", "tests/run/", "tests/stores/"];

const mayReadTheClock = [...outermost, ...clockAdapters, ...wholeSystem];
const mayBeRandom = ["server/randomness.ts", "scripts/", ...wholeSystem];
const mayUseConsole = [...outermost, ...logAdapters, ...wholeSystem, "tests/sim/"];
const mayUseProcess = [
  ...outermost,
  ...clockAdapters,
  ...logAdapters,
  "server/start-worker.mjs",
  "tests/",
  "vitest.config.ts",
];
const mayImportLate = [
  "client/map/", // the map engines
  "client/app/", // one page a route
  "server/main.ts", // one program a role
  "server/start-worker.mjs", // a worker's entry, by its address
  "server/store/", // the database driver asked for
  "server/cluster/", // Redis, where there is one
  "server/logs/", // writers that few exports need
  "scripts/", // before anything is installed
  "tests/",
];

function isListed(file, list) {
  return list.some((entry) => (entry.endsWith("/") ? file.startsWith(entry) : file === entry));
}

/** The file of a lint run, as a path from the root with forward slashes. */
function fileOf(context) {
  return path.relative(context.cwd, context.filename).split(path.sep).join("/");
}

const clockHint = "reads the clock: take the clock as a parameter (adapters: server/clock.ts).";
const bannedCalls = [
  { called: "Date.now", list: mayReadTheClock, hint: clockHint },
  { called: "performance.now", list: mayReadTheClock, hint: clockHint },
  { called: "process.hrtime", list: mayReadTheClock, hint: clockHint },
  { called: "new Date()", list: mayReadTheClock, hint: clockHint },
  { called: "Math.random", list: mayBeRandom, hint: "is not repeatable: take it as a parameter." },
  { called: "import()", list: mayImportLate, hint: "is for listed files: import at the top." },
  { called: "console", list: mayUseConsole, hint: "is for the outermost files: take a log." },
  { called: "process", list: mayUseProcess, hint: "is for the outermost files: pass it in." },
];

const reach = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = fileOf(context);
    const report = (node, called) => {
      const ban = bannedCalls.find((entry) => entry.called === called);
      if (ban !== undefined && !isListed(file, ban.list)) {
        context.report({ node, message: `${called} ${ban.hint}` });
      }
    };
    return {
      ImportExpression: (node) => report(node, "import()"),
      NewExpression(node) {
        if (node.callee.name === "Date" && node.arguments.length === 0) report(node, "new Date()");
      },
      MemberExpression(node) {
        const object = node.object.property ?? node.object;
        const property = node.computed ? node.property.value : node.property.name;
        report(node, `${object.name}.${property}`);
        if (object.name === "globalThis") report(node, property);
      },
      Program(node) {
        // What no scope declares is the global one; an own parameter named `process` is not.
        for (const { identifier } of context.sourceCode.getScope(node).through) {
          report(identifier, identifier.name);
        }
      },
    };
  },
};

const functionLength = {
  meta: { type: "suggestion", schema: [{ type: "number" }] },
  create(context) {
    const [linesMax] = context.options;
    const check = (node) => {
      const { start, end } = node.loc;
      const lines = end.line - start.line + 1;
      // A suite is a list of tests, not a function to be read as one.
      if (lines <= linesMax || isSuite(node.parent?.callee)) return;
      const message = `this function has ${lines} lines, ${linesMax} at most: draw out a part.`;
      context.report({ node, loc: start, message });
    };
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
    };
  },
};

/** `describe(…)` and `describe.skipIf(…)(…)`: a list of tests, not a function to read at once. */
function isSuite(callee) {
  return callee?.name === "describe" || callee?.callee?.object?.name === "describe";
}

/** A limit's name in which the unit follows: `silenceMaxMs` for `silenceMsMax`. */
const unitAfterLimit = /[a-z](Max|Min)(Ms|S|Mps|M2?|Km|Deg|Bytes|Px|Hz|Per[A-Z]\w*)$/;

const limitNames = {
  meta: { type: "problem", schema: [] },
  create(context) {
    return {
      Identifier(node) {
        const [, limit] = unitAfterLimit.exec(node.name) ?? [];
        if (limit === undefined) return;
        context.report({ node, message: `${node.name}: a limit's name ends in ${limit}.` });
      },
    };
  },
};

const suites = new Set(["test", "describe", "it", "suite"]);

const testsRun = {
  meta: { type: "problem", schema: [] },
  create(context) {
    return {
      MemberExpression(node) {
        const name = node.property.name;
        const suite = node.object.name ?? node.object.object?.name;
        if (!suites.has(suite)) return;
        if (["only", "skip", "todo", "fails"].includes(name)) {
          context.report({ node, message: `.${name}: every test runs and counts; remove it.` });
        }
        if (name !== "skipIf" && name !== "runIf") return;
        let statement = node;
        while (!/Statement|Declaration$/.test(statement.type)) statement = statement.parent;
        const comments = context.sourceCode.getCommentsBefore(statement);
        if (comments.some((comment) => /skipped/i.test(comment.value))) return;
        const message = `.${name}: say why in a comment above: "Skipped where …: …".`;
        context.report({ node, message });
      },
    };
  },
};

/** ESLint's caches are valid for one version of a plugin: ours is what this file says. */
const version = createHash("sha256")
  .update(readFileSync(import.meta.filename))
  .digest("hex");

const plugin = {
  meta: { name: "house", version },
  rules: {
    reach,
    "function-length": functionLength,
    "limit-names": limitNames,
    "tests-run": testsRun,
  },
};

/**
 * Rules for every file, then what differs for some.
 * @type {import('eslint').Linter.Config[]}
 */
export const houseConfig = [
  {
    files: ["**/*.{ts,tsx,js,mjs}"],
    plugins: { house: plugin },
    rules: {
      "house/reach": "error",
      "house/function-length": ["error", 70],
      "house/limit-names": "error",
      "house/tests-run": "error",
      "max-lines": ["error", { max: 400 }],
      "max-len": ["error", { code: 100, ignoreUrls: true }],
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"], location: "anywhere" }],
    },
  },
  // A component is mostly its markup.
  { files: ["**/*.tsx"], rules: { "house/function-length": ["error", 120] } },
];
