// The calm background: sea, land, park, buildings and a grid of degrees, from data in base/ alone,
// so that the map needs no server but ours. Put on a MapLibre map by overlay.ts.
import type { Feature, FeatureCollection, Position as Coordinate } from "geojson";
import { osmAttribution, osmFeatures } from "./base/osm-features.ts";
import { ringOfText } from "./base/outline-text.ts";
import { shorelineAttribution, shorelineOutlines } from "./base/shoreline.ts";
import type { OverlayLayer } from "./map-port.ts";
import type { MapPalette } from "./map-palette.ts";

/** Lines of the grid: every 0.01 degree (about 1.1 km), over the drawn area. */
const grid = { westDeg: 114.05, eastDeg: 114.21, southDeg: 22.17, northDeg: 22.33, step: 0.01 };

export interface BaseSource {
  readonly id: string;
  readonly data: FeatureCollection;
  readonly attribution?: string;
}

/** What the background is drawn from, with who must be named for it. */
export function baseSources(): readonly BaseSource[] {
  return [
    { id: "graticule", data: collection(graticuleLines()) },
    {
      id: "shoreline",
      data: collection(shorelineOutlines.map((text) => polygon(text, {}))),
      attribution: shorelineAttribution,
    },
    {
      id: "osm-features",
      data: collection(
        osmFeatures.map(({ kind, name, outline }) =>
          polygon(outline, { kind, en: name.en, zhHant: name.zhHant }),
        ),
      ),
      attribution: osmAttribution,
    },
  ];
}

export function baseLayers(palette: MapPalette): readonly OverlayLayer[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": palette.sea } },
    {
      id: "graticule",
      type: "line",
      source: "graticule",
      paint: { "line-color": palette.graticule, "line-width": 1 },
    },
    { id: "land", type: "fill", source: "shoreline", paint: { "fill-color": palette.land } },
    {
      id: "land-edge",
      type: "line",
      source: "shoreline",
      paint: { "line-color": palette.landEdge, "line-width": 1.25 },
    },
    {
      id: "parks",
      type: "fill",
      source: "osm-features",
      filter: ["==", ["get", "kind"], "park"],
      paint: { "fill-color": palette.park, "fill-outline-color": palette.buildingEdge },
    },
    {
      id: "buildings",
      type: "fill",
      source: "osm-features",
      filter: ["==", ["get", "kind"], "building"],
      paint: { "fill-color": palette.building, "fill-outline-color": palette.buildingEdge },
    },
  ];
}

/** Names of the background's places, above everything but the drones. */
export function placeNameLayer(
  palette: MapPalette,
  language: "en" | "zhHant",
  fontFamily: string,
): OverlayLayer {
  return {
    id: "place-names",
    type: "symbol",
    source: "osm-features",
    minzoom: 14,
    layout: {
      "text-field": ["get", language],
      "text-font": [fontFamily],
      "text-size": 11,
      "text-max-width": 8,
    },
    paint: {
      "text-color": palette.placeText,
      "text-halo-color": palette.textHalo,
      "text-halo-width": 1.25,
    },
  };
}

function graticuleLines(): Feature[] {
  const lines: Feature[] = [];
  const steps = Math.round((grid.eastDeg - grid.westDeg) / grid.step);
  for (let index = 0; index <= steps; index++) {
    const lngDeg = grid.westDeg + index * grid.step;
    const latDeg = grid.southDeg + index * grid.step;
    lines.push(line([lngDeg, grid.southDeg], [lngDeg, grid.northDeg]));
    lines.push(line([grid.westDeg, latDeg], [grid.eastDeg, latDeg]));
  }
  return lines;
}

function line(from: Coordinate, to: Coordinate): Feature {
  const geometry = { type: "LineString" as const, coordinates: [from, to] };
  return { type: "Feature", properties: {}, geometry };
}

function polygon(text: string, properties: Record<string, string>): Feature {
  const geometry = { type: "Polygon" as const, coordinates: [ringOfText(text)] };
  return { type: "Feature", properties, geometry };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}
