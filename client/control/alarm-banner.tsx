// The alarm that needs eyes most, on every page but Control, which lists them all. In the shell.
import "./alarm-banner.css";
import { useMemo } from "react";
import { Link, useLocation } from "react-router";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { maySeePage } from "../app/page-access.ts";
import { usePerson } from "../app/session-context.ts";
import { openAlarms } from "./alarm-order.ts";
import { AlarmSign } from "./alarm-sign.tsx";
import { alarmBooking, alarmDrone, alarmTimes, alarmWhat } from "./alarm-text.ts";
import { PhoneLink } from "./phone-link.tsx";

export function AlarmBanner() {
  const text = useText(controlMessages);
  const alarmText = useText(alarmMessages);
  const format = useFormat();
  const alarms = useLive((state) => state.alarms);
  const { role } = usePerson();
  const { pathname } = useLocation();
  const open = useMemo(() => openAlarms(alarms.values()), [alarms]);
  const first = open[0];
  const organisationName = useLive(
    ({ bookings }) => bookings.get(first?.condition.bookingId ?? "")?.organisationName,
  );
  if (first === undefined || pathname.startsWith("/control")) return null;
  const { condition, shown } = first;
  return (
    <div
      className="alarm-banner"
      data-priority={condition.priority}
      data-testid="alarm-banner"
      role="alert"
    >
      <AlarmSign hollow={shown !== "unacknowledged"} priority={condition.priority} />
      <strong>
        {alarmText.withPriority(
          alarmText.priority[condition.priority],
          alarmWhat(condition, alarmText, format),
        )}
      </strong>
      <span>{alarmDrone(condition, alarmText, format)}</span>
      {condition.kind === "wrongDrone" && (
        <span>{alarmBooking(condition, organisationName, alarmText)}</span>
      )}
      <span className="soft">{alarmTimes(condition, alarmText, format)}</span>
      <PhoneLink name={condition.pilotName} phone={condition.contactPhone} />
      {maySeePage(role, "control") && (
        <Link className="alarm-banner-link" to="/control">
          {text.openControl} ({text.banner(open.length)})
        </Link>
      )}
    </div>
  );
}
