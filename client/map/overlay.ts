// Our own layers on top of any background, in both engines: zones, booked volumes, tracks, pads,
// marks and their names. Added once per map by site-map.tsx; data follows through the sources.
import type { OverlayLayer } from "./map-port.ts";
import type { MapPalette } from "./map-palette.ts";

/** The sources that site-map.tsx fills. */
export const overlaySources = ["zones", "volumes", "tracks", "places", "traffic", "marks"] as const;
export type OverlaySource = (typeof overlaySources)[number];

const isMine = ["in", ["get", "tone"], ["literal", ["mine", "draft"]]];
const is = (property: string, value: string | boolean): unknown[] => [
  "==",
  ["get", property],
  value,
];

/** Lowest first. */
export function overlayLayers(palette: MapPalette, fontFamily: string): readonly OverlayLayer[] {
  return [
    ...zoneLayers(palette),
    ...volumeLayers(palette),
    ...trackLayers(palette),
    ...placeLayers(palette, fontFamily),
    ...markLayers(palette, fontFamily),
    ...nameLayers(palette, fontFamily),
  ];
}

function zoneLayers(palette: MapPalette): readonly OverlayLayer[] {
  const colour = palette.zone;
  return [
    {
      id: "zone-fill",
      type: "fill",
      source: "zones",
      filter: is("kind", "keepOut"),
      paint: { "fill-color": colour, "fill-opacity": 0.13 },
    },
    {
      id: "zone-edge",
      type: "line",
      source: "zones",
      filter: ["all", is("estimate", false), ["!=", ["get", "kind"], "heightLimit"]],
      paint: { "line-color": colour, "line-width": 1.5 },
    },
    {
      id: "zone-edge-estimate",
      type: "line",
      source: "zones",
      filter: ["all", is("estimate", true), ["!=", ["get", "kind"], "heightLimit"]],
      paint: { "line-color": colour, "line-width": 1.5, "line-dasharray": [4, 3] },
    },
    {
      id: "zone-edge-height",
      type: "line",
      source: "zones",
      filter: is("kind", "heightLimit"),
      paint: { "line-color": colour, "line-width": 1, "line-dasharray": [1, 3] },
    },
  ];
}

function volumeLayers(palette: MapPalette): readonly OverlayLayer[] {
  const colour = ["case", isMine, palette.accent, palette.volume];
  return [
    {
      id: "volume-fill",
      type: "fill",
      source: "volumes",
      paint: { "fill-color": colour, "fill-opacity": ["case", ["get", "selected"], 0.2, 0.09] },
    },
    {
      id: "volume-edge",
      type: "line",
      source: "volumes",
      filter: ["!=", ["get", "tone"], "draft"],
      paint: { "line-color": colour, "line-width": ["case", ["get", "selected"], 3, 1.5] },
    },
    {
      id: "volume-edge-draft",
      type: "line",
      source: "volumes",
      filter: is("tone", "draft"),
      paint: { "line-color": colour, "line-width": 2, "line-dasharray": [2, 2] },
    },
  ];
}

function trackLayers(palette: MapPalette): readonly OverlayLayer[] {
  const round = { "line-join": "round", "line-cap": "round" };
  return [
    {
      id: "track-whole",
      type: "line",
      source: "tracks",
      filter: is("tone", "whole"),
      layout: round,
      paint: { "line-color": palette.volume, "line-width": 1.5, "line-opacity": 0.8 },
    },
    {
      id: "track-gap",
      type: "line",
      source: "tracks",
      filter: is("tone", "gap"),
      paint: { "line-color": palette.volume, "line-width": 1.5, "line-dasharray": [1, 3] },
    },
    {
      id: "track-flown",
      type: "line",
      source: "tracks",
      filter: is("tone", "flown"),
      layout: round,
      paint: { "line-color": palette.accent, "line-width": 2.5 },
    },
  ];
}

function placeLayers(palette: MapPalette, fontFamily: string): readonly OverlayLayer[] {
  return [
    {
      id: "place-dot",
      type: "circle",
      source: "places",
      paint: {
        "circle-radius": 4,
        "circle-color": palette.sea,
        "circle-stroke-color": palette.placeText,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "place-label",
      type: "symbol",
      source: "places",
      minzoom: 16,
      layout: { ...textLayout(fontFamily, 11), "text-offset": [0.8, 0], "text-anchor": "left" },
      paint: textPaint(palette.placeText, palette),
    },
  ];
}

/** Aircraft and ships, above every name: what moves is never covered by what stands. */
export function trafficLayers(palette: MapPalette, fontFamily: string): readonly OverlayLayer[] {
  return [
    {
      id: "traffic",
      type: "symbol",
      source: "traffic",
      layout: {
        ...textLayout(fontFamily, 11),
        "icon-image": ["concat", "traffic-", ["get", "kind"]],
        "icon-rotate": ["get", "directionDeg"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-offset": [1.5, 0],
        "text-anchor": "left",
        "text-justify": "left",
        "text-allow-overlap": true,
        "text-max-width": 24,
      },
      paint: textPaint(palette.traffic, palette),
    },
  ];
}

function markLayers(palette: MapPalette, fontFamily: string): readonly OverlayLayer[] {
  const colour = [
    "match",
    ["get", "priority"],
    "emergency",
    palette.emergency,
    "high",
    palette.high,
    palette.low,
  ];
  return [
    {
      id: "mark-ring",
      type: "circle",
      source: "marks",
      paint: {
        "circle-radius": 6,
        "circle-color": palette.droneHalo,
        "circle-stroke-color": colour,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "mark-label",
      type: "symbol",
      source: "marks",
      layout: { ...textLayout(fontFamily, 12), "text-offset": [1, 0], "text-anchor": "left" },
      paint: textPaint(colour, palette),
    },
  ];
}

function nameLayers(palette: MapPalette, fontFamily: string): readonly OverlayLayer[] {
  return [
    {
      id: "zone-name",
      type: "symbol",
      source: "zones",
      filter: is("kind", "keepOut"),
      minzoom: 13,
      layout: { ...textLayout(fontFamily, 11), "text-max-width": 9 },
      paint: textPaint(palette.zoneText, palette),
    },
    {
      id: "zone-name-along",
      type: "symbol",
      source: "zones",
      filter: ["!=", ["get", "kind"], "keepOut"],
      layout: {
        ...textLayout(fontFamily, 11),
        "symbol-placement": "line",
        "symbol-spacing": 420,
        "text-offset": [0, -0.8],
      },
      paint: textPaint(palette.zoneText, palette),
    },
    {
      id: "volume-name",
      type: "symbol",
      source: "volumes",
      layout: {
        ...textLayout(fontFamily, 12),
        "symbol-placement": "line",
        "symbol-spacing": 600,
        "text-offset": [0, 0.9],
      },
      paint: textPaint(["case", isMine, palette.accent, palette.placeText], palette),
    },
  ];
}

function textLayout(fontFamily: string, sizePx: number): Readonly<Record<string, unknown>> {
  return { "text-field": ["get", "label"], "text-font": [fontFamily], "text-size": sizePx };
}

function textPaint(colour: unknown, palette: MapPalette): Readonly<Record<string, unknown>> {
  return { "text-color": colour, "text-halo-color": palette.textHalo, "text-halo-width": 1.5 };
}
