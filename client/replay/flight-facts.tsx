// What the record says of the flight as a whole, and the log to take away. In the player.
import type { Flight } from "../../contract/wire/flight.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { Fact, Facts } from "../control/facts.tsx";
import { TakeBackBinding } from "../control/take-back-binding.tsx";
import { useLogContent } from "./use-log-content.ts";

type EndTexts = Readonly<Record<Exclude<NonNullable<Flight["endedBy"]>, "disarmed">, string>>;

/** What ended the session of a drone that was still armed; empty where that is not known. */
function endReason({ endedBy }: Flight, texts: EndTexts): string {
  return endedBy === null || endedBy === "disarmed" ? "" : texts[endedBy];
}

export function FlightFacts({ flight }: { readonly flight: Flight }) {
  const texts = useText(replayMessages);
  const text = texts.player;
  const format = useFormat();
  const { figures } = flight;
  const toTheSecond = (timeMs: number): string => `${format.date(timeMs)}, ${format.time(timeMs)}`;
  const rows: [string, string][] = [
    [texts.column.booking, `${flight.bookingTitle ?? "–"} (${texts.binding[flight.binding.kind]})`],
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
