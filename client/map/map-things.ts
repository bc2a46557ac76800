// What a page may ask the map to show beside drones, in words of the page. Turned into GeoJSON by
// map-features.ts.
import type { Footprint, Position } from "../../contract/wire/geometry.ts";

/** A booked or planned volume. `draft` is what is being filled in. */
export interface MapVolume {
  readonly id: string;
  readonly footprint: Footprint;
  readonly label: string;
  readonly tone: "mine" | "other" | "draft";
}

/** A pad, bay or station. */
export interface MapPlace {
  readonly id: string;
  readonly position: Position;
  readonly label: string;
}

/** A flown path in pieces; pieces are not joined. */
export interface MapTrack {
  readonly id: string;
  /** whole: the flight; flown: up to now; gap: where nothing was heard. */
  readonly tone: "whole" | "flown" | "gap";
  readonly pieces: readonly (readonly Position[])[];
}

/** An aircraft or ship that drones hear. */
export interface MapTraffic {
  readonly id: string;
  readonly kind: "aircraft" | "vessel";
  readonly position: Position;
  /** Where its sign points; up where it is not known. */
  readonly directionDeg: number | null;
  /** Lines are parted by line feeds. */
  readonly label: string;
}

/** Where an alarm was raised. */
export interface MapMark {
  readonly id: string;
  readonly position: Position;
  readonly label: string;
  readonly priority: "emergency" | "high" | "low";
}
