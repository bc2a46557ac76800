// Replay of one flight: map above, charts below on one time axis, events and facts on the right,
// the player bar at the foot. Route /replay/:flightId.
import "./player-page.css";
import { Link, useParams } from "react-router";
import { bookingSchema } from "../../contract/wire/booking.ts";
import { flightEventsSchema } from "../../contract/wire/flight-event.ts";
import { flightSchema, trackColumnsSchema, type Flight } from "../../contract/wire/flight.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useResource } from "../app/use-resource.ts";
import { Notice } from "../design/notice.tsx";
import { PageHeading } from "../design/page-heading.tsx";
import { PlayerStage } from "./player-stage.tsx";

/** A flight that is still flying is asked for again until it has landed and is sealed. */
const readAgainMs = 5_000;

export function PlayerPage() {
  const texts = useText(replayMessages);
  const format = useFormat();
  const { flightId = "" } = useParams();
  const path = `/flights/${encodeURIComponent(flightId)}`;
  const flight = useResource(path, flightSchema, readAgainMs);
  return (
    <div className="player-page">
      <div className="player-head">
        <Link to="/replay">{texts.player.back}</Link>
        <PageHeading>
          {flight.value && format.drone(flight.value.aircraftName, flight.value.sysid)}{" "}
          <span className="soft player-head-detail">{flight.value?.bookingTitle ?? ""}</span>
        </PageHeading>
      </div>
      {flight.problem !== undefined && flight.value === undefined && (
        <ProblemNotice problem={flight.problem} onRetry={flight.reload} />
      )}
      {flight.value !== undefined && <PlayerBody flight={flight.value} path={path} />}
    </div>
  );
}

interface PlayerBodyProps {
  readonly flight: Flight;
  readonly path: string;
}

function PlayerBody({ flight, path }: PlayerBodyProps) {
  const text = useText(replayMessages).player;
  const isDown = flight.state !== "flying";
  const track = useResource(isDown ? `${path}/track` : undefined, trackColumnsSchema);
  const events = useResource(isDown ? `${path}/events` : undefined, flightEventsSchema);
  const { bookingId } = flight.binding;
  const bookingPath = bookingId === null ? undefined : `/bookings/${encodeURIComponent(bookingId)}`;
  // For the limits in the charts; where the reader may not see it the flight plays all the same.
  const booking = useResource(bookingPath, bookingSchema);
  const problem = track.problem ?? events.problem;
  if (!isDown) return <Notice kind="fact" title={text.flying} />;
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={track.reload} />;
  if (track.value === undefined || events.value === undefined) return null;
  if (track.value.timeMs.length === 0) return <Notice kind="fact" title={text.noTrack} />;
  return (
    <PlayerStage
      booking={booking.value}
      events={events.value.events}
      flight={flight}
      track={track.value}
    />
  );
}
