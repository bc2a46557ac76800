// Zones, volumes, places, tracks and marks as the GeoJSON that both engines draw. Pure; called by
// site-map.tsx whenever what a page shows has changed.
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { Footprint, Position } from "../../contract/wire/geometry.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import type { Bounds } from "./map-port.ts";
import type { MapMark, MapPlace, MapTrack, MapTraffic, MapVolume } from "./map-things.ts";

/** Corners of a drawn circle: its edge is within 0.1 % of the radius. */
const circleCorners = 72;
const metresPerDegree = 111_195;

/** A footprint's outline. A circle becomes a polygon, good for drawing only. */
export function footprintGeometry(footprint: Footprint): Geometry {
  switch (footprint.kind) {
    case "polygon":
      return footprint.polygon;
    case "circle":
      return { type: "Polygon", coordinates: [circleRing(footprint.centre, footprint.radiusM)] };
  }
}

function circleRing(centre: Position, radiusM: number): [number, number][] {
  const ring: [number, number][] = [];
  const lngScale = Math.cos((centre.latDeg * Math.PI) / 180);
  for (let corner = 0; corner <= circleCorners; corner++) {
    const turn = ((corner % circleCorners) / circleCorners) * 2 * Math.PI;
    ring.push([
      centre.lngDeg + (radiusM * Math.sin(turn)) / (metresPerDegree * lngScale),
      centre.latDeg + (radiusM * Math.cos(turn)) / metresPerDegree,
    ]);
  }
  return ring;
}

/** @param labelOf What is written on the zone, in the reader's language. */
export function zoneFeatures(
  zones: readonly Zone[],
  labelOf: (zone: Zone) => string,
): FeatureCollection {
  return collection(
    zones.map((zone) =>
      feature(footprintGeometry(zone.footprint), {
        id: zone.id,
        kind: zone.kind,
        estimate: zone.confidence === "estimate",
        label: labelOf(zone),
      }),
    ),
  );
}

export function volumeFeatures(
  volumes: readonly MapVolume[],
  selectedId: string | undefined,
): FeatureCollection {
  return collection(
    volumes.map(({ id, footprint, label, tone }) =>
      feature(footprintGeometry(footprint), { id, label, tone, selected: id === selectedId }),
    ),
  );
}

export function placeFeatures(places: readonly MapPlace[]): FeatureCollection {
  return collection(places.map(({ id, position, label }) => point(position, { id, label })));
}

export function markFeatures(marks: readonly MapMark[]): FeatureCollection {
  return collection(
    marks.map(({ id, position, label, priority }) => point(position, { id, label, priority })),
  );
}

export function trafficFeatures(traffic: readonly MapTraffic[]): FeatureCollection {
  return collection(
    traffic.map(({ id, kind, position, directionDeg, label }) =>
      point(position, { id, kind, directionDeg: directionDeg ?? 0, label }),
    ),
  );
}

export function trackFeatures(tracks: readonly MapTrack[]): FeatureCollection {
  return collection(
    tracks.map(({ id, tone, pieces }) =>
      feature(
        {
          type: "MultiLineString",
          coordinates: pieces
            .filter((piece) => piece.length > 1)
            .map((piece) => piece.map(({ latDeg, lngDeg }) => [lngDeg, latDeg])),
        },
        { id, tone },
      ),
    ),
  );
}

/** The box around footprints; undefined where there are none. */
export function boundsOf(footprints: readonly Footprint[]): Bounds | undefined {
  const corners = footprints.flatMap((footprint) =>
    footprint.kind === "circle"
      ? circleRing(footprint.centre, footprint.radiusM)
      : footprint.polygon.coordinates.flat(),
  );
  return boundsOfPositions(corners.map(([lngDeg, latDeg]) => ({ latDeg, lngDeg })));
}

export function boundsOfPositions(positions: readonly Position[]): Bounds | undefined {
  if (positions.length === 0) return undefined;
  let south = 90;
  let north = -90;
  let west = 180;
  let east = -180;
  for (const { latDeg, lngDeg } of positions) {
    south = Math.min(south, latDeg);
    north = Math.max(north, latDeg);
    west = Math.min(west, lngDeg);
    east = Math.max(east, lngDeg);
  }
  return {
    southWest: { latDeg: south, lngDeg: west },
    northEast: { latDeg: north, lngDeg: east },
  };
}

function point(position: Position, properties: Feature["properties"]): Feature {
  return feature({ type: "Point", coordinates: [position.lngDeg, position.latDeg] }, properties);
}

function feature(geometry: Geometry, properties: Feature["properties"]): Feature {
  return { type: "Feature", properties, geometry };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}
