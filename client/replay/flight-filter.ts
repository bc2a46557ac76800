// Which flights of the list match what the reader asks for. Pure; called by the list of flights.
import type { Flight } from "../../contract/wire/flight.ts";
import type { Format } from "../app/i18n/format.ts";

export interface FlightFilter {
  /** Part of a name of the aircraft or booking, or a system id; empty asks nothing. */
  readonly text: string;
  /** `any`, or a site's id. */
  readonly siteId: string;
  readonly onlyWithAlarms: boolean;
}

/** Names match as the reader sees them. */
export function flightMatches(
  flight: Flight,
  filter: FlightFilter,
  format: Pick<Format, "drone">,
): boolean {
  if (filter.onlyWithAlarms && flight.alarmCount === 0) return false;
  if (filter.siteId !== "any" && flight.siteId !== filter.siteId) return false;
  const wanted = filter.text.trim().toLowerCase();
  if (wanted === "") return true;
  const names = [format.drone(flight.aircraftName, flight.sysid), flight.bookingTitle ?? ""];
  const isNamed = names.some((name) => name.toLowerCase().includes(wanted));
  return isNamed || String(flight.sysid) === wanted;
}

/** The list with what the live connection has told since, newest arming first. */
export function mergedFlights(
  listed: readonly Flight[],
  told: ReadonlyMap<string, Flight>,
): Flight[] {
  const byId = new Map(listed.map((flight) => [flight.id, flight]));
  for (const flight of told.values()) byId.set(flight.id, flight);
  return [...byId.values()].sort((a, b) => b.armedAtMs - a.armedAtMs);
}
