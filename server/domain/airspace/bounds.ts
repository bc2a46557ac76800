// The box around an outline, in degrees: the first and cheapest question about any two places.
// Called by everything in this folder that searches or rejects early.
import type { Footprint, Position } from "../../../contract/wire/geometry.ts";
import { degreeScale } from "./local-plane.ts";

/** Degrees; `westDeg <= eastDeg`: outlines across the 180th meridian are not supported. */
export interface Bounds {
  readonly westDeg: number;
  readonly southDeg: number;
  readonly eastDeg: number;
  readonly northDeg: number;
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
        westDeg: centre.lngDeg - lng,
        southDeg: centre.latDeg - lat,
        eastDeg: centre.lngDeg + lng,
        northDeg: centre.latDeg + lat,
      };
    }
    case "polygon": {
      let [westDeg, southDeg, eastDeg, northDeg] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const ring of footprint.polygon.coordinates) {
        for (const [lng, lat] of ring) {
          westDeg = Math.min(westDeg, lng);
          eastDeg = Math.max(eastDeg, lng);
          southDeg = Math.min(southDeg, lat);
          northDeg = Math.max(northDeg, lat);
        }
      }
      return { westDeg, southDeg, eastDeg, northDeg };
    }
  }
}

/** On the edge of the box counts as in it. */
export function boundsHold(bounds: Bounds, position: Position): boolean {
  return (
    position.lngDeg >= bounds.westDeg &&
    position.lngDeg <= bounds.eastDeg &&
    position.latDeg >= bounds.southDeg &&
    position.latDeg <= bounds.northDeg
  );
}

/** Boxes that only touch meet. */
export function boundsMeet(a: Bounds, b: Bounds): boolean {
  return (
    a.westDeg <= b.eastDeg &&
    b.westDeg <= a.eastDeg &&
    a.southDeg <= b.northDeg &&
    b.southDeg <= a.northDeg
  );
}
