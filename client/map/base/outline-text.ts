// Reads the outlines of the background's data files into closed rings. Called by base-style.ts.

/**
 * @param text "lngDeg latDeg" pairs divided by commas, as in shoreline.ts.
 * @returns A closed ring of [lngDeg, latDeg]; pairs that are not two numbers are left out.
 */
export function ringOfText(text: string): [number, number][] {
  const ring: [number, number][] = [];
  for (const pair of text.split(",")) {
    const [lngDeg, latDeg] = pair.trim().split(/\s+/).map(Number);
    if (lngDeg === undefined || latDeg === undefined) continue;
    if (Number.isFinite(lngDeg) && Number.isFinite(latDeg)) ring.push([lngDeg, latDeg]);
  }
  const first = ring[0];
  const last = ring.at(-1);
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) ring.push([...first]);
  return ring;
}
