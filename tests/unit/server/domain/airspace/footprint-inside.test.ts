// Lying inside the operating areas taken together.
import { expect, test } from "vitest";
import type { Footprint } from "../../../../../contract/wire/geometry.ts";
import { footprintInside } from "../../../../../server/domain/airspace/footprint-inside.ts";
import { box, place } from "./plan-builders.ts";

const west = box(-500, -500, 0, 500);
const east = box(0, -500, 500, 500);
const circle = (eastM: number, northM: number, radiusM: number): Footprint => ({
  kind: "circle",
  centre: place(eastM, northM),
  radiusM,
});

test.each<{ what: string; footprint: Footprint; areas: Footprint[] }>([
  { what: "a box in one area", footprint: box(-400, -400, -100, 400), areas: [west] },
  { what: "a box that is the area", footprint: west, areas: [west] },
  { what: "a box touching the edge", footprint: box(-500, 0, -400, 100), areas: [west] },
  { what: "a box across a joint edge", footprint: box(-100, 0, 100, 100), areas: [west, east] },
  { what: "a box along a joint edge", footprint: box(0, 0, 100, 100), areas: [west, east] },
  { what: "a circle touching the edge", footprint: circle(-100, 0, 100), areas: [west] },
  { what: "a circle across a joint edge", footprint: circle(0, 0, 100), areas: [west, east] },
  { what: "a box in a circle", footprint: box(-50, -50, 50, 50), areas: [circle(0, 0, 100)] },
  { what: "a circle in a circle", footprint: circle(50, 0, 50), areas: [circle(0, 0, 100)] },
])("$what is inside", ({ footprint, areas }) => {
  expect(footprintInside(footprint, areas)).toEqual({ kind: "inside" });
});

test("a box that sticks out says where and by how much", () => {
  const outcome = footprintInside(box(-100, -100, 25, 100), [west]);
  if (outcome.kind !== "outside") throw new Error("It sticks out.");
  expect(outcome.byM).toBeCloseTo(25, 1);
  expect(outcome.at.lngDeg).toBeCloseTo(place(25, 0).lngDeg, 6);
});

test.each<{ what: string; footprint: Footprint; areas: Footprint[]; byM: number | null }>([
  { what: "1 cm out of the area", footprint: box(-100, 0, 0.01, 9), areas: [west], byM: 0.01 },
  { what: "far away", footprint: box(900, 0, 950, 50), areas: [west, east], byM: 450 },
  { what: "a circle over the edge", footprint: circle(-50, 0, 60), areas: [west], byM: 10 },
  { what: "over a gap", footprint: box(-9, -9, 9, 9), areas: [west, box(2, -9, 9, 9)], byM: 1 },
  { what: "where there is no area", footprint: west, areas: [], byM: null },
])("$what is outside", ({ footprint, areas, byM }) => {
  const outcome = footprintInside(footprint, areas);
  if (outcome.kind !== "outside") throw new Error("It is outside.");
  if (byM === null) expect(outcome.byM).toBeNull();
  else expect(outcome.byM).toBeCloseTo(byM, 1);
});

test("a hole of the area inside the footprint is outside", () => {
  const hole = box(-20, -20, 20, 20);
  if (hole.kind !== "polygon" || west.kind !== "polygon") throw new Error("Boxes are polygons.");
  const outer = box(-500, -500, 500, 500);
  if (outer.kind !== "polygon") throw new Error("Boxes are polygons.");
  const holed: Footprint = {
    kind: "polygon",
    polygon: {
      type: "Polygon",
      coordinates: [...outer.polygon.coordinates, ...hole.polygon.coordinates],
    },
  };
  expect(footprintInside(box(-100, -100, 100, 100), [holed]).kind).toBe("outside");
  expect(footprintInside(circle(0, 0, 100), [holed]).kind).toBe("outside");
  expect(footprintInside(box(30, 30, 100, 100), [holed])).toEqual({ kind: "inside" });
  expect(footprintInside(box(-100, -100, 100, 100), [holed, box(-30, -30, 30, 30)])).toEqual({
    kind: "inside",
  });
});
