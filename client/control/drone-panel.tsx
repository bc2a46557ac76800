// Everything known of the chosen drone, over the left of the map; never over the alarms.
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { Button } from "react-aria-components";
import type { Booking } from "../../contract/wire/booking.ts";
import type { LiveVehicle } from "../../contract/wire/live-snapshot.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useBeat, useLive, useLiveStore } from "../app/live/live-context.ts";
import { isControlRoom } from "../app/page-access.ts";
import { usePerson } from "../app/session-context.ts";
import { useSites } from "../app/site-context.ts";
import { Icon } from "../design/icon.tsx";
import { AlarmSign } from "./alarm-sign.tsx";
import { BindFlight } from "./bind-flight.tsx";
import { CloseSession } from "./close-session.tsx";
import {
  flightSign,
  flightText,
  flightWord,
  lacksBooking,
  linkOf,
  mayClose,
} from "./drone-facts.ts";
import { CommandBar } from "./command-bar.tsx";
import { Fact, Facts } from "./facts.tsx";
import { PhoneLink } from "./phone-link.tsx";
import { TakeBackBinding } from "./take-back-binding.tsx";
import type { GoToTarget } from "./use-go-to-target.ts";

interface DronePanelProps {
  readonly status: VehicleStatus;
  /** Where it is to be sent. */
  readonly target: GoToTarget;
  readonly onClose: () => void;
}

export function DronePanel({ status, target, onClose }: DronePanelProps) {
  const text = useText(controlMessages);
  const format = useFormat();
  const store = useLiveStore();
  const bookings = useLive((state) => state.bookings);
  const trust = useLive((state) => state.trust);
  const mayWatchAll = isControlRoom(usePerson().role);
  useBeat();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  const panel = useFocusInside(status.liveId);
  const vehicle = store.vehicle(status.liveId);
  const booking = bookings.get(status.binding?.bookingId ?? "");
  const name = format.drone(status.name, status.sysid);
  const word = flightWord(status, linkOf(status, vehicle, trust));
  const sign = flightSign(word);
  return (
    <aside
      ref={panel}
      aria-label={text.panel.label(name)}
      className="drone-panel"
      data-testid="drone-panel"
      tabIndex={-1}
    >
      <div className="drone-panel-head">
        <h2>{name}</h2>
        <Button aria-label={text.panel.close} className="map-button" onPress={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <p className="fleet-line">
        {sign !== undefined && <AlarmSign priority={sign} />}
        <strong>{flightText(word, store.ageMs(status.liveId), text, format)}</strong>
        <span className="soft">#{status.sysid}</span>
        {status.aircraftId === null && <span className="soft">{text.unregistered}</span>}
      </p>
      <CommandBar key={status.sessionId} droneName={name} status={status} target={target} />
      <DroneState status={status} vehicle={vehicle} />
      {vehicle !== undefined && <DronePosition vehicle={vehicle} />}
      {booking !== undefined && (
        <DroneBooking booking={booking} isEntered={status.binding?.kind === "wrongDrone"} />
      )}
      {mayWatchAll && <HandActs droneName={name} status={status} />}
      {status.lastText !== null && (
        <Facts>
          <Fact name={text.panel.lastText}>{status.lastText.text}</Fact>
        </Facts>
      )}
      {status.flightId !== null && (
        <Link to={`/replay/${encodeURIComponent(status.flightId)}`}>{text.panel.replay}</Link>
      )}
    </aside>
  );
}

interface HandActsProps {
  readonly status: VehicleStatus;
  readonly droneName: string;
}

/** What only the control room does by hand. */
function HandActs({ status, droneName }: HandActsProps) {
  const { site } = useSites();
  const trust = useLive((state) => state.trust);
  return (
    <>
      {mayClose(status, trust) && (
        <CloseSession key={status.sessionId} droneName={droneName} status={status} />
      )}
      {status.flightId !== null && lacksBooking(status) && (
        <BindFlight
          key={status.flightId}
          aircraftId={status.aircraftId}
          droneName={droneName}
          flightId={status.flightId}
          siteId={site?.id}
        />
      )}
      {status.flightId !== null && status.binding !== null && (
        <TakeBackBinding
          key={`take back ${status.flightId}`}
          binding={status.binding}
          bookingTitle={status.bookingTitle}
          droneName={droneName}
          flightId={status.flightId}
        />
      )}
    </>
  );
}

/**
 * The keyboard goes on in the panel when a drone is chosen, and back to where it was when the panel
 * is closed: the list it was chosen in stands at the other end of the page.
 */
function useFocusInside(liveId: number) {
  const panel = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && panel.current?.contains(active) === false) {
      cameFrom.current = active;
    }
    panel.current?.focus({ preventScroll: true });
  }, [liveId]);
  useEffect(
    () => () => {
      if (cameFrom.current?.isConnected === true) cameFrom.current.focus({ preventScroll: true });
    },
    [],
  );
  return panel;
}

interface DroneStateProps {
  readonly status: VehicleStatus;
  readonly vehicle: LiveVehicle | undefined;
}

function DroneState({ status, vehicle }: DroneStateProps) {
  const text = useText(controlMessages);
  const format = useFormat();
  const store = useLiveStore();
  const trust = useLive((state) => state.trust);
  const ageMs = store.ageMs(status.liveId);
  const volts = status.batteryV === null ? "" : `${format.number(status.batteryV, 1)} V`;
  const percent = status.batteryPercent === null ? "" : `${status.batteryPercent} %`;
  return (
    <Facts>
      <Fact name={text.panel.mode}>
        {[status.modeName, status.armed ? text.armed : text.disarmed].join(text.comma)}
      </Fact>
      <Fact name={text.panel.link}>
        {text.link[linkOf(status, vehicle, trust)]}
        {ageMs !== undefined && text.comma + text.age(format.number(ageMs / 1000, 1))}
      </Fact>
      {status.signing !== undefined && (
        <Fact name={text.panel.signing}>{text.signing[status.signing]}</Fact>
      )}
      <Fact name={text.panel.battery}>
        {[percent, volts].filter((part) => part !== "").join(text.comma) || text.batteryUnknown}
      </Fact>
      {status.satellites !== null && (
        <Fact name={text.panel.fix}>{text.panel.satellites(status.satellites)}</Fact>
      )}
    </Facts>
  );
}

function DronePosition({ vehicle }: { readonly vehicle: LiveVehicle }) {
  const text = useText(controlMessages);
  const format = useFormat();
  const heading =
    vehicle.headingDeg === undefined
      ? "–"
      : `${format.number(vehicle.headingDeg).padStart(3, "0")}°`;
  return (
    <Facts>
      <Fact name={text.panel.height}>
        {format.height(vehicle.altitudeAboveHomeM, "ABOVE_HOME", 1)}
        <br />
        {format.height(vehicle.altitudeAmslM, "AMSL", 1)}
      </Fact>
      <Fact name={text.panel.speed}>{format.speed(vehicle.groundSpeedMps)}</Fact>
      <Fact name={text.panel.climb}>{format.speed(vehicle.climbMps)}</Fact>
      <Fact name={text.panel.heading}>{heading}</Fact>
      <Fact name={text.panel.position}>{format.position(vehicle)}</Fact>
    </Facts>
  );
}

interface DroneBookingProps {
  readonly booking: Booking;
  /** The drone is in its airspace and not named by it. */
  readonly isEntered: boolean;
}

function DroneBooking({ booking, isEntered }: DroneBookingProps) {
  const text = useText(controlMessages);
  const format = useFormat();
  return (
    <>
      <Facts>
        <Fact name={isEntered ? text.panel.entered : text.panel.booking}>
          {booking.title + text.comma + booking.organisationName}
        </Fact>
        <Fact name={text.panel.time}>{format.window(booking.startMs, booking.endMs)}</Fact>
        <Fact name={text.panel.pilot}>{booking.pilots[0]?.name ?? "–"}</Fact>
      </Facts>
      <PhoneLink name={booking.pilots[0]?.name ?? null} phone={booking.contactPhone} />
      {!isEntered && !booking.siteMayCommand && <p className="soft">{text.panel.callOnly}</p>}
    </>
  );
}
