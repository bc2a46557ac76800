// What the fleet list and the drone's panel say of a drone, from its status. Pure.
import type { VehicleStatus } from "../../contract/wire/live-status.ts";

/** How a drone stands to its booking, as one word of `controlMessages.flight`. */
export type FlightWord =
  | "conforming"
  | "nonconforming"
  | "contingent"
  | "unbooked"
  | "wrongDrone"
  | "early"
  | "late"
  | "ground";

export function flightWord(status: VehicleStatus): FlightWord {
  if (!status.armed) return "ground";
  if (status.conformance === "contingent") return "contingent";
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

/** An armed drone that is not heard any more: its session ends only when it returns or by hand. */
export function mayClose({ armed, link }: VehicleStatus): boolean {
  return armed && (link === "lost" || link === "gone");
}

/** Its open flight has no booking of its own. */
export function lacksBooking({ binding }: VehicleStatus): boolean {
  return binding?.kind === "unbooked" || binding?.kind === "wrongDrone";
}

/** The shape that goes with a word, the same as on the map; none for what is normal. */
export type FlightSign = "emergency" | "high" | "low" | undefined;

export function flightSign(word: FlightWord): FlightSign {
  switch (word) {
    case "contingent":
      return "emergency";
    case "nonconforming":
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
  wrongDrone: 2,
  unbooked: 3,
  late: 4,
  early: 5,
  conforming: 6,
  ground: 7,
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
