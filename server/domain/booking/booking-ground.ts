// What a booking is decided on: the site and its airspace as they stand, the aircraft and people
// it names, and what others hold nearby. Read by the store, judged by the rules.
import type { Pilot } from "../../../contract/wire/account.ts";
import type { Aircraft } from "../../../contract/wire/aircraft.ts";
import type { Resource, Site } from "../../../contract/wire/site.ts";
import type { Volume4D } from "../airspace/volume4d.ts";
import type { ZoneRecord } from "../airspace/zone-record.ts";

/** The versions that were current before anything else was read (the OVN of F3548). */
export interface GroundVersions {
  readonly airspaceId: string;
  readonly airspace: number;
  readonly siteId: string;
  readonly site: number;
  readonly organisationId: string;
  readonly organisation: number;
}

export interface BookingGround {
  readonly versions: GroundVersions;
  readonly site: Site;
  /** False: a controller decides every request. */
  readonly automaticAcceptance: boolean;
  readonly resources: readonly Resource[];
  /** The newest version of every zone of the airspace. */
  readonly zones: readonly ZoneRecord[];
  /** Of those asked for, the ones that exist, whoever owns them. */
  readonly aircraft: readonly Aircraft[];
  readonly pilots: readonly Pilot[];
}

/** Who holds something. */
export interface Holder {
  readonly bookingId: string;
  readonly organisationId: string;
  readonly organisationName: string;
}

export interface HeldVolume {
  readonly label: string;
  readonly volume: Volume4D;
  readonly holder: Holder;
}

/** One thing that only one booking holds at a time. */
export interface Unit {
  readonly kind: "resource" | "aircraft" | "sysid";
  readonly id: string;
}

export interface HeldUnit {
  readonly unit: Unit;
  /** Half-open, buffers included. */
  readonly startMs: number;
  readonly endMs: number;
  readonly holder: Holder;
}

/** What others hold in the box, band and window of a proposal: more than truly conflicts. */
export interface HeldNearby {
  readonly volumes: readonly HeldVolume[];
  readonly units: readonly HeldUnit[];
}
