// The signs of aircraft and ships on the map, drawn once per map and turned by the engine. Grey and
// of shapes no drone of ours has. Called by use-map.ts.
import type { MapPalette } from "./map-palette.ts";

/** Names of the images, as the traffic layer asks for them. */
export const trafficImages = ["traffic-aircraft", "traffic-vessel"] as const;
type TrafficImage = (typeof trafficImages)[number];

/** Drawn at twice the size it is shown at, so that it stays sharp on dense screens. */
export const trafficImageRatio = 2;
const sizePx = 60;
const middle = sizePx / 2;

type Point = readonly [number, number];

/** From the middle, up is ahead: a fuselage with wings and tail, and a hull with a bow. */
const outlines: Readonly<Record<TrafficImage, readonly Point[]>> = {
  "traffic-aircraft": [
    [0, -24],
    [4, -16],
    [4, -6],
    [24, 6],
    [24, 11],
    [4, 5],
    [3, 16],
    [9, 21],
    [9, 25],
    [0, 22],
    [-9, 25],
    [-9, 21],
    [-3, 16],
    [-4, 5],
    [-24, 11],
    [-24, 6],
    [-4, -6],
    [-4, -16],
  ],
  "traffic-vessel": [
    [0, -25],
    [10, -10],
    [10, 22],
    [-10, 22],
    [-10, -10],
  ],
};

/** Undefined where the browser gives no canvas. */
export function trafficImage(name: TrafficImage, palette: MapPalette): ImageData | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = sizePx;
  canvas.height = sizePx;
  const pen = canvas.getContext("2d");
  if (pen === null) return undefined;
  pen.translate(middle, middle);
  pen.lineJoin = "round";
  pen.beginPath();
  outlines[name].forEach(([x, y], index) => (index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.closePath();
  pen.strokeStyle = palette.droneHalo;
  pen.lineWidth = 6;
  pen.stroke();
  pen.fillStyle = palette.traffic;
  pen.fill();
  return pen.getImageData(0, 0, sizePx, sizePx);
}
