// The small part of a map engine that Skyrange uses, in its own words. maplibre-engine.ts and
// mapbox-engine.ts each are one; site-map.tsx and the layers know nothing else of an engine.
import type { FeatureCollection } from "geojson";
import type { Position } from "../../contract/wire/geometry.ts";
import type { ScreenPoint } from "./nearest-drone.ts";

/** South-west and north-east corner, degrees WGS84. */
export interface Bounds {
  readonly southWest: Position;
  readonly northEast: Position;
}

export interface Camera {
  readonly centre: Position;
  /** Engine zoom levels: 0 is the world in 512 px, each one more doubles. */
  readonly zoom: number;
}

/** One layer of the style specification that both engines share. */
export interface OverlayLayer {
  readonly id: string;
  readonly type: "background" | "fill" | "line" | "symbol" | "circle";
  readonly source?: string;
  readonly filter?: readonly unknown[];
  readonly minzoom?: number;
  readonly layout?: Readonly<Record<string, unknown>>;
  readonly paint?: Readonly<Record<string, unknown>>;
}

/** Something we draw with WebGL 2 on top of the engine's own layers, in its frame. */
export interface GlDrawing {
  readonly id: string;
  start(gl: WebGL2RenderingContext): void;
  /** @param unitWorldMatrix Column-major 4 x 4 in double precision, unit world to clip space. */
  draw(gl: WebGL2RenderingContext, unitWorldMatrix: ArrayLike<number>): void;
  end(gl: WebGL2RenderingContext): void;
}

export type EngineName = "maplibre" | "mapbox";

export interface MapPort {
  readonly engine: EngineName;
  readonly addSource: (id: string, data: FeatureCollection) => void;
  /** Replaces what a source shows. For things that change seldom: drones are a GlDrawing. */
  readonly setSource: (id: string, data: FeatureCollection) => void;
  readonly addLayer: (layer: OverlayLayer) => void;
  /** A picture that symbol layers may name. */
  readonly addImage: (id: string, image: ImageData, pixelRatio: number) => void;
  readonly addDrawing: (drawing: GlDrawing) => void;
  /** CSS pixels from the map's upper left corner. */
  readonly project: (latDeg: number, lngDeg: number) => ScreenPoint;
  readonly unproject: (point: ScreenPoint) => Position;
  readonly camera: () => Camera;
  readonly fit: (bounds: Bounds, paddingPx: number, animated: boolean) => void;
  readonly moveTo: (camera: Camera, animated: boolean) => void;
  readonly zoomBy: (levels: number) => void;
  readonly repaint: () => void;
  readonly remove: () => void;
}

/** What an engine needs to begin. */
export interface EngineOptions {
  readonly container: HTMLElement;
  readonly camera: Camera;
  readonly theme: "dark" | "light";
  /** Font for labels, as loaded with document.fonts. */
  readonly fontFamily: string;
  /** Name of the map for screen readers. */
  readonly label: string;
  readonly onClick: (point: ScreenPoint, position: Position) => void;
  /** The engine can no longer show a map: said once. */
  readonly onFailure: (reason: string) => void;
}

/** Gives the map once it can be drawn on; undefined where it failed (onFailure said why). */
export type StartEngine = (options: EngineOptions) => Promise<MapPort | undefined>;
