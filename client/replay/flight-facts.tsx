// What the record says of the flight as a whole, and the log to take away. In the player.
import type { Booking } from "../../contract/wire/booking.ts";
import type { Flight } from "../../contract/wire/flight.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { isControlRoom } from "../app/page-access.ts";
import { usePerson } from "../app/session-context.ts";
import { BindFlight } from "../control/bind-flight.tsx";
import type { FlownSpan } from "../control/binding-candidates.ts";
import { lacksBooking } from "../control/drone-facts.ts";
import { enteredAirspace } from "../control/entered-airspace.ts";
import { Fact, Facts } from "../control/facts.tsx";
import { TakeBackBinding } from "../control/take-back-binding.tsx";
import { useLogContent } from "./use-log-content.ts";

type EndTexts = Readonly<Record<Exclude<NonNullable<Flight["endedBy"]>, "disarmed">, string>>;

/** What ended the session of a drone that was still armed; empty where that is not known. */
function endReason({ endedBy }: Flight, texts: EndTexts): string {
  return endedBy === null || endedBy === "disarmed" ? "" : texts[endedBy];
}

/** Span of a flight that has ended; undefined where its end is not known. */
function flownSpan({ state, armedAtMs, disarmedAtMs, sealedAtMs }: Flight): FlownSpan | undefined {
  const endedAtMs = disarmedAtMs ?? sealedAtMs;
  if (endedAtMs === null || (state !== "landed" && state !== "sealed")) return undefined;
  return { armedAtMs, endedAtMs };
}

interface FlightFactsProps {
  readonly flight: Flight;
  /** The one that its binding names; undefined where the reader may not see it. */
  readonly booking: Booking | undefined;
}

export function FlightFacts({ flight, booking }: FlightFactsProps) {
  const texts = useText(replayMessages);
  const text = texts.player;
  const format = useFormat();
  const { figures } = flight;
  const airspace = enteredAirspace(flight.binding, booking, useText(alarmMessages));
  const title = flight.bookingTitle ?? airspace ?? "–";
  const toTheSecond = (timeMs: number): string => `${format.date(timeMs)}, ${format.time(timeMs)}`;
  const rows: [string, string][] = [
    [texts.column.booking, `${title} (${texts.binding[flight.binding.kind]})`],
    [texts.column.start, toTheSecond(flight.armedAtMs)],
  ];
  if (flight.disarmedAtMs !== null) {
    rows.push([texts.column.duration, format.duration(flight.disarmedAtMs - flight.armedAtMs)]);
  }
  if (figures !== null) {
    const { maxAltitudeAboveHomeM: home, maxAltitudeAmslM: amsl, maxGroundSpeedMps } = figures;
    if (home !== null) rows.push([texts.column.highest, format.height(home, "ABOVE_HOME", 1)]);
    if (amsl !== null)
      rows.push([home === null ? texts.column.highest : "", format.height(amsl, "AMSL", 1)]);
    if (maxGroundSpeedMps !== null) rows.push([text.fastest, format.speed(maxGroundSpeedMps)]);
    rows.push([texts.column.distance, format.distance(figures.distanceM)]);
    rows.push([text.samples, format.number(figures.samples)]);
  }
  if (flight.sealedAtMs !== null) rows.push([text.sealed, toTheSecond(flight.sealedAtMs)]);
  const size = flight.logBytes === null ? "" : format.number(flight.logBytes / 1e6, 2);
  const logPath = `/api/v1/flights/${encodeURIComponent(flight.id)}/log`;
  const content = useLogContent(flight.state === "flying" ? undefined : logPath);
  return (
    <section aria-labelledby="facts-heading" className="flight-facts">
      <h2 id="facts-heading">{text.facts}</h2>
      <Facts>
        {rows.map(([name, value]) => (
          <Fact key={`${name} ${value}`} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
      <BindFlown flight={flight} />
      <TakeBackBinding
        binding={flight.binding}
        bookingTitle={flight.bookingTitle}
        droneName={format.drone(flight.aircraftName, flight.sysid)}
        flightId={flight.id}
      />
      {flight.state === "landed" && <p className="soft">{text.notSealed}</p>}
      {flight.endedWithoutDisarming && (
        <p className="soft" data-testid="flight-ended">
          {[text.withoutDisarming, endReason(flight, text.endedBy)].join(" ")}
        </p>
      )}
      {flight.state === "lost" && !flight.endedWithoutDisarming && (
        <p className="soft">{endReason(flight, text.endedBy)}</p>
      )}
      {flight.sha256 !== null && (
        <p className="flight-hash soft">
          {text.hash}: <code>{flight.sha256}</code>
        </p>
      )}
      {flight.state !== "flying" && (
        <p>
          <a download data-testid="flight-download" href={logPath}>
            {text.download}
          </a>
          {size !== "" && content !== "filtered" && (
            <span className="soft"> {text.downloadSize(size)}</span>
          )}
        </p>
      )}
      {content === "filtered" && (
        <p className="soft" data-testid="log-filtered">
          {text.logFiltered}
        </p>
      )}
    </section>
  );
}

/** For the control room: a flight without a booking of its own gets one after it has ended too. */
function BindFlown({ flight }: { readonly flight: Flight }) {
  const format = useFormat();
  const { role } = usePerson();
  const flown = flownSpan(flight);
  if (flown === undefined || !isControlRoom(role) || !lacksBooking(flight)) return null;
  return (
    <BindFlight
      aircraftId={flight.aircraftId}
      droneName={format.drone(flight.aircraftName, flight.sysid)}
      flightId={flight.id}
      flown={flown}
      siteId={flight.siteId ?? undefined}
    />
  );
}
