// What a schema expected where it found something else, in words that follow "expected". Used by
// input-faults.ts for every fault of a request or file.
import type { ZodType } from "zod";

/** One thing that a schema finds wrong. */
export type Issue = NonNullable<ReturnType<ZodType["safeParse"]>["error"]>["issues"][number];

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "text",
};

/** Units of what has a length; what has none is compared itself. */
const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  array: ["entry", "entries"],
  string: ["character", "characters"],
};

/** Words of a schema of ours stand as they are; those of the library are put for a reader. */
export function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return kinds[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `${issue.values.length > 1 ? "one of " : ""}${issue.values.map(quoted).join(", ")}`;
    case "invalid_union":
      return unionWords(issue);
    case "too_small":
      return limit(
        issue.origin,
        Number(issue.minimum),
        issue.inclusive === false ? "above" : "at least",
      );
    case "too_big":
      return limit(
        issue.origin,
        Number(issue.maximum),
        issue.inclusive === false ? "below" : "at most",
      );
    default:
      return issue.message
        .replace(/^Invalid [^:]+: /, "")
        .replace(/^must match/, "text that matches")
        .replace(/\.$/, "");
  }
}

/** The kinds there are, where one field tells them apart. */
function unionWords(issue: Extract<Issue, { code: "invalid_union" }>): string {
  const { options } = issue as { readonly options?: readonly unknown[] };
  if (options === undefined || options.length === 0) return "one of the forms described";
  return `one of ${options.map(quoted).join(", ")}`;
}

function limit(origin: string, bound: number, comparison: string): string {
  const [one, many] = units[origin] ?? [];
  if (one === undefined) return `a number ${comparison} ${bound}`;
  return `${comparison} ${bound} ${bound === 1 ? one : many}`;
}

function quoted(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}
