// What the map and the table say of an aircraft or ship that drones hear. Pure.
import type { Position } from "../../contract/wire/geometry.ts";
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import type { Format } from "../app/i18n/format.ts";
import type { trafficMessages } from "../app/i18n/traffic-messages.ts";

type TrafficTexts = (typeof trafficMessages)["en"];

/** Younger than this, an age on the map would only flicker. */
const ageShownFromMs = 5_000;
/** Squawks that every aircraft keeps for unlawful interference, lost radio and emergency. */
const emergencySquawks: ReadonlySet<string> = new Set(["7500", "7600", "7700"]);

/** A ship's name, a callsign, else the number it sends with. */
export function contactName(contact: TrafficContact): string {
  const name = contact.kind === "vessel" ? contact.name : null;
  return name ?? contact.callsign ?? contact.key.slice(contact.key.indexOf(":") + 1);
}

/** With what it is measured from; undefined for ships. */
export function contactHeight(
  contact: TrafficContact,
  text: TrafficTexts,
  format: Format,
  datumNames: TrafficTexts["datum"] = text.datum,
): string | undefined {
  if (contact.kind === "vessel") return undefined;
  const { altitude } = contact;
  if (altitude === null) return text.heightUnknown;
  return text.heightOf(format.number(altitude.altitudeM), datumNames[altitude.datum]);
}

/** Course, speed, and whether it climbs; "–" where nothing is known. */
export function contactMovement(
  contact: TrafficContact,
  text: TrafficTexts,
  format: Format,
): string {
  const { groundSpeedMps } = contact;
  const directionDeg = contactDirectionDeg(contact);
  const climbMps = contact.kind === "aircraft" ? contact.climbMps : null;
  const parts = [
    directionDeg === null
      ? undefined
      : text.course(format.number(Math.floor(directionDeg)).padStart(3, "0")),
    groundSpeedMps === null ? undefined : format.speed(groundSpeedMps),
    climbMps === null ? undefined : climbText(climbMps, text, format),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? text.unknown : parts.join(text.comma);
}

/** Slower than this it keeps its height. */
const climbToldMps = 0.5;

function climbText(climbMps: number, text: TrafficTexts, format: Format): string | undefined {
  if (Math.abs(climbMps) < climbToldMps) return undefined;
  const speed = format.speed(Math.abs(climbMps));
  return climbMps > 0 ? text.climb(speed) : text.sink(speed);
}

/** Where its sign points: a ship's bow where it is known, else where it goes. */
export function contactDirectionDeg(contact: TrafficContact): number | null {
  const headingDeg = contact.kind === "vessel" ? contact.headingDeg : null;
  return headingDeg ?? contact.courseDeg;
}

/** Its squawk in words, and that it is test data. */
export function contactRemarks(contact: TrafficContact, text: TrafficTexts): string[] {
  if (contact.kind === "vessel") return [];
  const { squawk, isSimulated } = contact;
  const remarks = isSimulated ? [text.simulated] : [];
  if (squawk === null) return remarks;
  return [emergencySquawks.has(squawk) ? text.emergency(squawk) : text.squawk(squawk), ...remarks];
}

/** Two lines on the map: who, and how high, how old, heard by whom. */
export function contactLabel(contact: TrafficContact, text: TrafficTexts, format: Format): string {
  const { ageMs, heardBy } = contact;
  const isEmergency =
    contact.kind === "aircraft" && contact.squawk !== null && emergencySquawks.has(contact.squawk);
  const facts = [
    contactHeight(contact, text, format, text.datumShort),
    isEmergency ? contact.squawk : undefined,
    ageMs >= ageShownFromMs ? text.ageShort(format.number(Math.floor(ageMs / 1000))) : undefined,
    heardBy === null ? undefined : `← ${format.drone(heardBy.vehicleName, heardBy.sysid)}`,
  ].filter((fact) => fact !== undefined && fact !== null);
  return [contactName(contact), facts.join(" · ")].filter((line) => line !== "").join("\n");
}

const metresPerDegree = 111_195;

/** On a sphere laid flat: within 1 % as far as a receiver on a drone hears. */
export function distanceM(from: Position, to: Position): number {
  const northM = (to.latDeg - from.latDeg) * metresPerDegree;
  const scale = Math.cos((((from.latDeg + to.latDeg) / 2) * Math.PI) / 180);
  return Math.hypot(northM, (to.lngDeg - from.lngDeg) * metresPerDegree * scale);
}

/** Nearest first. */
export function byDistance(
  contacts: readonly TrafficContact[],
  from: Position | undefined,
): TrafficContact[] {
  const of = ({ position }: TrafficContact): number =>
    from === undefined ? 0 : distanceM(from, position);
  return [...contacts].sort((a, b) => of(a) - of(b) || a.key.localeCompare(b.key, "en"));
}
