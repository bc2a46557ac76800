// Aircraft and ships that our drones' receivers hear (ADS-B, AIS): the newest report of each, with
// its age and who heard it. Fed by the telemetry flow; read by what shows traffic near the site.
import {
  aircraftForgottenMs,
  trafficContactsMax,
  trafficOfHearerMax,
  vesselForgottenMs,
} from "../../../contract/wire/traffic.ts";
import type { AircraftReport, SampleSource, VesselReport } from "./sample.ts";

/** What one receiver says of one aircraft or ship. */
export type TrafficReport = AircraftReport | VesselReport;

export interface HeardContact {
  /** "icao:7CA1B2" or "mmsi:477123456". */
  readonly key: string;
  readonly report: TrafficReport;
  /** The component whose receiver heard it. */
  readonly heardBy: SampleSource;
  /** Receipt of the report, epoch ms. */
  readonly receivedAtMs: number;
  /** When the aircraft or ship was last heard: the receipt less the age that the report states. */
  readonly heardAtMs: number;
}

/**
 * The table, shared fairly: each hearing system has its own contacts, so many at most, in the order
 * first heard. What a receiver makes up takes the place of nothing that others hear, nor of what it
 * heard before. System ids have 8 bits, so that it is bounded.
 */
export class Traffic {
  /** By the system that heard it, then by key. */
  private readonly hearers = new Map<number, Map<string, HeardContact>>();

  /** @param atMs receipt, epoch ms */
  hear(report: TrafficReport, atMs: number): void {
    const { sysid, compid } = report;
    const key = trafficKey(report);
    const heardAtMs = atMs - report.ageMs;
    const heard = this.hearers.get(sysid) ?? new Map<string, HeardContact>();
    const known = heard.get(key);
    if (known !== undefined && known.heardAtMs > heardAtMs) return;
    if (known === undefined && heard.size >= trafficOfHearerMax) return;
    heard.set(key, { key, report, heardBy: { sysid, compid }, receivedAtMs: atMs, heardAtMs });
    this.hearers.set(sysid, heard);
  }

  /** Forgets what has not been heard for too long. */
  tick(nowMs: number): void {
    for (const [sysid, heard] of this.hearers) {
      for (const [key, { report, heardAtMs }] of heard) {
        const limitMs = report.kind === "aircraft" ? aircraftForgottenMs : vesselForgottenMs;
        if (nowMs - heardAtMs > limitMs) heard.delete(key);
      }
      if (heard.size === 0) this.hearers.delete(sysid);
    }
  }

  /**
   * Each aircraft and ship once, as whoever heard it last reports it. Of too many, the newest of
   * those who hear the most are left out.
   */
  all(): Iterable<HeardContact> {
    const newest = new Map<string, HeardContact>();
    for (const heard of this.hearers.values()) {
      for (const contact of heard.values()) {
        const other = newest.get(contact.key);
        if (other === undefined || contact.heardAtMs > other.heardAtMs) {
          newest.set(contact.key, contact);
        }
      }
    }
    return newest.size <= trafficContactsMax ? newest.values() : this.fairShare(newest);
  }

  /** One of each hearer in turn, the first heard first. */
  private fairShare(newest: ReadonlyMap<string, HeardContact>): Iterable<HeardContact> {
    const shared = new Map<string, HeardContact>();
    const lists = [...this.hearers.values()].map((heard) => [...heard.keys()]);
    for (let turn = 0; turn < trafficOfHearerMax; turn++) {
      for (const keys of lists) {
        const contact = newest.get(keys[turn] ?? "");
        if (contact !== undefined) shared.set(contact.key, contact);
        if (shared.size >= trafficContactsMax) return shared.values();
      }
    }
    return shared.values();
  }
}

/** One aircraft or ship, whoever reports it. */
export function trafficKey(report: TrafficReport): string {
  if (report.kind === "vessel") return `mmsi:${String(report.mmsi).padStart(9, "0")}`;
  return `icao:${report.icaoAddress.toString(16).toUpperCase().padStart(6, "0")}`;
}
