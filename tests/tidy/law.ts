// Holds files to a table of who may import what, and finds circles. The table itself is in
// tests/tidy.test.ts.
import { importsOf, type Import, type SourceFile } from "./imports.ts";

/** What the files whose path starts with `of` may import. Of several, the longest `of` counts. */
export interface Law {
  of: string;
  /** Our own files, by the start of their path. */
  own: string[];
  /** Our own files of which only types may be taken. */
  types?: string[];
  /** Taken out of `own` again. */
  except?: string[];
  /** Packages by name, `@scope/` for all of a scope, `node:` for Node's own; or any at all. */
  packages: string[] | "any";
  /** Said to who breaks it. */
  because: string;
}

/** One line for each breach: file, line, and what to do. */
export function breachesOf(files: SourceFile[], laws: Law[]): string[] {
  return files.flatMap((file) => {
    const law = lawFor(file.path, laws);
    if (law === undefined) return [`${file.path}: no law names this folder; add it to the table.`];
    return importsOf(file)
      .filter((entry) => !isAllowed(entry, law))
      .map((entry) => {
        const what = entry.when === "type" ? "the types of " : "";
        const where = `${file.path}:${String(entry.line)}`;
        return `${where}: may not import ${what}${entry.to}: ${law.because}`;
      });
  });
}

function lawFor(path: string, laws: Law[]): Law | undefined {
  return laws.filter((law) => path.startsWith(law.of)).sort((a, b) => b.of.length - a.of.length)[0];
}

function isAllowed(entry: Import, law: Law): boolean {
  const startsIn = (list: string[]): boolean => list.some((start) => entry.to.startsWith(start));
  if (entry.kind === "package") {
    if (law.packages === "any") return true;
    return law.packages.some((name) =>
      name.endsWith("/") || name.endsWith(":") ? entry.to.startsWith(name) : entry.to === name,
    );
  }
  if (startsIn(law.except ?? [])) return false;
  return startsIn(law.own) || (entry.when === "type" && startsIn(law.types ?? []));
}

/** Each circle once, as `a.ts -> b.ts -> a.ts`. Types count; import() does not. */
export function circlesIn(files: SourceFile[]): string[] {
  const edges = new Map<string, string[]>();
  for (const file of files) {
    const now = importsOf(file).filter((entry) => entry.kind === "own" && entry.when !== "late");
    edges.set(
      file.path,
      now.map((entry) => entry.to),
    );
  }
  const done = new Set<string>();
  const trail: string[] = [];
  const circles: string[] = [];
  const walk = (path: string): void => {
    const begin = trail.indexOf(path);
    if (begin >= 0) circles.push([...trail.slice(begin), path].join(" -> "));
    if (begin >= 0 || done.has(path)) return;
    trail.push(path);
    for (const next of edges.get(path) ?? []) walk(next);
    trail.pop();
    done.add(path);
  };
  for (const path of edges.keys()) walk(path);
  return circles;
}

const enginePackages = ["mapbox-gl", "maplibre-gl"];
const engineFile = /^client\/map\/(mapbox|maplibre)-[^/]*$/;

/** Map engines are big, and one has a licence of its own: each loads only where it is used. */
export function earlyEnginesIn(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    if (!file.path.startsWith("client/") || engineFile.test(file.path)) return [];
    return importsOf(file)
      .filter((entry) => entry.when === "start")
      .filter((entry) => enginePackages.includes(entry.to) || engineFile.test(entry.to))
      .map(
        (entry) =>
          `${file.path}:${String(entry.line)}: ${entry.to} may only be loaded with import() of ` +
          "client/map/mapbox-… or maplibre-…; take its types with import type.",
      );
  });
}
