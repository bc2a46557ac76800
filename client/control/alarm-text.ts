// An alarm in words: made from its kind and figures in the reader's language. Pure; called by the
// alarm list, the banner, the drone's panel and the replay player.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Format } from "../app/i18n/format.ts";
import type { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { airspaceText } from "./entered-airspace.ts";

export type AlarmTexts = (typeof alarmMessages)["en"];

const zoneKinds: readonly AlarmCondition["kind"][] = ["operatingArea", "keepOut", "heightLimit"];

/**
 * What has happened, with the zone's name where it is about one: "Inside a keep-out zone: Bel-Air".
 * A booked volume goes by its booking, which is named beside it.
 */
export function alarmWhat(condition: AlarmCondition, text: AlarmTexts, format: Format): string {
  const what = text.kind[condition.kind];
  const { zoneName } = condition;
  if (zoneName === null || !zoneKinds.includes(condition.kind)) return what;
  return text.inZone(what, format.name(zoneName));
}

/** The drone: its name with its system id, where the reader is told which it is. */
export function alarmDrone(condition: AlarmCondition, text: AlarmTexts, format: Format): string {
  if (isDroneUntold(condition)) return text.unnamedDrone;
  // A flood of what no system sent: its name is the sender's address.
  if (condition.sysid === 0) return condition.vehicleName;
  return format.droneWithSystem(condition.vehicleName, condition.sysid);
}

/** True where another company's drone entered the reader's airspace: which one is not told. */
export function isDroneUntold({ vehicleKey }: AlarmCondition): boolean {
  return vehicleKey === "";
}

/**
 * The booking: the flight's own, or of a wrong drone the one whose airspace it is in.
 *
 * @param organisationName Whose booking that is; undefined where it is not known here.
 */
export function alarmBooking(
  { kind, bookingTitle }: AlarmCondition,
  organisationName: string | undefined,
  text: AlarmTexts,
): string {
  if (kind !== "wrongDrone") return bookingTitle ?? text.noBooking;
  const booking = bookingTitle === null ? undefined : { title: bookingTitle, organisationName };
  return airspaceText(booking, text);
}

/**
 * How far beyond which limit, worst so far: "12 m beyond, limit 120 m above home". Empty for alarms
 * that have no measure.
 */
export function alarmExcess(condition: AlarmCondition, text: AlarmTexts, format: Format): string {
  const parts: string[] = [];
  const excessM = condition.worst?.excessM ?? condition.first?.excessM ?? null;
  if (excessM !== null) {
    const distance = format.distance(excessM);
    const isOver = condition.state === "returned";
    parts.push(isOver ? text.farthest(distance) : text.beyond(distance));
  }
  if (condition.limit !== null) {
    parts.push(text.limit(format.height(condition.limit.valueM, condition.limit.reference)));
  }
  return parts.join(text.comma);
}

/** When it was raised, how often, and when it ended. */
export function alarmTimes(condition: AlarmCondition, text: AlarmTexts, format: Format): string {
  const parts = [text.since(format.time(condition.raisedAtMs))];
  if (condition.count > 1) parts.push(text.times(condition.count));
  if (condition.returnedAtMs !== null && condition.state === "returned") {
    parts.push(text.over(format.time(condition.returnedAtMs)));
  }
  if (condition.endedBy === "recordLost") parts.push(text.recordLost);
  return parts.join(text.comma);
}

/** Position and both heights, each with its datum, where the drone was at its worst. */
export function alarmPlace(condition: AlarmCondition, format: Format): string {
  const place = condition.worst ?? condition.first;
  if (place === null) return "";
  const heights = [
    format.height(place.altitudeAboveHomeM, "ABOVE_HOME"),
    format.height(place.altitudeAmslM, "AMSL"),
  ];
  return [format.position(place.position), ...heights].join(" · ");
}
