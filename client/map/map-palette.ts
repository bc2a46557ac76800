// The map's colours in both themes. A canvas and a map style cannot read CSS variables, so these
// stand beside client/design/tokens.css and keep its rules: grey is normal, one accent for what is
// selected or mine, violet for limits and zones, red, amber and yellow for alarms alone.

export type MapTheme = "dark" | "light";

export interface MapPalette {
  readonly sea: string;
  readonly land: string;
  readonly landEdge: string;
  readonly graticule: string;
  readonly park: string;
  readonly building: string;
  readonly buildingEdge: string;
  readonly placeText: string;
  readonly textHalo: string;
  readonly zone: string;
  readonly zoneText: string;
  readonly volume: string;
  readonly accent: string;
  readonly drone: string;
  readonly droneHalo: string;
  readonly traffic: string;
  readonly emergency: string;
  readonly high: string;
  readonly low: string;
}

export const mapPalettes: Readonly<Record<MapTheme, MapPalette>> = {
  dark: {
    sea: "#12181d",
    land: "#22282d",
    landEdge: "#3d464e",
    graticule: "#1a2229",
    park: "#272f32",
    building: "#323a41",
    buildingEdge: "#454f58",
    placeText: "#93a1ad",
    textHalo: "#12181d",
    zone: "#a985f5",
    zoneText: "#c3abfa",
    volume: "#8797a5",
    accent: "#58aefc",
    drone: "#e6edf3",
    droneHalo: "#0a0e12",
    traffic: "#9fb0be",
    emergency: "#ff5b52",
    high: "#ffa52a",
    low: "#f4dc4c",
  },
  light: {
    sea: "#dfe6ea",
    land: "#f6f5f2",
    landEdge: "#b3bcc4",
    graticule: "#d4dce3",
    park: "#eaeeea",
    building: "#e0e1e0",
    buildingEdge: "#c0c5c9",
    placeText: "#4f5b65",
    textHalo: "#f7f8f8",
    zone: "#6a3fc2",
    zoneText: "#5730a8",
    volume: "#66727d",
    accent: "#0a63c0",
    drone: "#1f2a33",
    droneHalo: "#ffffff",
    traffic: "#5a6772",
    emergency: "#c31d17",
    high: "#b35a00",
    low: "#857000",
  },
};

/** "#rrggbb" as red, green and blue from 0 to 1, for the drawing on the graphics card. */
export function rgbOfHex(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
