import { expect, test } from "vitest";
import { makeFormat } from "../../../../client/app/i18n/format.ts";
import { sheetMessages } from "../../../../client/app/i18n/sheet-messages.ts";
import { conflictText, ruleText, type Wording } from "../../../../client/book/rule-text.ts";
import { resources, site } from "./form-samples.ts";

function wording(language: "en" | "zhHant"): Wording {
  const format = makeFormat(language);
  const { preparedVolumes } = site;
  return { text: sheetMessages[language], format, zones: [], resources, preparedVolumes };
}

const failed = (rule: string, figures: Record<string, number | string>) => ({
  rule,
  pass: false,
  figures,
});

test("leaving the operating area is said with the place and by how much", () => {
  const figures = { latDeg: 22.27, lngDeg: 114.13, outsideByM: 3.25 };
  expect(ruleText(failed("insideOperatingArea", figures), wording("en"))).toBe(
    "The volume leaves the operating area by 3.25 m, at 22.27000, 114.13000. " +
      "Make it smaller or move it.",
  );
});

test("where there is no operating area to measure from, no distance is made up", () => {
  const figures = { latDeg: 22.27, lngDeg: 114.13, outsideByM: -1 };
  expect(ruleText(failed("insideOperatingArea", figures), wording("en"))).toBe(
    "The volume lies outside every operating area of the range.",
  );
});

test("a height limit names both heights with their datum", () => {
  const figures = { zone: "90 m above ground", upperAmslM: 123, limitAmslM: 94 };
  const text = ruleText(failed("heightLimit", figures), wording("en"));
  expect(text).toContain("123 m AMSL");
  expect(text).toContain("94 m AMSL");
});

test("a rule this page does not know is given with all its figures", () => {
  const text = ruleText(failed("windBelow", { windMps: 14, windMpsMax: 10 }), wording("en"));
  expect(text).toBe("Rule windBelow: windMps 14, windMpsMax 10");
});

const window = { startMs: Date.UTC(2026, 10, 22, 6), endMs: Date.UTC(2026, 10, 22, 7) };

test("a conflict names the thing, the time, and the holder only where known", () => {
  const held = { kind: "resource", what: "Pier pad 1", resourceId: "pad_1", ...window } as const;
  expect(conflictText(held, wording("en"))).toBe("pad_1 is taken 14:00–15:00.");
  expect(conflictText({ ...held, organisationName: "Harbour Robotics" }, wording("en"))).toBe(
    "pad_1 is taken 14:00–15:00 by Harbour Robotics.",
  );
});

test("a prepared volume in the way has its name in the reader's language", () => {
  const held = { kind: "airspace", what: "Pier basin", ...window } as const;
  expect(conflictText(held, wording("zhHant"))).toContain("碼頭內灣");
  expect(conflictText(held, wording("en"))).toContain("Pier basin");
});
