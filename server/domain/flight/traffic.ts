// Aircraft and ships that our drones' receivers hear (ADS-B, AIS): the newest report of each, with
// its age and who heard it. Fed by the telemetry flow; read by what shows traffic near the site.
import {
  aircraftForgottenMs,
  trafficContactsMax,
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

/** The table. A report that is older than the one it has is not taken, whoever sends it. */
export class Traffic {
  /** Reported longest ago first. */
  private readonly contacts = new Map<string, HeardContact>();

  /** @param atMs receipt, epoch ms */
  hear(report: TrafficReport, atMs: number): void {
    const key = trafficKey(report);
    const contact: HeardContact = {
      key,
      report,
      heardBy: { sysid: report.sysid, compid: report.compid },
      receivedAtMs: atMs,
      heardAtMs: atMs - report.ageMs,
    };
    const known = this.contacts.get(key);
    if (known !== undefined && known.heardAtMs > contact.heardAtMs) return;
    this.contacts.delete(key);
    const [oldest] = this.contacts.keys();
    if (this.contacts.size >= trafficContactsMax && oldest !== undefined)
      this.contacts.delete(oldest);
    this.contacts.set(key, contact);
  }

  /** Forgets what has not been heard for too long. */
  tick(nowMs: number): void {
    for (const [key, { report, heardAtMs }] of this.contacts) {
      const limitMs = report.kind === "aircraft" ? aircraftForgottenMs : vesselForgottenMs;
      if (nowMs - heardAtMs > limitMs) this.contacts.delete(key);
    }
  }

  all(): Iterable<HeardContact> {
    return this.contacts.values();
  }
}

/** One aircraft or ship, whoever reports it. */
export function trafficKey(report: TrafficReport): string {
  if (report.kind === "vessel") return `mmsi:${String(report.mmsi).padStart(9, "0")}`;
  return `icao:${report.icaoAddress.toString(16).toUpperCase().padStart(6, "0")}`;
}
