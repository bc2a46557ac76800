// What happened on the flight, in order; each line goes to its moment. In the player.
import { useState } from "react";
import type { FlightEvent } from "../../contract/wire/flight-event.ts";
import type { TrackColumns } from "../../contract/wire/flight.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import type { Format } from "../app/i18n/format.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { AlarmSign } from "../control/alarm-sign.tsx";
import { alarmExcess, alarmPlace, alarmWhat, type AlarmTexts } from "../control/alarm-text.ts";
import { Toggle } from "../design/toggle.tsx";
import type { Player } from "./player.ts";
import { usePlayerState } from "./use-player.ts";

interface EventListProps {
  readonly events: readonly FlightEvent[];
  readonly gaps: TrackColumns["gaps"];
  readonly player: Player;
}

interface Line {
  readonly atMs: number;
  readonly what: string;
  readonly detail?: string;
  readonly priority?: "emergency" | "high" | "low";
  readonly kind: string;
}

type PlayerTexts = (typeof replayMessages)["en"]["player"];

export function EventList({ events, gaps, player }: EventListProps) {
  const text = useText(replayMessages).player;
  const alarmText = useText(alarmMessages);
  const format = useFormat();
  // The autopilot's own words are many and seldom what is looked for: shown when asked.
  const [showTexts, setShowTexts] = useState(false);
  const texts = events.filter(({ kind }) => kind === "text");
  const shown = showTexts ? events : events.filter(({ kind }) => kind !== "text");
  const lines: readonly Line[] = [
    ...shown.map((event) => lineOf(event, text, alarmText, format)),
    ...gaps.map(({ fromMs, toMs }) => ({
      atMs: fromMs,
      kind: "gap",
      what: text.gapSpan(format.time(fromMs), format.duration(toMs - fromMs)),
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  const current = usePlayerState(player, ({ timeMs }) =>
    lines.reduce((last, line, index) => (line.atMs <= timeMs ? index : last), -1),
  );
  return (
    <section aria-labelledby="events-heading" className="player-events">
      <h2 id="events-heading">{text.events}</h2>
      {texts.length > 0 && (
        <div className="player-texts">
          <Toggle isSelected={showTexts} onChange={setShowTexts}>
            {text.autopilotTexts(texts.length)}
          </Toggle>
        </div>
      )}
      {lines.length === 0 && <p className="soft">{text.noEvents}</p>}
      <ol>
        {lines.map((line, index) => (
          <li key={`${line.atMs} ${line.kind} ${index}`}>
            <button
              aria-current={index === current ? "true" : undefined}
              aria-label={text.jump(line.what, format.time(line.atMs))}
              className="event-line"
              data-kind={line.kind}
              data-testid="flight-event"
              type="button"
              onClick={() => player.seek(line.atMs)}
            >
              <span className="event-time">{format.time(line.atMs).slice(0, 8)}</span>
              <span className="event-what">
                <span>
                  {line.priority !== undefined && <AlarmSign priority={line.priority} size={14} />}
                  {` ${line.what}`}
                </span>
                {line.detail !== undefined && <span className="soft">{line.detail}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function lineOf(
  event: FlightEvent,
  text: PlayerTexts,
  alarmText: AlarmTexts,
  format: Format,
): Line {
  const { atMs, kind } = event;
  switch (event.kind) {
    case "armed":
      return { atMs, kind, what: text.armed };
    case "disarmed":
      return { atMs, kind, what: text.disarmed };
    case "mode":
      return { atMs, kind, what: text.modeChange(event.modeName) };
    case "text":
      return { atMs, kind, what: event.text };
    case "alarm": {
      const { alarm } = event;
      const what = alarmWhat(alarm, alarmText, format);
      const lasted =
        alarm.returnedAtMs === null ? undefined : alarm.returnedAtMs - alarm.raisedAtMs;
      const detail = [alarmExcess(alarm, alarmText, format), alarmPlace(alarm, format)];
      return {
        atMs,
        kind,
        what: lasted === undefined ? what : text.alarmFor(what, format.duration(lasted)),
        detail: detail.filter((part) => part !== "").join(" · "),
        priority: alarm.priority,
      };
    }
  }
}
