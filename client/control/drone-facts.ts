// What the fleet list and the drone's panel say of a drone, from its status. Pure.
import { worseLink } from "../../contract/worse-link.ts";
import { liveFlag, type LiveVehicle } from "../../contract/wire/live-snapshot.ts";
import type { LinkState, VehicleStatus } from "../../contract/wire/live-status.ts";
import type { controlMessages } from "../app/i18n/control-messages.ts";
import type { Format } from "../app/i18n/format.ts";
import type { PictureTrust } from "../app/live/live-state.ts";

/** How a drone stands to its booking, as one word of `controlMessages.flight`. */
export type FlightWord =
  | "conforming"
  | "nonconforming"
  | "contingent"
  | "unbooked"
  | "wrongDrone"
  | "early"
  | "late"
  | "notHeard"
  | "ground";

/**
 * Of a drone that is not heard any more nobody knows whether it keeps to its booking. That it has
 * none, or was declared contingent, silence does not change.
 *
 * @param link The newest state of its link that is known; the status's own where left out.
 */
export function flightWord(status: VehicleStatus, link: LinkState = status.link): FlightWord {
  if (!status.armed) return "ground";
  if (status.conformance === "contingent") return "contingent";
  const bookingHolds = status.binding !== null && !lacksBooking(status);
  if (bookingHolds && isUnheard(link)) return "notHeard";
  if (status.conformance === "nonconforming") return "nonconforming";
  switch (status.binding?.kind) {
    case undefined:
    case "unbooked":
      return "unbooked";
    case "wrongDrone":
      return "wrongDrone";
    case "early":
      return "early";
    case "late":
      return "late";
    case "booked":
    case "byHand":
      return "conforming";
  }
}

/** Snapshots carry ages up to 655 s; an age of this and more is told as "more than" it, ms. */
const ageToldMsMax = 600_000;

/**
 * A word of `flightWord` in the reader's language; of a drone that is not heard with for how long.
 *
 * @param ageMs Age of what was last heard of it; undefined where it is not known.
 */
export function flightText(
  word: FlightWord,
  ageMs: number | undefined,
  text: (typeof controlMessages)["en"],
  format: Format,
): string {
  if (word !== "notHeard" || ageMs === undefined) return text.flight[word];
  if (ageMs >= ageToldMsMax) return text.notHeardLonger(format.duration(ageToldMsMax));
  return text.notHeardFor(format.number(Math.floor(ageMs / 1000)));
}

/**
 * The newer of the two: flags come twenty times a second, statuses once. Of a picture that is old
 * the worse of the two, and no link in it is live.
 */
export function linkOf(
  status: Pick<VehicleStatus, "link">,
  vehicle: Pick<LiveVehicle, "flags"> | undefined,
  trust: PictureTrust,
): LinkState {
  const flagged = status.link === "gone" ? "gone" : (flaggedLink(vehicle) ?? status.link);
  return trust === "trusted" ? flagged : worseLink(worseLink(status.link, flagged), "stale");
}

function flaggedLink(vehicle: Pick<LiveVehicle, "flags"> | undefined): LinkState | undefined {
  if (vehicle === undefined) return undefined;
  if ((vehicle.flags & liveFlag.lost) !== 0) return "lost";
  return (vehicle.flags & liveFlag.stale) !== 0 ? "stale" : "live";
}

function isUnheard(link: LinkState): boolean {
  return link === "lost" || link === "gone";
}

/**
 * An armed drone that is not heard any more: its session ends only when it returns or by hand.
 * Where the picture is old it may be heard all the same.
 */
export function mayClose({ armed, link }: VehicleStatus, trust: PictureTrust): boolean {
  return trust === "trusted" && armed && isUnheard(link);
}

/** Its open flight has no booking of its own. */
export function lacksBooking({ binding }: Pick<VehicleStatus, "binding">): boolean {
  return binding?.kind === "unbooked" || binding?.kind === "wrongDrone";
}

/** The shape that goes with a word, the same as on the map; none for what is normal. */
export type FlightSign = "emergency" | "high" | "low" | undefined;

export function flightSign(word: FlightWord): FlightSign {
  switch (word) {
    case "contingent":
      return "emergency";
    case "nonconforming":
    case "notHeard":
    case "wrongDrone":
      return "high";
    case "unbooked":
      return "low";
    case "conforming":
    case "early":
    case "late":
    case "ground":
      return undefined;
  }
}

const wordRank: Readonly<Record<FlightWord, number>> = {
  contingent: 0,
  nonconforming: 1,
  notHeard: 2,
  wrongDrone: 3,
  unbooked: 4,
  late: 5,
  early: 6,
  conforming: 7,
  ground: 8,
};

/** What needs eyes first; among equals by name, so that rows keep their place. */
export function orderFleet(statuses: Iterable<VehicleStatus>): VehicleStatus[] {
  return [...statuses].sort(
    (a, b) =>
      wordRank[flightWord(a)] - wordRank[flightWord(b)] ||
      a.name.localeCompare(b.name, "en", { numeric: true }) ||
      a.liveId - b.liveId,
  );
}
