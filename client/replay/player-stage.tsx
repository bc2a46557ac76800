// The player itself, once everything of the flight is there.
import { useMemo, useState } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import type { FlightEvent } from "../../contract/wire/flight-event.ts";
import type { Flight, TrackColumns } from "../../contract/wire/flight.ts";
import { zoneSchema } from "../../contract/wire/zone.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { listOf } from "../app/list-answer.ts";
import { useResource } from "../app/use-resource.ts";
import { Segments } from "../design/segments.tsx";
import { boundsOfPositions } from "../map/map-features.ts";
import type { MapMark, MapTrack, MapVolume } from "../map/map-things.ts";
import { SiteMap } from "../map/site-map.tsx";
import { EventList } from "./event-list.tsx";
import { FlightChart } from "./flight-chart.tsx";
import { FlightFacts } from "./flight-facts.tsx";
import { alarmSpans, chartLimitsM, type ChartDatum } from "./flight-limits.ts";
import { FlightTable } from "./flight-table.tsx";
import { MomentFacts } from "./moment-facts.tsx";
import { PlayerBar } from "./player-bar.tsx";
import type { Player } from "./player.ts";
import { createReplayDrone, replayDroneId } from "./replay-drone.ts";
import { gapPieces, trackPieces } from "./track.ts";
import { usePlayer, usePlayerState } from "./use-player.ts";

interface PlayerStageProps {
  readonly flight: Flight;
  readonly track: TrackColumns;
  readonly events: readonly FlightEvent[];
  readonly booking: Booking | undefined;
}

const noLimits: readonly number[] = [];

export function PlayerStage({ flight, track, events, booking }: PlayerStageProps) {
  const text = useText(replayMessages).player;
  const format = useFormat();
  const startMs = track.timeMs[0] ?? 0;
  const endMs = Math.max(startMs + 1, track.timeMs.at(-1) ?? 0);
  const player = usePlayer(startMs, endMs);
  const [datum, setDatum] = useState<ChartDatum>("ABOVE_HOME");
  const spans = useMemo(() => alarmSpans(events, endMs), [events, endMs]);
  const limits = useMemo(() => chartLimitsM(booking, events, datum), [booking, events, datum]);
  return (
    <>
      <div className="player-stage">
        <PlayerMap {...{ flight, track, events, booking, player, spans }} />
        <section aria-label={text.charts} className="player-charts">
          <div className="player-datum">
            <Segments
              label={text.datum}
              options={(["ABOVE_HOME", "AMSL"] as const).map((id) => ({
                id,
                name: format.datum(id),
              }))}
              value={datum}
              onChange={setDatum}
            />
            <p className="soft">
              {limits.map((limitM) => text.limit(format.height(limitM, datum))).join(" · ")}
            </p>
          </div>
          <FlightChart
            limits={limits}
            player={player}
            spans={spans}
            title={datum === "AMSL" ? text.heightAmsl : text.heightAboveHome}
            track={track}
            values={datum === "AMSL" ? track.altitudeAmslM : track.altitudeAboveHomeM}
          />
          <FlightChart
            limits={noLimits}
            player={player}
            spans={spans}
            title={text.speed}
            track={track}
            values={track.groundSpeedMps}
          />
          <details className="player-table">
            <summary>{text.table}</summary>
            <FlightTable range={player.range} track={track} />
          </details>
        </section>
        <div className="player-side">
          <EventList events={events} gaps={track.gaps} player={player} />
          <FlightFacts booking={booking} flight={flight} />
        </div>
      </div>
      <PlayerBar events={events} player={player} />
    </>
  );
}

interface PlayerMapProps extends PlayerStageProps {
  readonly player: Player;
  readonly spans: ReturnType<typeof alarmSpans>;
}

const zoneListSchema = listOf("zones", zoneSchema);
const flownStepMs = 1_000;

function PlayerMap({ flight, track, events, booking, player, spans }: PlayerMapProps) {
  const text = useText(replayMessages).player;
  const alarmText = useText(alarmMessages);
  const zones = useResource("/zones", zoneListSchema).value?.items;
  const name = useFormat().drone(flight.aircraftName, flight.sysid);
  const drone = useMemo(
    () => createReplayDrone({ track, player, name, spans }),
    [track, player, name, spans],
  );
  // The flown part is renewed by whole seconds of the flight, twenty at the highest speed.
  const flownMs = usePlayerState(player, ({ timeMs, speed }) => {
    const step = flownStepMs * Math.max(1, speed / 2);
    return Math.floor(timeMs / step) * step;
  });
  const whole = useMemo(() => wholeTracks(track), [track]);
  const tracks = useMemo<readonly MapTrack[]>(
    () => [...whole, { id: "flown", tone: "flown", pieces: trackPieces(track, flownMs) }],
    [whole, track, flownMs],
  );
  const marks = useMemo(() => marksOf(events, (kind) => alarmText.kind[kind]), [events, alarmText]);
  const volumes = useMemo<readonly MapVolume[]>(
    () =>
      (booking?.volumes ?? []).map(({ footprint }, index) => ({
        id: String(index),
        footprint,
        label: booking?.title ?? "",
        tone: "other",
      })),
    [booking],
  );
  const fit = useMemo(() => {
    const bounds = boundsOfPositions(trackPieces(track).flat());
    return bounds && { key: flight.id, bounds };
  }, [track, flight.id]);
  return (
    <div className="player-map">
      <SiteMap
        drones={drone}
        fit={fit}
        label={text.map}
        marks={marks}
        selectedDroneId={replayDroneId}
        showTrails={false}
        tracks={tracks}
        volumes={volumes}
        zones={zones ?? noZones}
      />
      <MomentFacts player={player} track={track} />
    </div>
  );
}

const noZones: readonly never[] = [];

function wholeTracks(track: TrackColumns): readonly MapTrack[] {
  return [
    { id: "whole", tone: "whole", pieces: trackPieces(track) },
    { id: "gaps", tone: "gap", pieces: gapPieces(track) },
  ];
}

function marksOf(
  events: readonly FlightEvent[],
  nameOf: (kind: Extract<FlightEvent, { kind: "alarm" }>["alarm"]["kind"]) => string,
): MapMark[] {
  return events.flatMap((event) => {
    if (event.kind !== "alarm" || event.alarm.first === null) return [];
    const { id, priority, kind, first } = event.alarm;
    return [{ id, priority, position: first.position, label: nameOf(kind) }];
  });
}
