// A flight made to order, frame by frame: for rules that no recorded flight shows.
import type { HeardDatagram } from "./telemetry-run.ts";
import { makeHeartbeat, makePosition } from "./mavlink-frames.ts";
import { boxFootprint, operatingArea } from "./watch-plan.ts";

export const madeStartMs = Date.UTC(2026, 10, 22, 2);
/** East of every booked volume, inside `wideArea`. */
export const outsideLon = 1_141_500_000;
/** So wide that only the booking's own volume is ever left. */
export const wideArea = operatingArea({ footprint: boxFootprint(22.2, 114, 22.3, 114.2) });

const disarmedMode = 89;

/** Five positions and one heartbeat a second, its boot clock at 10 s when the flight starts. */
export function madeFlight(
  fromMs: number,
  seconds: number,
  how: {
    readonly lon?: number;
    readonly bootMs?: number;
    readonly port?: number;
    readonly hasPositions?: boolean;
    readonly isArmed?: boolean;
    readonly sysid?: number;
  } = {},
): HeardDatagram[] {
  const { lon = 1_141_296_000, port = 5_000, hasPositions = true, isArmed = true } = how;
  const { bootMs = 10_000 + fromMs - madeStartMs, sysid = 1 } = how;
  const datagrams: HeardDatagram[] = [];
  for (let step = 0; step < seconds * 5; step++) {
    const stampUs = (fromMs + step * 200) * 1_000;
    const mode = isArmed ? {} : { baseMode: disarmedMode };
    if (step % 5 === 0) datagrams.push({ stampUs, port, bytes: makeHeartbeat(mode, { sysid }) });
    if (!hasPositions) continue;
    const position = makePosition({ timeBootMs: bootMs + step * 200, lon }, { sysid });
    datagrams.push({ stampUs, port, bytes: position });
  }
  return datagrams;
}
