// The port over what the two engines have alike. Their own types meet this structural one by plain
// assignment; only layers, which each types in its own way, are added by the engine's own file.
import type { FeatureCollection } from "geojson";
import type { EngineName, EngineOptions, GlDrawing, MapPort, OverlayLayer } from "./map-port.ts";

type Corners = [number, number, number, number];

/** The methods that MapLibre's and Mapbox's Map share, as far as they are used. */
interface EngineMap {
  addSource(id: string, source: { type: "geojson"; data: FeatureCollection }): unknown;
  getSource(id: string): unknown;
  project(at: [number, number]): { x: number; y: number };
  unproject(point: [number, number]): { lat: number; lng: number };
  getCenter(): { lat: number; lng: number };
  getZoom(): number;
  fitBounds(
    corners: Corners,
    options: { padding: number; animate: boolean; maxZoom: number },
  ): unknown;
  easeTo(options: {
    center?: [number, number];
    zoom: number;
    animate?: boolean;
    duration?: number;
  }): unknown;
  triggerRepaint(): void;
  remove(): void;
}

interface Click {
  readonly point: { readonly x: number; readonly y: number };
  readonly lngLat: { readonly lat: number; readonly lng: number };
}
interface NewMap {
  readonly touchZoomRotate: { disableRotation(): void };
  on(type: "click", listener: (click: Click) => void): unknown;
}

interface EngineLayers {
  addLayer(layer: OverlayLayer): void;
  addDrawing(drawing: GlDrawing): void;
}

/** What the engines' options have alike. */
export function commonOptions({ container, camera, label }: EngineOptions) {
  return {
    container,
    center: [camera.centre.lngDeg, camera.centre.latDeg] satisfies [number, number],
    zoom: camera.zoom,
    minZoom: 10,
    maxZoom: 20,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    locale: { "Map.Title": label },
  };
}

/** What is set on a new map whichever engine drew it: no turning by touch, and clicks are told. */
export function prepareMap(map: NewMap, { onClick }: EngineOptions): void {
  map.touchZoomRotate.disableRotation();
  map.on("click", ({ point, lngLat }) => {
    onClick({ xPx: point.x, yPx: point.y }, { latDeg: lngLat.lat, lngDeg: lngLat.lng });
  });
}

/** Of the scale at the lower left. */
export const scaleOptions = { maxWidth: 120, unit: "metric" } as const;

/** Closer than this a fit to a small volume would show nothing around it. */
const fitZoomMax = 17.5;
const zoomStepMs = 150;

export function portOf(engine: EngineName, map: EngineMap, layers: EngineLayers): MapPort {
  return {
    engine,
    ...layers,
    addSource: (id, data) => void map.addSource(id, { type: "geojson", data }),
    setSource(id, data) {
      const source = map.getSource(id) as { setData(data: FeatureCollection): unknown } | undefined;
      source?.setData(data);
    },
    project(latDeg, lngDeg) {
      const { x, y } = map.project([lngDeg, latDeg]);
      return { xPx: x, yPx: y };
    },
    unproject({ xPx, yPx }) {
      const { lat, lng } = map.unproject([xPx, yPx]);
      return { latDeg: lat, lngDeg: lng };
    },
    camera() {
      const { lat, lng } = map.getCenter();
      return { centre: { latDeg: lat, lngDeg: lng }, zoom: map.getZoom() };
    },
    fit({ southWest, northEast }, paddingPx, animated) {
      const corners: Corners = [
        southWest.lngDeg,
        southWest.latDeg,
        northEast.lngDeg,
        northEast.latDeg,
      ];
      map.fitBounds(corners, { padding: paddingPx, animate: animated, maxZoom: fitZoomMax });
    },
    moveTo({ centre, zoom }, animated) {
      map.easeTo({ center: [centre.lngDeg, centre.latDeg], zoom, animate: animated });
    },
    zoomBy: (levels) => void map.easeTo({ zoom: map.getZoom() + levels, duration: zoomStepMs }),
    repaint: () => map.triggerRepaint(),
    remove: () => map.remove(),
  };
}
