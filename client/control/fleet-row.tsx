// One drone of the fleet list: a button that opens its panel, with its facts in three short lines.
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive, useLiveStore } from "../app/live/live-context.ts";
import { AlarmSign } from "./alarm-sign.tsx";
import { flightSign, flightText, flightWord, linkOf } from "./drone-facts.ts";

interface FleetRowProps {
  readonly status: VehicleStatus;
  readonly isSelected: boolean;
  /** Another number each time the figures are to be read again. */
  readonly beat: number;
  readonly onChoose: (liveId: number) => void;
}

export function FleetRow({ status, isSelected, beat, onChoose }: FleetRowProps) {
  const text = useText(controlMessages);
  const format = useFormat();
  const store = useLiveStore();
  const vehicle = store.vehicle(status.liveId);
  const ageMs = store.ageMs(status.liveId);
  const trust = useLive((state) => state.trust);
  const link = linkOf(status, vehicle, trust);
  const word = flightWord(status, link);
  const sign = flightSign(word);
  const battery =
    status.batteryPercent === null
      ? text.batteryUnknown
      : text.battery(`${format.number(status.batteryPercent)} %`);
  return (
    <li>
      <button
        aria-pressed={isSelected}
        className="fleet-row"
        data-age-ms={ageMs === undefined ? undefined : Math.round(ageMs)}
        data-beat={beat}
        data-lat={vehicle?.latDeg}
        data-link={link}
        data-lng={vehicle?.lngDeg}
        data-mode={status.modeName}
        data-testid={`fleet-row-${status.sysid}`}
        data-word={word}
        type="button"
        onClick={() => onChoose(status.liveId)}
      >
        <span className="fleet-line">
          {sign !== undefined && <AlarmSign priority={sign} size={14} />}
          <strong className="fleet-name">{format.drone(status.name, status.sysid)}</strong>
          <span className="soft">#{status.sysid}</span>
          <span className="fleet-word">{flightText(word, ageMs, text, format)}</span>
        </span>
        <span className="fleet-line">
          <span>{status.modeName}</span>
          <span className="soft">{status.armed ? text.armed : text.disarmed}</span>
          <span className="fleet-link" data-link={link}>
            {text.link[link]}
            {ageMs !== undefined && ` · ${text.age(format.number(ageMs / 1000, 1))}`}
          </span>
        </span>
        <span className="fleet-line fleet-figures">
          {vehicle === undefined ? (
            <span className="soft">{text.noPosition}</span>
          ) : (
            <>
              <span>{format.height(vehicle.altitudeAboveHomeM, "ABOVE_HOME")}</span>
              <span>{format.speed(vehicle.groundSpeedMps)}</span>
            </>
          )}
          <span>{battery}</span>
          <span className="fleet-push">{status.bookingTitle ?? ""}</span>
        </span>
      </button>
    </li>
  );
}
