// The port over what the two engines have alike. Their own types meet this structural one by plain
// assignment; only layers, which each types in its own way, are added by the engine's own file.
import type { FeatureCollection } from "geojson";
import type { EngineName, GlDrawing, MapPort, OverlayLayer } from "./map-port.ts";

type Corners = [number, number, number, number];

/** The methods that MapLibre's and Mapbox's Map share, as far as they are used. */
interface EngineMap {
  addSource(id: string, source: { type: "geojson"; data: FeatureCollection }): unknown;
  getSource(id: string): unknown;
  addImage(id: string, image: ImageData, options: { pixelRatio: number }): unknown;
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

interface EngineLayers {
  addLayer(layer: OverlayLayer): void;
  addDrawing(drawing: GlDrawing): void;
}

/** Closer than this a fit to a small volume would show nothing around it. */
const fitZoomMax = 17.5;
const zoomStepMs = 150;

export function portOf(engine: EngineName, map: EngineMap, layers: EngineLayers): MapPort {
  return {
    engine,
    ...layers,
    addSource: (id, data) => void map.addSource(id, { type: "geojson", data }),
    addImage: (id, image, pixelRatio) => void map.addImage(id, image, { pixelRatio }),
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
