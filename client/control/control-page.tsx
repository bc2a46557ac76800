// The Control page: the map fills it, alarms above the fleet on the right, today's bookings at the
// foot. Choosing a drone slides its panel over the map's left. Route /control.
import "./control-page.css";
import { useCallback, useState } from "react";
import type { Alarm } from "../../contract/wire/alarm.ts";
import type { Position } from "../../contract/wire/geometry.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { useLive, useLiveStore } from "../app/live/live-context.ts";
import { isControlRoom } from "../app/page-access.ts";
import { usePerson } from "../app/session-context.ts";
import { PageHeading } from "../design/page-heading.tsx";
import { AlarmList } from "./alarm-list.tsx";
import { ControlMap } from "./control-map.tsx";
import { CrewAuthority } from "./crew-authority.tsx";
import { DronePanel } from "./drone-panel.tsx";
import { FleetList } from "./fleet-list.tsx";
import { SlotLine } from "./slot-line.tsx";
import { TrafficList } from "./traffic-list.tsx";
import { useGoToTarget } from "./use-go-to-target.ts";
import { useTraffic } from "./use-traffic.ts";

export function ControlPage() {
  const text = useText(controlMessages);
  const store = useLiveStore();
  const [droneId, holdDroneId] = useState<number>();
  const [bookingId, setBookingId] = useState<string>();
  const [centreOn, setCentreOn] = useState<{ key: string; position: Position }>();
  const traffic = useTraffic();
  const target = useGoToTarget();
  const { setPosition } = target;
  // A place was meant for one drone: another one is never sent there.
  const setDroneId = useCallback(
    (liveId: number | undefined) => {
      holdDroneId(liveId);
      setPosition(undefined);
    },
    [setPosition],
  );
  const { role } = usePerson();
  const status = useLive((state) =>
    droneId === undefined ? undefined : state.statuses.get(droneId),
  );

  const goTo = (position: Position | undefined): void => {
    if (position === undefined) return;
    setCentreOn((last) => ({ key: `${Number(last?.key ?? 0) + 1}`, position }));
  };
  const chooseInList = (liveId: number): void => {
    setDroneId(liveId === droneId ? undefined : liveId);
    if (liveId !== droneId) goTo(store.vehicle(liveId));
  };
  const chooseByKey = (vehicleKey: string): void => {
    const { statuses, alarms } = store.getState();
    const found = [...statuses.values()].find((one) => one.vehicleKey === vehicleKey);
    if (found !== undefined) setDroneId(found.liveId);
    const heard = found && store.vehicle(found.liveId);
    goTo(heard ?? alarmPosition(alarms.values(), vehicleKey));
  };
  const close = useCallback(() => setDroneId(undefined), [setDroneId]);
  return (
    <div className="control-page">
      <PageHeading hidden>{text.title}</PageHeading>
      <div className="control-map">
        <ControlMap
          centreOn={centreOn}
          selectedBookingId={bookingId}
          selectedDroneId={droneId}
          target={status === undefined ? undefined : target}
          traffic={traffic}
          onPickDrone={setDroneId}
        />
        <TrustNotice />
        {status !== undefined && <DronePanel status={status} target={target} onClose={close} />}
      </div>
      <div className="control-side">
        {!isControlRoom(role) && <CrewAuthority onChoose={setDroneId} />}
        <AlarmList onChoose={chooseByKey} />
        <FleetList selectedId={droneId} onChoose={chooseInList} />
        <TrafficList contacts={traffic} />
      </div>
      <SlotLine selectedId={bookingId} onChoose={setBookingId} />
    </div>
  );
}

/** Where a drone that is in no snapshot any more was at its newest alarm. */
function alarmPosition(alarms: Iterable<Alarm>, vehicleKey: string): Position | undefined {
  const placed = [...alarms]
    .map(({ condition }) => condition)
    .filter((one) => one.vehicleKey === vehicleKey && (one.worst ?? one.first) !== null)
    .sort((a, b) => b.lastRaisedAtMs - a.lastRaisedAtMs)[0];
  return (placed?.worst ?? placed?.first)?.position;
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
