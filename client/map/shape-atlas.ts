// The shapes a drone can have on the map, drawn once into a canvas: red is the shape, green its
// halo (see gl-sprites.ts). Shape says what colour says too: nobody has to tell amber from yellow.
import type { AtlasCell } from "./gl-sprites.ts";

/** Order of the cells in the atlas. */
const shapeNames = [
  "arrow",
  "hollowArrow",
  "dot",
  "hollowDot",
  "brackets",
  "diamond",
  "square",
  "triangle",
] as const;
export type ShapeName = (typeof shapeNames)[number];

/** Drawn at twice the size it is shown at, so that it stays sharp on dense screens. */
const cellPx = 96;
const middle = cellPx / 2;

export function createShapeAtlas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = cellPx * shapeNames.length;
  canvas.height = cellPx;
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  pen.lineJoin = "round";
  pen.lineCap = "round";
  shapeNames.forEach((name, index) => {
    pen.save();
    pen.translate(index * cellPx + middle, middle);
    shapes[name](pen);
    pen.restore();
  });
  return canvas;
}

export function shapeCell(name: ShapeName): AtlasCell {
  const index = shapeNames.indexOf(name);
  return [index / shapeNames.length, 0, (index + 1) / shapeNames.length, 1];
}

type Pen = CanvasRenderingContext2D;

const shapes: Readonly<Record<ShapeName, (pen: Pen) => void>> = {
  arrow: (pen) => solid(pen, arrowPath()),
  hollowArrow: (pen) => outlined(pen, arrowPath(), 7),
  dot: (pen) => solid(pen, dotPath()),
  hollowDot: (pen) => outlined(pen, dotPath(), 7),
  brackets: (pen) => outlined(pen, bracketsPath(), 5),
  diamond: (pen) =>
    outlined(
      pen,
      polygonPath([
        [0, -44],
        [44, 0],
        [0, 44],
        [-44, 0],
      ]),
      6,
    ),
  square: (pen) =>
    outlined(
      pen,
      polygonPath([
        [-36, -36],
        [36, -36],
        [36, 36],
        [-36, 36],
      ]),
      8,
    ),
  triangle: (pen) =>
    outlined(
      pen,
      polygonPath([
        [0, -43],
        [42, 32],
        [-42, 32],
      ]),
      5,
    ),
};

/** Points up, notched behind, so that the direction shows at a glance. */
function arrowPath(): Path2D {
  return polygonPath([
    [0, -25],
    [19, 22],
    [0, 11],
    [-19, 22],
  ]);
}

function dotPath(): Path2D {
  const path = new Path2D();
  path.arc(0, 0, 15, 0, 2 * Math.PI);
  return path;
}

function bracketsPath(): Path2D {
  const path = new Path2D();
  for (const [x, y] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    path.moveTo(x * 40, y * 24);
    path.lineTo(x * 40, y * 40);
    path.lineTo(x * 24, y * 40);
  }
  return path;
}

function polygonPath(points: readonly (readonly [number, number])[]): Path2D {
  const path = new Path2D();
  points.forEach(([x, y], index) => (index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
  path.closePath();
  return path;
}

function solid(pen: Pen, path: Path2D): void {
  pen.strokeStyle = "#00ff00";
  pen.lineWidth = 8;
  pen.stroke(path);
  pen.fillStyle = "#ff0000";
  pen.fill(path);
}

function outlined(pen: Pen, path: Path2D, widthPx: number): void {
  pen.strokeStyle = "#00ff00";
  pen.lineWidth = widthPx + 6;
  pen.stroke(path);
  pen.strokeStyle = "#ff0000";
  pen.lineWidth = widthPx;
  pen.stroke(path);
}
