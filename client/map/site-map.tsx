// The map of the site, used by Book, Control and Replay alike. It fills its parent. What it shows
// must also stand in a list beside it: a canvas is closed to keyboards and screen readers.
import "./site-map.css";
import { useEffect, useRef } from "react";
import type { Footprint, Position } from "../../contract/wire/geometry.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import { pageClock } from "../app/clock.ts";
import { useFormat, useLanguage, useText } from "../app/i18n/language-context.ts";
import { mapMessages } from "../app/i18n/map-messages.ts";
import { useTheme } from "../app/theme-context.ts";
import { noDrones } from "./drone-drawing.ts";
import type { DroneSource } from "./drone-source.ts";
import type { View } from "./first-view.ts";
import { loadMapFonts } from "./map-fonts.ts";
import {
  boundsOf,
  markFeatures,
  placeFeatures,
  trackFeatures,
  trafficFeatures,
  volumeFeatures,
  zoneFeatures,
} from "./map-features.ts";
import { MapNotices } from "./map-notices.tsx";
import type { MapMark, MapPlace, MapTrack, MapTraffic, MapVolume } from "./map-things.ts";
import { MapZoom } from "./map-zoom.tsx";
import { nearestDrone } from "./nearest-drone.ts";
import type { OverlaySource } from "./overlay.ts";
import { useFit } from "./use-fit.ts";
import { useMap, type LiveMap } from "./use-map.ts";

export interface SiteMapProps {
  /** Name of the map for screen readers. */
  readonly label: string;
  readonly zones: readonly Zone[];
  readonly volumes?: readonly MapVolume[];
  readonly selectedVolumeId?: string | undefined;
  readonly places?: readonly MapPlace[];
  readonly tracks?: readonly MapTrack[];
  readonly marks?: readonly MapMark[];
  readonly traffic?: readonly MapTraffic[];
  readonly drones?: DroneSource;
  /** False where a path is shown as a track. */
  readonly showTrails?: boolean;
  readonly selectedDroneId?: number | undefined;
  /** Called with undefined for a click on nothing. */
  readonly onPickDrone?: (id: number | undefined) => void;
  readonly onPickPosition?: (position: Position) => void;
  /**
   * Shown when `key` changes, while it grows as long as nobody moved the map, and by the button;
   * the zones' operating areas where left out.
   */
  readonly fit?: View | undefined;
  /** Brings a place to the middle whenever `key` changes. */
  readonly centreOn?: { readonly key: string; readonly position: Position } | undefined;
}

const fitPaddingPx = 48;
const centreZoomMin = 15.5;
/** Empty lists that stay the same list from one rendering to the next. */
const none: readonly never[] = [];

export function SiteMap(props: SiteMapProps) {
  const { label, zones, drones = noDrones, selectedDroneId, showTrails = true } = props;
  const { volumes = none, places = none, tracks = none, marks = none, traffic = none } = props;
  const { theme } = useTheme();
  const { language } = useLanguage();
  const format = useFormat();
  const text = useText(mapMessages);
  const container = useRef<HTMLDivElement>(null);

  const onClick = (point: { xPx: number; yPx: number }, position: Position): void => {
    props.onPickPosition?.(position);
    if (props.onPickDrone === undefined || map === undefined) return;
    props.onPickDrone(nearestDrone(drones.frame(), map.port.project, point));
  };
  const state = useMap(container, { theme, language, label, showTrails, onClick });
  const { map } = state;

  const zoneLabel = (zone: Zone): string => {
    const parts = [format.name(zone.name)];
    if (zone.kind === "heightLimit") parts.push(format.band(zone.band));
    if (zone.confidence === "estimate") parts.push(text.estimate);
    return parts.join(" · ");
  };
  useSource(map, "zones", [zones, language], () => zoneFeatures(zones, zoneLabel));
  useSource(map, "volumes", [volumes, props.selectedVolumeId], () =>
    volumeFeatures(volumes, props.selectedVolumeId),
  );
  useSource(map, "places", [places], () => placeFeatures(places));
  useSource(map, "tracks", [tracks], () => trackFeatures(tracks));
  useSource(map, "traffic", [traffic], () => trafficFeatures(traffic));
  useSource(map, "marks", [marks], () => markFeatures(marks));
  useDrones(map, container, drones, selectedDroneId);

  const whole = props.fit?.bounds ?? boundsOf(areasOf(zones));
  const view = whole && { key: props.fit?.key ?? "", bounds: whole };
  useFit({ map, container, view, centreKey: props.centreOn?.key, paddingPx: fitPaddingPx });
  useCentre(map, props.centreOn);
  return (
    <div
      ref={container}
      className="site-map"
      data-engine={map?.port.engine ?? "none"}
      data-testid="site-map"
      data-theme={theme}
    >
      <MapNotices state={state} />
      {map !== undefined && (
        <MapZoom
          onAll={() => whole !== undefined && map.port.fit(whole, fitPaddingPx, true)}
          onZoom={(levels) => map.port.zoomBy(levels)}
        />
      )}
    </div>
  );
}

function areasOf(zones: readonly Zone[]): Footprint[] {
  return zones.filter((zone) => zone.kind === "operatingArea").map((zone) => zone.footprint);
}

type Features = ReturnType<typeof placeFeatures>;

/** Fills a source when the map is new or one of `inputs` has changed. */
function useSource(
  map: LiveMap | undefined,
  id: OverlaySource,
  inputs: readonly unknown[],
  make: () => Features,
): void {
  useEffect(() => {
    if (map === undefined) return;
    let ended = false;
    const features = make();
    const letters = features.features.map(({ properties }) => String(properties?.["label"] ?? ""));
    void loadMapFonts(letters.join("")).then(() => {
      if (!ended) map.port.setSource(id, features);
    });
    return () => {
      ended = true;
    };
    // `make` closes over `inputs` alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, id, ...inputs]);
}

/** Hands every new picture to the drawing; React renders nothing for it. */
function useDrones(
  map: LiveMap | undefined,
  container: React.RefObject<HTMLDivElement | null>,
  drones: DroneSource,
  selectedId: number | undefined,
): void {
  useEffect(() => {
    if (map === undefined) return;
    const update = (): void => {
      map.drones.update(drones, selectedId, pageClock.monotonicMs());
      map.port.repaint();
      noteUpdate(container.current, drones.frame().count);
    };
    update();
    return drones.subscribe(update);
  }, [map, container, drones, selectedId]);
}

/** For tests and support: how many drones are drawn, and how often the picture was renewed. */
function noteUpdate(element: HTMLElement | null, droneCount: number): void {
  if (element === null) return;
  element.dataset["drones"] = String(droneCount);
  element.dataset["updates"] = String(Number(element.dataset["updates"] ?? 0) + 1);
}

function useCentre(map: LiveMap | undefined, centreOn: SiteMapProps["centreOn"]): void {
  const key = centreOn?.key;
  const position = centreOn?.position;
  useEffect(() => {
    if (map === undefined || position === undefined) return;
    const zoom = Math.max(map.port.camera().zoom, centreZoomMin);
    map.port.moveTo({ centre: position, zoom }, true);
    // The place of a moving drone changes all the time; only another `key` moves the map.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, key]);
}
