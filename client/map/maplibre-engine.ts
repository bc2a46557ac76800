// MapLibre GL JS behind the port: the engine without a token, from which no request leaves the
// machine. Loaded by start-engine.ts when a map is shown for the first time.
import {
  AttributionControl,
  Map as MapLibreMap,
  ScaleControl,
  setWorkerUrl,
  type CustomLayerInterface,
  type LayerSpecification,
  type SourceSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { baseLayers, baseSources } from "./base-style.ts";
import { portOf } from "./engine-port.ts";
import { mapPalettes } from "./map-palette.ts";
import type { EngineOptions, GlDrawing, StartEngine } from "./map-port.ts";

// Once, before the first map: the address that the package guesses is lost in any bundle.
setWorkerUrl(workerUrl);

const zoomRange = { minZoom: 10, maxZoom: 20 };

export const startMapLibre: StartEngine = (options) => {
  const map = createMap(options);
  map.addControl(new AttributionControl({ compact: false }), "bottom-right");
  map.addControl(new ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-right");
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on("click", ({ point, lngLat }) => {
    const position = { latDeg: lngLat.lat, lngDeg: lngLat.lng };
    options.onClick({ xPx: point.x, yPx: point.y }, position);
  });
  return new Promise((resolve) => {
    let loaded = false;
    map.on("error", ({ error }) => {
      // Later errors are of single tiles or texts: the map still shows what it can.
      if (loaded) return;
      options.onFailure(error.message);
      resolve(undefined);
    });
    map.once("load", () => {
      loaded = true;
      resolve(
        portOf("maplibre", map, {
          addLayer: (layer) => void map.addLayer(layer as unknown as LayerSpecification),
          addDrawing: (drawing) => void map.addLayer(customLayer(drawing)),
        }),
      );
    });
  });
};

function createMap(options: EngineOptions): MapLibreMap {
  const { container, camera, fontFamily, label, theme } = options;
  const sources: Record<string, SourceSpecification> = {};
  for (const { id, data, attribution } of baseSources()) {
    sources[id] = { type: "geojson", data, ...(attribution === undefined ? {} : { attribution }) };
  }
  const layers = baseLayers(mapPalettes[theme]) as unknown as LayerSpecification[];
  return new MapLibreMap({
    container,
    style: { version: 8, sources, layers },
    center: [camera.centre.lngDeg, camera.centre.latDeg],
    zoom: camera.zoom,
    ...zoomRange,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    fadeDuration: 0,
    localIdeographFontFamily: fontFamily,
    locale: { "Map.Title": label },
  });
}

function customLayer(drawing: GlDrawing): CustomLayerInterface {
  // WebGL 2 is the only context MapLibre makes since version 5 where the browser has it.
  const gl2 = (gl: WebGLRenderingContext | WebGL2RenderingContext): WebGL2RenderingContext =>
    gl as WebGL2RenderingContext;
  return {
    id: drawing.id,
    type: "custom",
    onAdd: (_map, gl) => drawing.start(gl2(gl)),
    render: (gl, { defaultProjectionData }) =>
      drawing.draw(gl2(gl), defaultProjectionData.mainMatrix),
    onRemove: (_map, gl) => drawing.end(gl2(gl)),
  };
}
