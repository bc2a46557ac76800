// Both halves of every table of text: same keys, nothing empty, no English left in the Chinese.
import { describe, expect, test } from "vitest";
import { alarmMessages } from "../../../../../client/app/i18n/alarm-messages.ts";
import { bookMessages } from "../../../../../client/app/i18n/book-messages.ts";
import { commandMessages } from "../../../../../client/app/i18n/command-messages.ts";
import { controlMessages } from "../../../../../client/app/i18n/control-messages.ts";
import { manageMessages } from "../../../../../client/app/i18n/manage-messages.ts";
import { mapMessages } from "../../../../../client/app/i18n/map-messages.ts";
import { replayMessages } from "../../../../../client/app/i18n/replay-messages.ts";
import { sheetMessages } from "../../../../../client/app/i18n/sheet-messages.ts";
import { shellMessages } from "../../../../../client/app/i18n/shell-messages.ts";

const tables = {
  alarmMessages,
  bookMessages,
  commandMessages,
  controlMessages,
  manageMessages,
  mapMessages,
  replayMessages,
  sheetMessages,
  shellMessages,
};

/** Names, units, file formats and commands that are the same in both languages. */
const sameInBoth = new RegExp(
  [
    "Skyrange|MAVLink|SYSID_THISMAV|eSUA|GeoJSON|JSON|WGS ?84|Mapbox|HKT|UTC\\+8|AMSL|AGL|Home",
    "npm run user -- add EMAIL --role ROLE|tlog|SHA-256|RTL|GNSS|GPS|English|km/h|m/s|min|kg|MB",
  ].join("|"),
  "g",
);

type Leaf = readonly [path: string, text: string];

/** Every text of a half; sentences are built with marks that no text holds. */
function leaves(value: unknown, path: string): Leaf[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const build = value as (...values: unknown[]) => string;
    const marks = Array.from({ length: build.length }, () => 7);
    return [[path, build(...marks)]];
  }
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    leaves(inner, path === "" ? key : `${path}.${key}`),
  );
}

describe.each(Object.entries(tables))("%s", (_name, table) => {
  test("has the same keys in both languages", () => {
    const keys = (half: unknown) => leaves(half, "").map(([path]) => path);
    expect(keys(table.zhHant)).toEqual(keys(table.en));
    expect(keys(table.en).length).toBeGreaterThan(0);
  });

  test("has no empty text", () => {
    const empty = [...leaves(table.en, "en"), ...leaves(table.zhHant, "zhHant")];
    expect(empty.filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("has no English word left in the Chinese half, names and units apart", () => {
    const english = leaves(table.zhHant, "").filter(([, text]) =>
      /[A-Za-z]{2,}/.test(text.replace(sameInBoth, "")),
    );
    expect(english).toEqual([]);
  });

  test("has no Chinese in the English half, the other language's own name apart", () => {
    const chinese = leaves(table.en, "").filter(([, text]) => /\p{Script=Han}/u.test(text));
    expect(chinese.filter(([path]) => path !== "otherLanguage")).toEqual([]);
  });

  test("uses full-width commas between Chinese words", () => {
    const narrow = leaves(table.zhHant, "").filter(([, text]) => /\p{Script=Han},/u.test(text));
    expect(narrow).toEqual([]);
  });
});
