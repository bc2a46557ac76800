// One map for a component's life: starts an engine in an element, puts our layers on it, and starts
// anew (at the same place) when theme, language or engine changes. Used by site-map.tsx.
import { useEffect, useRef, useState, type RefObject } from "react";
import type { Position } from "../../contract/wire/geometry.ts";
import type { Language } from "../app/i18n/messages.ts";
import type { Theme } from "../app/theme-context.ts";
import { osmFeatures } from "./base/osm-features.ts";
import { placeNameLayer } from "./base-style.ts";
import { createDroneDrawing, type DroneDrawing } from "./drone-drawing.ts";
import { loadMapFonts, mapFontFamily } from "./map-fonts.ts";
import { mapPalettes } from "./map-palette.ts";
import type { Camera, MapPort } from "./map-port.ts";
import { localOriginAt } from "./mercator.ts";
import type { ScreenPoint } from "./nearest-drone.ts";
import { overlayLayers, overlaySources, trafficLayers } from "./overlay.ts";
import { startEngine } from "./start-engine.ts";
import { trafficImage, trafficImageRatio, trafficImages } from "./traffic-images.ts";
import { createTrailStore } from "./trail-store.ts";

/** Cyberport's waterfront; where a map begins before it is told what to fit. */
const firstCamera: Camera = { centre: { latDeg: 22.2585, lngDeg: 114.1285 }, zoom: 14.6 };

const nameFont = `"Noto Sans", "${mapFontFamily}", sans-serif`;

export interface LiveMap {
  readonly port: MapPort;
  readonly drones: DroneDrawing;
}

export interface MapState {
  readonly map: LiveMap | undefined;
  /** Why Mapbox was left, once it was. */
  readonly fellBack: string | undefined;
  /** Why no map can be drawn at all. */
  readonly failed: string | undefined;
}

export interface UseMapOptions {
  readonly theme: Theme;
  readonly language: Language;
  readonly label: string;
  readonly showTrails: boolean;
  readonly onClick: (point: ScreenPoint, position: Position) => void;
}

export function useMap(
  container: RefObject<HTMLDivElement | null>,
  { theme, language, label, showTrails, onClick }: UseMapOptions,
): MapState {
  const [map, setMap] = useState<LiveMap>();
  const [fellBack, setFellBack] = useState<string>();
  const [failed, setFailed] = useState<string>();
  const camera = useRef(firstCamera);
  const [trails] = useState(() => createTrailStore(localOriginAt(firstCamera.centre)));
  const click = useRef(onClick);
  useEffect(() => {
    click.current = onClick;
  }, [onClick]);
  const without = fellBack === undefined ? undefined : "mapbox";

  useEffect(() => {
    const parent = container.current;
    if (parent === null) return;
    // Each map gets an element of its own: a map that is still starting may not touch the next one.
    const element = document.createElement("div");
    element.className = "site-map-canvas";
    parent.append(element);
    let ended = false;
    const hasEnded = (): boolean => ended;
    let port: MapPort | undefined;
    const onFailure = (reason: string): void => {
      if (ended) return;
      // What follows a question mark in an address is for the service alone; it holds the token.
      const shown = reason.replace(/\?\S+/g, "");
      if (without === undefined) setFellBack(shown);
      else setFailed(shown);
    };
    const start = async (): Promise<void> => {
      await loadMapFonts(osmFeatures.map(({ name }) => name.zhHant + name.en).join(""));
      if (hasEnded()) return;
      port = await startEngine({
        options: {
          container: element,
          camera: camera.current,
          theme,
          fontFamily: mapFontFamily,
          label,
          onClick: (point, position) => click.current(point, position),
          onFailure,
        },
        without,
      });
      // The page may have gone on while the engine was fetched.
      if (hasEnded()) port?.remove();
      if (hasEnded() || port === undefined) return;
      const palette = mapPalettes[theme];
      const drones = createDroneDrawing({ palette, fontFamily: nameFont, trails, showTrails });
      addLayers(port, drones, palette, language);
      setMap({ port, drones });
    };
    start().catch((error: unknown) => {
      if (!ended) setFailed(error instanceof Error ? error.message : String(error));
    });
    return () => {
      ended = true;
      if (port !== undefined) camera.current = port.camera();
      setMap(undefined);
      port?.remove();
      element.remove();
    };
  }, [container, theme, language, label, showTrails, trails, without]);
  return { map, fellBack, failed };
}

function addLayers(
  port: MapPort,
  drones: DroneDrawing,
  palette: (typeof mapPalettes)[Theme],
  language: Language,
): void {
  for (const id of overlaySources) {
    port.addSource(id, { type: "FeatureCollection", features: [] });
  }
  for (const id of trafficImages) {
    const image = trafficImage(id, palette);
    if (image !== undefined) port.addImage(id, image, trafficImageRatio);
  }
  for (const layer of overlayLayers(palette, mapFontFamily)) port.addLayer(layer);
  // Mapbox brings names of its own; our outlines are the background of MapLibre alone.
  if (port.engine === "maplibre") port.addLayer(placeNameLayer(palette, language, mapFontFamily));
  for (const layer of trafficLayers(palette, mapFontFamily)) port.addLayer(layer);
  port.addDrawing(drones);
}
