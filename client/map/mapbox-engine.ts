// Mapbox GL JS behind the port: the engine when the operator has set MAPBOX_TOKEN. Its own maps are
// the background, and its servers are asked for them. Loaded by start-engine.ts, with a token only.
import {
  Map as MapboxMap,
  ScaleControl,
  setAccessToken,
  type CustomLayerInterface,
  type LayerSpecification,
} from "mapbox-gl/esm";
import "mapbox-gl/dist/mapbox-gl.css";
import { portOf } from "./engine-port.ts";
import type { EngineOptions, GlDrawing, MapPort } from "./map-port.ts";

const backgrounds = {
  dark: "mapbox://styles/mapbox/dark-v11",
  light: "mapbox://styles/mapbox/light-v11",
};
const zoomRange = { minZoom: 10, maxZoom: 20 };
/** Beyond this the service is taken for unreachable. */
const loadTimeoutMs = 15_000;

/**
 * Starts a map that asks Mapbox. Any error of the whole map, before it has loaded or after (a
 * refused token blanks a map that had loaded), is a failure; single missing tiles are not.
 */
export function startMapbox(options: EngineOptions, token: string): Promise<MapPort | undefined> {
  setAccessToken(token);
  const map = createMap(options);
  map.addControl(new ScaleControl({ maxWidth: 120, unit: "metric" }), "bottom-left");
  map.touchZoomRotate.disableRotation();
  map.on("click", ({ point, lngLat }) => {
    const position = { latDeg: lngLat.lat, lngDeg: lngLat.lng };
    options.onClick({ xPx: point.x, yPx: point.y }, position);
  });
  return new Promise((resolve) => {
    let state: "loading" | "loaded" | "failed" = "loading";
    const fail = (reason: string): void => {
      if (state === "failed") return;
      state = "failed";
      options.onFailure(reason);
      resolve(undefined);
    };
    const timer = setTimeout(() => {
      if (state === "loading") fail("The map service did not answer in 15 s.");
    }, loadTimeoutMs);
    map.on("error", ({ error }) => {
      if (state === "loading" || error.message.includes("access token")) fail(error.message);
    });
    map.once("load", () => {
      clearTimeout(timer);
      if (state !== "loading") return;
      state = "loaded";
      resolve(
        portOf("mapbox", map, {
          addLayer: (layer) => void map.addLayer(layer as unknown as LayerSpecification),
          addDrawing: (drawing) => void map.addLayer(customLayer(drawing)),
        }),
      );
    });
  });
}

function createMap(options: EngineOptions): MapboxMap {
  const { container, camera, fontFamily, label, theme } = options;
  return new MapboxMap({
    container,
    style: backgrounds[theme],
    center: [camera.centre.lngDeg, camera.centre.latDeg],
    zoom: camera.zoom,
    ...zoomRange,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    projection: "mercator",
    fadeDuration: 0,
    localFontFamily: fontFamily,
    performanceMetricsCollection: false,
    locale: { "Map.Title": label },
  });
}

function customLayer(drawing: GlDrawing): CustomLayerInterface {
  return {
    id: drawing.id,
    type: "custom",
    onAdd: (_map, gl) => drawing.start(gl),
    render: (gl, matrix) => drawing.draw(gl, matrix),
    onRemove: (_map, gl) => drawing.end(gl),
  };
}
