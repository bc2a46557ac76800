// The names of drones as pictures, so that they move with the drones and not behind them, as text
// of the map engine does. Drawn anew only when another name is wanted. Used by drone-drawing.ts.
import type { AtlasCell } from "./gl-sprites.ts";

const columns = 4;
const rows = 32;
/** Names shown at once; what is beyond stands in the list beside the map. */
export const namesDrawnMax = columns * rows;
/** CSS pixels of one name; the canvas holds twice as many. */
export const nameSizePx: readonly [number, number] = [128, 20];
const dense = 2;
const letterPx = 12;

export interface NameAtlas {
  readonly canvas: HTMLCanvasElement;
  /** Where a name stands; undefined when there is no more room. */
  cellOf(name: string): AtlasCell | undefined;
  /** True once after names were added: the texture must be loaded again. */
  takeChanged(): boolean;
}

export function createNameAtlas(fontFamily: string): NameAtlas {
  const canvas = document.createElement("canvas");
  canvas.width = columns * nameSizePx[0] * dense;
  canvas.height = rows * nameSizePx[1] * dense;
  const pen = canvas.getContext("2d");
  const cells = new Map<string, AtlasCell>();
  let changed = true;
  return {
    canvas,
    cellOf(name) {
      const known = cells.get(name);
      if (known !== undefined || pen === null) return known;
      if (cells.size >= namesDrawnMax) return undefined;
      const column = cells.size % columns;
      const row = Math.floor(cells.size / columns);
      drawName(pen, name, column, row, fontFamily);
      const cell: AtlasCell = [
        column / columns,
        row / rows,
        (column + 1) / columns,
        (row + 1) / rows,
      ];
      cells.set(name, cell);
      changed = true;
      return cell;
    },
    takeChanged() {
      const was = changed;
      changed = false;
      return was;
    },
  };
}

function drawName(
  pen: CanvasRenderingContext2D,
  name: string,
  column: number,
  row: number,
  fontFamily: string,
): void {
  const x = column * nameSizePx[0] * dense + 6;
  const y = (row + 0.5) * nameSizePx[1] * dense;
  const widthMax = nameSizePx[0] * dense - 12;
  pen.font = `600 ${letterPx * dense}px ${fontFamily}`;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = "#00ff00";
  pen.lineWidth = 7;
  pen.strokeText(name, x, y, widthMax);
  pen.fillStyle = "#ff0000";
  pen.fillText(name, x, y, widthMax);
}
