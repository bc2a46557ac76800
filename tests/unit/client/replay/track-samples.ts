// A short flight for the tests of the player: one sample a second, a gap from 3 s to 8 s.
import type { TrackColumns } from "../../../../contract/wire/flight.ts";

export const firstMs = 1_795_363_290_000;

export const trackWithGap: TrackColumns = {
  clock: "receipt",
  timeMs: [0, 1, 2, 3, 8, 9, 10].map((second) => firstMs + second * 1_000),
  latDeg: [22, 22.1, 22.2, 22.3, 22.8, 22.9, 23],
  lngDeg: [114, 114, 114, 114, 114, 114, 114],
  altitudeAmslM: [3, 13, 23, 33, 33, 13, 3],
  altitudeAboveHomeM: [0, 10, 20, 30, 30, 10, 0],
  groundSpeedMps: [0, 5, 5, 5, 5, 5, 0],
  climbMps: [0, 10, 10, 0, 0, -10, 0],
  headingDeg: [350, 10, 20, null, 40, 50, 60],
  modeName: ["GUIDED", "GUIDED", "GUIDED", "AUTO", "RTL", "RTL", "RTL"],
  gaps: [{ fromMs: firstMs + 3_000, toMs: firstMs + 8_000 }],
};
