// The fonts of names on the map. A map draws text once: a font that comes later comes too late and
// leaves boxes, so it is awaited with the very characters that are wanted. Called by use-map.ts.

/** Latin first, so that figures look as on the page; each must be in the page's style sheets. */
export const mapFontFamily = "Noto Sans HK";
const loadTimeoutMs = 4_000;

/** Resolves when the fonts are there, or after 4 s: a map with plain letters beats no map. */
export async function loadMapFonts(text: string): Promise<void> {
  const wanted = [400, 600].map((weight) =>
    document.fonts.load(`${weight} 24px "${mapFontFamily}"`, text),
  );
  const timeout = new Promise((resolve) => setTimeout(resolve, loadTimeoutMs));
  await Promise.race([Promise.allSettled(wanted), timeout]);
}
