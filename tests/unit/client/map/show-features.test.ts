import type { FeatureCollection } from "geojson";
import { expect, test } from "vitest";
import { showFeatures } from "../../../../client/map/show-features.ts";

function zoneNamed(label: string): FeatureCollection {
  const geometry = { type: "Point" as const, coordinates: [114.13, 22.26] };
  return {
    type: "FeatureCollection",
    features: [{ type: "Feature", geometry, properties: { kind: "keepOut", label } }],
  };
}

/** Fonts that come when told to. */
function slowFonts(has: boolean) {
  let come = (): void => {};
  const coming = new Promise<void>((resolve) => (come = resolve));
  return { fonts: { has: () => has, load: () => coming }, come, coming };
}

const labelsIn = (shown: readonly FeatureCollection[]): unknown[] =>
  shown.map(({ features }) => features[0]?.properties);

test("an outline is shown before its font has come, its name after", async () => {
  const { fonts, come, coming } = slowFonts(false);
  const shown: FeatureCollection[] = [];
  showFeatures(zoneNamed("禁飛區"), fonts, (features) => void shown.push(features));
  expect(labelsIn(shown)).toEqual([{ kind: "keepOut", label: "" }]);
  come();
  await coming;
  expect(labelsIn(shown).at(-1)).toEqual({ kind: "keepOut", label: "禁飛區" });
});

test("where the font is there, or nothing has a name, it is shown once", () => {
  const shown: FeatureCollection[] = [];
  const set = (features: FeatureCollection): void => void shown.push(features);
  showFeatures(zoneNamed("Pier"), slowFonts(true).fonts, set);
  showFeatures(zoneNamed(""), slowFonts(false).fonts, set);
  expect(labelsIn(shown)).toEqual([
    { kind: "keepOut", label: "Pier" },
    { kind: "keepOut", label: "" },
  ]);
});

test("what was replaced before its font came is not shown again", async () => {
  const { fonts, come, coming } = slowFonts(false);
  const shown: FeatureCollection[] = [];
  const end = showFeatures(zoneNamed("old"), fonts, (features) => void shown.push(features));
  end();
  come();
  await coming;
  expect(shown).toHaveLength(1);
});
