// The box around an outline, in degrees: the first and cheapest question about any two places.
// Called by everything in this folder that searches or rejects early.
import type { Footprint, Position } from "../../../contract/wire/geometry.ts";
import { degreeScale } from "./local-plane.ts";

/** Degrees; `west <= east`: outlines across the 180th meridian are not supported. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Circles get one part in a thousand more, which covers the change of scale inside them. */
const circleSlack = 1.001;

export function boundsOf(footprint: Footprint): Bounds {
  switch (footprint.kind) {
    case "circle": {
      const { centre, radiusM } = footprint;
      const scale = degreeScale(centre.latDeg);
      const lat = (radiusM / scale.latM) * circleSlack;
      const lng = (radiusM / scale.lngM) * circleSlack;
      return {
        west: centre.lngDeg - lng,
        south: centre.latDeg - lat,
        east: centre.lngDeg + lng,
        north: centre.latDeg + lat,
      };
    }
    case "polygon": {
      let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const ring of footprint.polygon.coordinates) {
        for (const [lng, lat] of ring) {
          west = Math.min(west, lng);
          east = Math.max(east, lng);
          south = Math.min(south, lat);
          north = Math.max(north, lat);
        }
      }
      return { west, south, east, north };
    }
  }
}

/** On the edge of the box counts as in it. */
export function boundsHold(bounds: Bounds, position: Position): boolean {
  return (
    position.lngDeg >= bounds.west &&
    position.lngDeg <= bounds.east &&
    position.latDeg >= bounds.south &&
    position.latDeg <= bounds.north
  );
}

/** Boxes that only touch meet. */
export function boundsMeet(a: Bounds, b: Bounds): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}
