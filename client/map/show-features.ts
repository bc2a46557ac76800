// Shows outlines at once and their names as soon as the fonts are there: what is held or forbidden
// must never wait for letters. Called by site-map.tsx.
import type { Feature, FeatureCollection } from "geojson";

export interface LabelFonts {
  /** True where these characters can be drawn now. */
  readonly has: (text: string) => boolean;
  readonly load: (text: string) => Promise<void>;
}

/** @returns what ends it: a font that comes later changes nothing any more. */
export function showFeatures(
  features: FeatureCollection,
  fonts: LabelFonts,
  set: (features: FeatureCollection) => void,
): () => void {
  const letters = features.features.map(labelOf).join("");
  if (letters === "" || fonts.has(letters)) {
    set(features);
    return () => {};
  }
  let ended = false;
  set({ ...features, features: features.features.map(unnamed) });
  void fonts.load(letters).then(() => {
    if (!ended) set(features);
  });
  return () => {
    ended = true;
  };
}

function labelOf({ properties }: Feature): string {
  return String(properties?.["label"] ?? "");
}

function unnamed(feature: Feature): Feature {
  return { ...feature, properties: { ...feature.properties, label: "" } };
}
