// The figures at the player's moment, over the map's left. In a gap it says so and shows none.
import type { TrackColumns } from "../../contract/wire/flight.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import type { Player } from "./player.ts";
import { momentAt } from "./track.ts";
import { usePlayerState } from "./use-player.ts";

interface MomentFactsProps {
  readonly track: TrackColumns;
  readonly player: Player;
}

const renewedEveryMs = 250;

export function MomentFacts({ track, player }: MomentFactsProps) {
  const text = useText(replayMessages).player;
  const format = useFormat();
  // In steps of the flight or of real time, whichever is rarer, so that it can be read.
  const timeMs = usePlayerState(player, (state) => {
    const step = renewedEveryMs * Math.max(1, state.speed);
    return state.playing ? Math.floor(state.timeMs / step) * step : state.timeMs;
  });
  const moment = momentAt(track, Math.max(timeMs, player.range.startMs));
  if (moment.kind === "before") return null;
  if (moment.kind === "gap") {
    const span = text.gapSpan(
      format.time(moment.fromMs),
      format.duration(moment.toMs - moment.fromMs),
    );
    return (
      <div className="moment-facts" data-gap="true">
        <strong>{text.gap}</strong>
        <span>{span}</span>
      </div>
    );
  }
  const { reading } = moment;
  const heading =
    reading.headingDeg === null ? "–" : `${format.number(reading.headingDeg).padStart(3, "0")}°`;
  const rows: readonly (readonly [string, string])[] = [
    [text.mode, reading.modeName],
    [text.height, format.height(reading.altitudeAboveHomeM, "ABOVE_HOME", 1)],
    ["", format.height(reading.altitudeAmslM, "AMSL", 1)],
    [text.speed.split(/[,，]/)[0] ?? "", format.speed(reading.groundSpeedMps)],
    [text.climb, format.speed(reading.climbMps)],
    [text.heading, heading],
    [text.position, format.position(reading.position)],
  ];
  return (
    <dl aria-label={text.now} className="moment-facts">
      {rows.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
