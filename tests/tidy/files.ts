// The files the tidy test looks at: all sources of ours, and their lint under the house rules.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import { houseConfig } from "./house-rules.mjs";
import type { SourceFile } from "./imports.ts";

export const root = path.resolve(import.meta.dirname, "../..");

const folders = ["contract", "server", "client", "firmware-sim", "geofences", "tests", "scripts"];
/** Copied or generated data, which keeps the form it came in. */
const dataFolders = ["tests/golden/"];

/** Paths from the root of everything in our folders, data left out. */
export function ownPaths(): string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
    )
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => !dataFolders.some((folder) => file.startsWith(folder)))
    .sort();
}

export function readSources(paths: string[]): SourceFile[] {
  return paths
    .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file))
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), "utf8") }));
}

const linter = new Linter({ cwd: root });
const lintConfig: Linter.Config[] = [
  ...houseConfig,
  { files: ["**/*.{ts,tsx}"], languageOptions: { parser: tseslint.parser } },
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: { "@typescript-eslint/no-explicit-any": "error" },
  },
  // A comment in the source lifts no house rule.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" } },
];

/** One line for each breach of a house rule: file, line, and what to do. */
export function houseBreachesOf(file: SourceFile): string[] {
  return told(file.path, linter.verify(file.text, lintConfig, path.join(root, file.path)));
}

/**
 * The same of files as they stand. A file that has not changed since it was last found good, by
 * the same rules, is not read through again.
 */
export async function houseBreachesIn(files: readonly string[]): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: lintConfig,
    cache: true,
    cacheStrategy: "content",
    cacheLocation: path.join(root, "node_modules/.cache/skyrange/house-rules"),
  });
  const results = await eslint.lintFiles([...files]);
  return results.flatMap(({ filePath, messages }) => told(path.relative(root, filePath), messages));
}

function told(file: string, messages: readonly Linter.LintMessage[]): string[] {
  return messages
    .filter((found) => found.severity === 2)
    .map((found) => `${file}:${String(found.line)}: ${found.message}`);
}

const kebabName = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;

/** Files and folders whose name is not kebab-case; README.md and the like are capitals. */
export function badNamesIn(paths: string[]): string[] {
  return paths
    .filter((file) => !file.split("/").every((part) => kebabName.test(part) || isPlainly(part)))
    .map((file) => `${file}: name it in kebab-case, like booking-flow.ts.`);
}

/** The names that tools and readers expect in capitals. */
function isPlainly(part: string): boolean {
  return /^[A-Z]+\.md$/.test(part);
}
