// Reads an uploaded GeoJSON file as the outline of one flight volume. Pure: the volume fields hand
// it the file's text. Crossing edges and the operating area are the server's to judge.
import type { PolygonGeometry } from "../../contract/wire/geometry.ts";
import { footprintVerticesMax } from "../../contract/wire/geometry.ts";

/** What is wrong with the file; `where` is a path into it or a count. */
export type PolygonFileFault =
  | { readonly kind: "tooLarge"; readonly where: string }
  | { readonly kind: "notJson"; readonly where: string }
  | { readonly kind: "noPolygon"; readonly where: string }
  | { readonly kind: "manyPolygons"; readonly where: string }
  | { readonly kind: "notAPosition"; readonly where: string }
  | { readonly kind: "swapped"; readonly where: string }
  | { readonly kind: "notClosed"; readonly where: string }
  | { readonly kind: "tooFewPoints"; readonly where: string }
  | { readonly kind: "tooManyPoints"; readonly where: string };

export type PolygonFileReading =
  | { readonly kind: "polygon"; readonly geometry: PolygonGeometry; readonly pointCount: number }
  | { readonly kind: "faults"; readonly faults: readonly PolygonFileFault[] };

/** Largest file that is read at all. */
export const polygonFileBytesMax = 1_000_000;
/** Faults named at most; more say nothing new. */
const faultsMax = 5;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Found {
  readonly where: string;
  readonly rings: unknown;
}

/** Every polygon in a geometry, feature or collection, with the path to it. */
function polygonsIn(value: unknown, where: string): Found[] {
  if (!isRecord(value)) return [];
  const path = (name: string): string => (where === "" ? name : `${where}.${name}`);
  const each = (list: unknown, name: string): Found[] =>
    Array.isArray(list)
      ? list.flatMap((one, index) => polygonsIn(one, path(`${name}.${index}`)))
      : [];
  switch (value["type"]) {
    case "Polygon":
      return [{ where: path("coordinates"), rings: value["coordinates"] }];
    case "MultiPolygon":
      return Array.isArray(value["coordinates"])
        ? value["coordinates"].map((rings: unknown, index) => ({
            where: path(`coordinates.${index}`),
            rings,
          }))
        : [];
    case "Feature":
      return polygonsIn(value["geometry"], path("geometry"));
    case "FeatureCollection":
      return each(value["features"], "features");
    case "GeometryCollection":
      return each(value["geometries"], "geometries");
    default:
      return [];
  }
}

type Ring = [number, number][];

/** A ring of [lngDeg, latDeg]; heights in the file are left out, since bands carry heights. */
function readRing(value: unknown, where: string, faults: PolygonFileFault[]): Ring {
  if (!Array.isArray(value)) {
    faults.push({ kind: "notAPosition", where });
    return [];
  }
  const ring: Ring = [];
  for (const [index, point] of value.entries()) {
    const [lngDeg, latDeg]: unknown[] = Array.isArray(point) ? (point as unknown[]) : [];
    if (!isAngle(lngDeg, 180) || !isAngle(latDeg, 180)) {
      faults.push({ kind: "notAPosition", where: `${where}.${index}` });
    } else if (Math.abs(latDeg) > 90) {
      faults.push({ kind: "swapped", where: `${where}.${index}` });
    } else {
      ring.push([lngDeg, latDeg]);
    }
  }
  if (ring.length < value.length) return ring;
  if (ring.length < 4) {
    faults.push({ kind: "tooFewPoints", where: `${where} (${ring.length})` });
    return ring;
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
    faults.push({ kind: "notClosed", where });
  }
  return ring;
}

function isAngle(value: unknown, limitDeg: number): value is number {
  return typeof value === "number" && Math.abs(value) <= limitDeg;
}

/**
 * The one polygon of a GeoJSON text, or all that is wrong with it.
 *
 * @param text A Polygon, or a Feature, FeatureCollection, MultiPolygon or GeometryCollection with
 *   exactly one polygon. Positions are [longitude, latitude], degrees WGS84.
 */
export function readPolygonFile(text: string): PolygonFileReading {
  if (text.length > polygonFileBytesMax) {
    return { kind: "faults", faults: [{ kind: "tooLarge", where: String(text.length) }] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? error.message : "";
    return { kind: "faults", faults: [{ kind: "notJson", where }] };
  }
  const found = polygonsIn(value, "");
  const polygon = found[0];
  if (polygon === undefined || !Array.isArray(polygon.rings) || polygon.rings.length === 0) {
    const type = isRecord(value) ? value["type"] : undefined;
    const where = typeof type === "string" ? type : "";
    return { kind: "faults", faults: [{ kind: "noPolygon", where }] };
  }
  if (found.length > 1) {
    return { kind: "faults", faults: [{ kind: "manyPolygons", where: String(found.length) }] };
  }
  const faults: PolygonFileFault[] = [];
  const coordinates = polygon.rings.map((ring: unknown, index) =>
    readRing(ring, `${polygon.where}.${index}`, faults),
  );
  const pointCount = coordinates.reduce((sum, ring) => sum + ring.length, 0);
  if (pointCount > footprintVerticesMax) {
    faults.push({ kind: "tooManyPoints", where: String(pointCount) });
  }
  if (faults.length > 0) {
    // Where one latitude comes first, all do: said once.
    const swapped = faults.find(({ kind }) => kind === "swapped");
    const rest = faults.filter(({ kind }) => kind !== "swapped");
    const named = swapped === undefined ? rest : [swapped, ...rest];
    return { kind: "faults", faults: named.slice(0, faultsMax) };
  }
  return { kind: "polygon", geometry: { type: "Polygon", coordinates }, pointCount };
}
