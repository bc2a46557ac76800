// The Control page: the map fills it, alarms above the fleet on the right, today's bookings at the
// foot. Choosing a drone slides its panel over the map's left. Route /control.
import "./control-page.css";
import { useCallback, useState } from "react";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { useLive, useLiveStore } from "../app/live/live-context.ts";
import { PageHeading } from "../design/page-heading.tsx";
import { AlarmList } from "./alarm-list.tsx";
import { ControlMap } from "./control-map.tsx";
import { DronePanel } from "./drone-panel.tsx";
import { FleetList } from "./fleet-list.tsx";
import { SlotLine } from "./slot-line.tsx";

export function ControlPage() {
  const text = useText(controlMessages);
  const store = useLiveStore();
  const [droneId, setDroneId] = useState<number>();
  const [bookingId, setBookingId] = useState<string>();
  const [centreOn, setCentreOn] = useState<{ key: string; liveId: number }>();
  const status = useLive((state) =>
    droneId === undefined ? undefined : state.statuses.get(droneId),
  );

  const chooseInList = (liveId: number): void => {
    setDroneId(liveId === droneId ? undefined : liveId);
    setCentreOn((last) => ({ key: `${Number(last?.key ?? 0) + 1}`, liveId }));
  };
  const chooseByKey = (vehicleKey: string): void => {
    const all = [...store.getState().statuses.values()];
    const found = all.find((one) => one.vehicleKey === vehicleKey);
    if (found === undefined) return;
    setDroneId(found.liveId);
    setCentreOn((last) => ({ key: `${Number(last?.key ?? 0) + 1}`, liveId: found.liveId }));
  };
  const close = useCallback(() => setDroneId(undefined), []);
  return (
    <div className="control-page">
      <PageHeading hidden>{text.title}</PageHeading>
      <div className="control-map">
        <ControlMap
          centreOn={centreOn}
          selectedBookingId={bookingId}
          selectedDroneId={droneId}
          onPickDrone={setDroneId}
        />
        <TrustNotice />
        {status !== undefined && <DronePanel status={status} onClose={close} />}
      </div>
      <div className="control-side">
        <AlarmList onChoose={chooseByKey} />
        <FleetList selectedId={droneId} onChoose={chooseInList} />
      </div>
      <SlotLine selectedId={bookingId} onChoose={setBookingId} />
    </div>
  );
}

/** Over the map while it may not be trusted: old positions must not look like new ones. */
function TrustNotice() {
  const text = useText(controlMessages);
  const trust = useLive((state) => state.trust);
  if (trust === "trusted") return null;
  return (
    <div className="trust-notice" data-testid="trust-notice" role="alert">
      <strong>{trust === "connecting" ? text.trust.connecting : text.notTrusted}</strong>
      <span>{text.trustDetail[trust]}</span>
      {trust !== "connecting" && <span>{text.positionsOld}</span>}
    </div>
  );
}
