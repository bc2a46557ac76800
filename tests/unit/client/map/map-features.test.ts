import { expect, test } from "vitest";
import { osmFeatures } from "../../../../client/map/base/osm-features.ts";
import { ringOfText } from "../../../../client/map/base/outline-text.ts";
import { shorelineOutlines } from "../../../../client/map/base/shoreline.ts";
import { baseSources } from "../../../../client/map/base-style.ts";
import { droneLook } from "../../../../client/map/drone-source.ts";
import { boundsOf, footprintGeometry, trackFeatures } from "../../../../client/map/map-features.ts";
import { liveFlag } from "../../../../contract/wire/live-snapshot.ts";

test("a drawn circle is as wide as its radius says, within 1 %", () => {
  const centre = { latDeg: 22.2585, lngDeg: 114.1285 };
  const bounds = boundsOf([{ kind: "circle", centre, radiusM: 250 }]);
  if (bounds === undefined) throw new Error("A circle has bounds.");
  const height = (bounds.northEast.latDeg - bounds.southWest.latDeg) * 111_195;
  const width = (bounds.northEast.lngDeg - bounds.southWest.lngDeg) * 111_195 * Math.cos(0.38848);
  expect(height / 500).toBeCloseTo(1, 2);
  expect(width / 500).toBeCloseTo(1, 2);
});

test("a drawn circle is a closed ring", () => {
  const geometry = footprintGeometry({
    kind: "circle",
    centre: { latDeg: 22, lngDeg: 114 },
    radiusM: 10,
  });
  if (geometry.type !== "Polygon") throw new Error("A circle is drawn as a polygon.");
  const ring = geometry.coordinates[0] ?? [];
  expect(ring[0]).toEqual(ring.at(-1));
});

test("nothing has no bounds, and a piece of one point draws no line", () => {
  expect(boundsOf([])).toBeUndefined();
  const pieces = [[{ latDeg: 1, lngDeg: 2 }]];
  const [feature] = trackFeatures([{ id: "a", tone: "whole", pieces }]).features;
  expect(feature?.geometry).toEqual({ type: "MultiLineString", coordinates: [] });
});

test("every outline of the background is a closed ring near Cyberport", () => {
  const outlines = [...shorelineOutlines, ...osmFeatures.map(({ outline }) => outline)];
  expect(outlines).toHaveLength(7 + 14);
  for (const outline of outlines) {
    const ring = ringOfText(outline);
    expect(ring.length).toBeGreaterThanOrEqual(4);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const [lngDeg, latDeg] of ring) {
      expect(lngDeg).toBeGreaterThan(114.08);
      expect(lngDeg).toBeLessThan(114.18);
      expect(latDeg).toBeGreaterThan(22.2);
      expect(latDeg).toBeLessThan(22.3);
    }
  }
});

test("who drew the background is named with it", () => {
  const named = baseSources().map(({ attribution }) => attribution);
  expect(named).toContain("Lands Department, HKSAR Government");
  expect(named).toContain("© OpenStreetMap contributors");
});

test("a drone looks like the worst of its flags", () => {
  expect(droneLook(liveFlag.armed)).toBe("normal");
  expect(droneLook(liveFlag.unbooked | liveFlag.stale)).toBe("lost");
  expect(droneLook(liveFlag.lost | liveFlag.nonconforming)).toBe("nonconforming");
  expect(droneLook(liveFlag.contingent | liveFlag.nonconforming)).toBe("contingent");
});
