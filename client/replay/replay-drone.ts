// The flight's drone as the map's source: one drone, where the player is. Fed by the player.
import type { TrackColumns } from "../../contract/wire/flight.ts";
import { liveFlag } from "../../contract/wire/live-snapshot.ts";
import { createDroneFrame, type DroneSource } from "../map/drone-source.ts";
import type { AlarmSpan } from "./flight-limits.ts";
import type { Player } from "./player.ts";
import { momentAt } from "./track.ts";

/** The number of the only drone. */
export const replayDroneId = 1;

interface ReplayDroneOptions {
  readonly track: TrackColumns;
  readonly player: Player;
  readonly name: string;
  readonly spans: readonly AlarmSpan[];
}

/** In a gap the drone stands hollow where it was last heard. */
export function createReplayDrone({ track, player, name, spans }: ReplayDroneOptions): DroneSource {
  const frame = createDroneFrame(1);
  const fill = (): void => {
    const { timeMs } = player.getState();
    const moment = momentAt(track, timeMs);
    frame.count = moment.kind === "before" ? 0 : 1;
    if (moment.kind === "before") return;
    const reading = moment.kind === "gap" ? moment.last : moment.reading;
    const inAlarm = spans.some(({ startMs, endMs }) => startMs <= timeMs && timeMs < endMs);
    frame.id[0] = replayDroneId;
    frame.latDeg[0] = reading.position.latDeg;
    frame.lngDeg[0] = reading.position.lngDeg;
    frame.headingDeg[0] = reading.headingDeg ?? Number.NaN;
    frame.flags[0] =
      (moment.kind === "gap" ? liveFlag.lost : 0) | (inAlarm ? liveFlag.nonconforming : 0);
  };
  return {
    frame() {
      fill();
      return frame;
    },
    nameOf: () => name,
    subscribe: player.subscribe,
  };
}
