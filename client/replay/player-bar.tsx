// The bar at the foot of the player: play, speed, the time line to scrub, and the moment with the
// clock it is told by. All of it works by keyboard; space plays and pauses from anywhere.
import { useEffect } from "react";
import type { FlightEvent } from "../../contract/wire/flight-event.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { Button } from "../design/button.tsx";
import { Icon } from "../design/icon.tsx";
import { steppedSpeed, type Player } from "./player.ts";
import { usePlayerState } from "./use-player.ts";

interface PlayerBarProps {
  readonly player: Player;
  readonly events: readonly FlightEvent[];
}

const stepMs = 1_000;
/** Shown time is renewed this often; finer cannot be read. */
const shownStepMs = 100;

export function PlayerBar({ player, events }: PlayerBarProps) {
  const text = useText(replayMessages).player;
  const format = useFormat();
  const playing = usePlayerState(player, (state) => state.playing);
  const speed = usePlayerState(player, (state) => state.speed);
  const timeMs = usePlayerState(
    player,
    (state) => Math.round(state.timeMs / shownStepMs) * shownStepMs,
  );
  useSpaceKey(player);
  const { startMs, endMs } = player.range;
  return (
    <div className="player-bar">
      <Button
        aria-label={playing ? text.pause : text.play}
        data-testid="player-toggle"
        kind="primary"
        onPress={player.toggle}
      >
        {playing ? <Icon name="hold" /> : <PlayIcon />}
      </Button>
      <div aria-label={text.speedLabel} className="player-speed" role="group">
        <Button
          aria-label={text.slower}
          kind="quiet"
          onPress={() => player.setSpeed(steppedSpeed(speed, -1))}
        >
          <Icon name="minus" size={16} />
        </Button>
        <output data-testid="player-speed">{text.speedValue(String(speed))}</output>
        <Button
          aria-label={text.faster}
          kind="quiet"
          onPress={() => player.setSpeed(steppedSpeed(speed, 1))}
        >
          <Icon name="plus" size={16} />
        </Button>
      </div>
      <div className="player-scrub">
        <div aria-hidden="true" className="player-marks">
          {events
            .filter(({ kind }) => kind === "alarm")
            .map((event, index) => (
              <span
                key={index}
                className="player-mark"
                data-priority={event.kind === "alarm" ? event.alarm.priority : undefined}
                style={{ left: `${((event.atMs - startMs) / (endMs - startMs)) * 100}%` }}
              />
            ))}
        </div>
        <input
          aria-label={text.time}
          aria-valuetext={format.time(timeMs)}
          data-testid="player-scrub"
          max={endMs}
          min={startMs}
          step={stepMs}
          type="range"
          value={timeMs}
          onChange={(event) => player.seek(Number(event.target.value))}
        />
      </div>
      <p className="player-time" title={text.clockHelp}>
        <strong data-testid="player-time" data-time-ms={timeMs}>
          {format.time(timeMs)}
        </strong>
        <span className="soft">{text.clock}</span>
      </p>
    </div>
  );
}

/** Space plays and pauses, unless it would do something else where the focus is. */
function useSpaceKey(player: Player): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : undefined;
      const isTaken = target?.closest(
        "button, a, select, textarea, summary, input:not([type=range])",
      );
      if (event.key !== " " || (isTaken !== null && isTaken !== undefined)) return;
      event.preventDefault();
      player.toggle();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [player]);
}

function PlayIcon() {
  return (
    <svg aria-hidden="true" fill="currentColor" height="20" viewBox="0 0 20 20" width="20">
      <path d="M6 4l11 6-11 6z" />
    </svg>
  );
}
