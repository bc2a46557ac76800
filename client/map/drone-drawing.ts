// Drones, their names and their trails on the map: one drawing on the graphics card, a few calls a
// frame whatever their number. Fed by site-map.tsx from a DroneSource, drawn by the engine.
import { createDroneFrame, droneLook, dronesDrawnMax } from "./drone-source.ts";
import type { DroneFrame, DroneLook, DroneSource } from "./drone-source.ts";
import { createLineBatch, lineFloats, type LineBatch } from "./gl-lines.ts";
import { createSpriteBatch, createSpriteList, type Rgb, type SpriteBatch } from "./gl-sprites.ts";
import { rgbOfHex, type MapPalette } from "./map-palette.ts";
import type { GlDrawing } from "./map-port.ts";
import { matrixAtOrigin, mercatorX, mercatorY } from "./mercator.ts";
import { createNameAtlas, nameSizePx, namesDrawnMax, type NameAtlas } from "./name-atlas.ts";
import { createShapeAtlas, shapeCell, type ShapeName } from "./shape-atlas.ts";
import { trailPointsMax, trailsMax, type TrailStore } from "./trail-store.ts";

/** With more drones than this only the selected and the abnormal ones are named on the map. */
const namedAtOnceMax = 30;
const shapePx: readonly [number, number] = [40, 40];
const trailPx = 1.75;

export interface DroneDrawing extends GlDrawing {
  /** Takes over the newest picture. `nowMs` is a monotonic clock. */
  update(source: DroneSource, selectedId: number | undefined, nowMs: number): void;
}

interface Batches {
  readonly shapes: SpriteBatch;
  readonly names: SpriteBatch;
  readonly tails: LineBatch;
  readonly heads: LineBatch;
}

export interface DroneDrawingOptions {
  readonly palette: MapPalette;
  readonly fontFamily: string;
  readonly trails: TrailStore;
  readonly showTrails: boolean;
}

export function createDroneDrawing(options: DroneDrawingOptions): DroneDrawing {
  const { palette, trails, showTrails } = options;
  const tints = tintsOf(palette);
  const halo = rgbOfHex(palette.droneHalo);
  const names = createNameAtlas(options.fontFamily);
  const shapes = createSpriteList(dronesDrawnMax * 2);
  const labels = createSpriteList(namesDrawnMax);
  const tails = new Float32Array(trailsMax * trailPointsMax * lineFloats);
  const heads = new Float32Array(trailsMax * lineFloats);
  let tailCount = 0;
  let headCount = 0;
  let tailsChanged = true;
  let batches: Batches | undefined;
  return {
    id: "drones",
    start(gl) {
      batches = {
        shapes: createSpriteBatch(gl),
        names: createSpriteBatch(gl),
        tails: createLineBatch(gl),
        heads: createLineBatch(gl),
      };
      batches.shapes.setAtlas(createShapeAtlas());
      batches.names.setAtlas(names.canvas);
      tailsChanged = true;
    },
    update(source, selectedId, nowMs) {
      const frame = source.frame();
      fillSprites({
        frame,
        source,
        selectedId,
        origin: trails.origin,
        tints,
        names,
        shapes,
        labels,
      });
      if (!showTrails) return;
      if (trails.add(frame, nowMs)) {
        tailCount = fillTails(trails, tails);
        tailsChanged = true;
      }
      headCount = fillHeads(trails, frame, heads);
    },
    draw(gl, unitWorldMatrix) {
      if (batches === undefined) return;
      const matrix = matrixAtOrigin(unitWorldMatrix, trails.origin);
      const pixelRatio = gl.drawingBufferWidth / Math.max(1, cssWidth(gl));
      prepare(gl);
      const line = { rgb: rgbOfHex(palette.drone), widthPx: trailPx * pixelRatio };
      if (tailsChanged) batches.tails.load(tails, tailCount);
      tailsChanged = false;
      batches.tails.draw(matrix, line);
      batches.heads.load(heads, headCount);
      batches.heads.draw(matrix, line);
      batches.shapes.load(shapes);
      batches.shapes.draw(matrix, halo, pixelRatio);
      if (names.takeChanged()) batches.names.setAtlas(names.canvas);
      batches.names.load(labels);
      batches.names.draw(matrix, halo, pixelRatio);
    },
    end() {
      for (const batch of Object.values(batches ?? {}) as { end(): void }[]) batch.end();
      batches = undefined;
    },
  };
}

/** The engine promises nothing of the state it leaves, so what matters here is set here. */
function prepare(gl: WebGL2RenderingContext): void {
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.disable(gl.DEPTH_TEST);
  gl.disable(gl.STENCIL_TEST);
  gl.disable(gl.CULL_FACE);
}

function cssWidth(gl: WebGL2RenderingContext): number {
  return gl.canvas instanceof HTMLCanvasElement ? gl.canvas.clientWidth : gl.drawingBufferWidth;
}

type Tints = Readonly<Record<DroneLook | "selected", Rgb>>;

function tintsOf(palette: MapPalette): Tints {
  return {
    normal: rgbOfHex(palette.drone),
    lost: rgbOfHex(palette.drone),
    unbooked: rgbOfHex(palette.low),
    nonconforming: rgbOfHex(palette.high),
    contingent: rgbOfHex(palette.emergency),
    selected: rgbOfHex(palette.accent),
  };
}

/** The frame around a drone that needs eyes; none around a normal one. */
const frameOfLook: Readonly<Record<DroneLook, ShapeName | undefined>> = {
  normal: undefined,
  lost: undefined,
  unbooked: "triangle",
  nonconforming: "diamond",
  contingent: "square",
};

interface SpriteFill {
  readonly frame: DroneFrame;
  readonly source: DroneSource;
  readonly selectedId: number | undefined;
  readonly origin: { readonly x: number; readonly y: number };
  readonly tints: Tints;
  readonly names: NameAtlas;
  readonly shapes: ReturnType<typeof createSpriteList>;
  readonly labels: ReturnType<typeof createSpriteList>;
}

function fillSprites(fill: SpriteFill): void {
  const { frame, shapes, labels } = fill;
  shapes.clear();
  labels.clear();
  for (let index = 0; index < Math.min(frame.count, dronesDrawnMax); index++) {
    addDrone(fill, index);
  }
}

function addDrone(fill: SpriteFill, index: number): void {
  const { frame, source, selectedId, origin, tints, names, shapes, labels } = fill;
  const id = frame.id[index] ?? 0;
  const x = mercatorX(frame.lngDeg[index] ?? 0) - origin.x;
  const y = mercatorY(frame.latDeg[index] ?? 0) - origin.y;
  const look = droneLook(frame.flags[index] ?? 0);
  const headingDeg = frame.headingDeg[index] ?? Number.NaN;
  const headingKnown = !Number.isNaN(headingDeg);
  const at = { x, y, offsetPx: [0, 0], sizePx: shapePx } as const;
  const tint = tints[look];
  const around = id === selectedId ? "brackets" : frameOfLook[look];
  if (around !== undefined) {
    const aroundTint = around === "brackets" ? tints.selected : tint;
    shapes.add({ ...at, turnRad: 0, cell: shapeCell(around), tint: aroundTint });
  }
  // A chosen drone keeps the shape of its state inside the brackets.
  const inner = id === selectedId ? frameOfLook[look] : undefined;
  if (inner !== undefined) {
    shapes.add({ ...at, sizePx: [30, 30], turnRad: 0, cell: shapeCell(inner), tint });
  }
  const hollow = look === "lost";
  const arrow: ShapeName = hollow ? "hollowArrow" : "arrow";
  const dot: ShapeName = hollow ? "hollowDot" : "dot";
  shapes.add({
    ...at,
    turnRad: headingKnown ? (headingDeg * Math.PI) / 180 : 0,
    cell: shapeCell(headingKnown ? arrow : dot),
    tint,
  });
  if (frame.count > namedAtOnceMax && look === "normal" && id !== selectedId) return;
  const cell = names.cellOf(source.nameOf(id));
  if (cell === undefined) return;
  const offsetPx = [nameSizePx[0] / 2 + 18, -10] as const;
  const labelTint = id === selectedId ? tints.selected : tint;
  labels.add({ x, y, offsetPx, sizePx: nameSizePx, turnRad: 0, cell, tint: labelTint });
}

function fillTails(trails: TrailStore, pieces: Float32Array): number {
  let count = 0;
  trails.eachSegment((x0, y0, x1, y1, age) => {
    if ((count + 1) * lineFloats > pieces.length) return;
    pieces.set([x0, y0, x1, y1, 0.75 * (1 - age)], count * lineFloats);
    count += 1;
  });
  return count;
}

/** From the newest point of each trail to the drone itself, which has moved on since. */
function fillHeads(trails: TrailStore, frame: DroneFrame, pieces: Float32Array): number {
  let count = 0;
  for (let index = 0; index < Math.min(frame.count, trailsMax); index++) {
    const head = trails.head(frame.id[index] ?? 0);
    if (head === undefined) continue;
    const x = mercatorX(frame.lngDeg[index] ?? 0) - trails.origin.x;
    const y = mercatorY(frame.latDeg[index] ?? 0) - trails.origin.y;
    pieces.set([head.x, head.y, x, y, 0.75], count * lineFloats);
    count += 1;
  }
  return count;
}

/** An empty source, for maps without drones. */
export const noDrones: DroneSource = {
  frame: () => emptyFrame,
  nameOf: () => "",
  subscribe: () => () => undefined,
};
const emptyFrame = createDroneFrame(0);
