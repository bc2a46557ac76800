// The test projects. They run one after the other in `groupOrder`, so that the slow ones, which
// watch real time, do not share the machine with the quick ones.
import { defineConfig } from "vitest/config";

const long = process.env["LONG"] === "1";
const seconds = 1_000;
const minutes = 60 * seconds;

/** Two at a time suits the smallest machine; browser and whole-system tests run alone. */
const workersMax = 2;

export default defineConfig({
  cacheDir: "node_modules/.cache/skyrange/vite",
  test: {
    teardownTimeout: 30 * seconds,
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}", "tests/tidy.test.ts"],
          maxWorkers: workersMax,
          // Modules hold no state that a test changes: read once a worker, not once a file.
          isolate: false,
          testTimeout: 30 * seconds,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "stores",
          include: ["tests/stores/*.test.ts"],
          maxWorkers: workersMax,
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "stores-postgres",
          include: ["tests/stores/**/*.test.ts"],
          exclude: ["tests/stores/journal-slow-disk.test.ts"],
          globalSetup: ["tests/support/postgres-cluster.ts"],
          maxWorkers: workersMax,
          testTimeout: 60 * seconds,
          hookTimeout: 60 * seconds,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: "sim",
          include: ["tests/sim/**/*.test.ts"],
          maxWorkers: workersMax,
          testTimeout: long ? 90 * minutes : 120 * seconds,
          hookTimeout: 60 * seconds,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: long ? 90 * minutes : 120 * seconds,
          hookTimeout: 120 * seconds,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
