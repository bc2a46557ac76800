// What goes over Socket.IO between the server and a page (WebSocket only, path /live).
//
// A page connects with its session cookie. The server sends `welcome`, then `picture` (the whole
// state the person may see, with both cursors), then `snapshot` every 50 ms and the deltas below.
// After a cut the page connects again and `picture` replaces what it had: nothing is lost, nothing
// doubled, since every alarm carries its journal and event number and the newest wins.
import type { Alarm } from "./alarm.ts";
import type { Booking } from "./booking.ts";
import type { Command } from "./command.ts";
import type { Flight } from "./flight.ts";
import type { VehicleStatus } from "./live-status.ts";
import type { Transfer } from "./mission.ts";
import type { Site } from "./site.ts";
import type { TrafficContact } from "./traffic.ts";
import type { Zone } from "./zone.ts";

export interface Welcome {
  readonly protocolVersion: number;
  readonly serverTimeMs: number;
}

/** The health of the picture: false where what is shown may not be trusted, with the reason. */
export interface PictureHealth {
  readonly ingestConnected: boolean;
  /** Age of the newest message from ingest at sending. */
  readonly ingestAgeMs: number;
  /** The plan that ingest judges by, and the newest there is. */
  readonly planVersionInForce: number;
  readonly planVersion: number;
}

export interface Picture {
  readonly journalNumber: number;
  readonly eventNumber: number;
  readonly sites: readonly Site[];
  readonly zones: readonly Zone[];
  readonly vehicles: readonly VehicleStatus[];
  /** Aircraft and ships that drones hear. */
  readonly traffic: readonly TrafficContact[];
  /** Not cleared, and those cleared within the last hour. */
  readonly alarms: readonly Alarm[];
  /** Ordered within the last ten minutes. */
  readonly commands: readonly Command[];
  readonly transfers: readonly Transfer[];
  /** Bookings of today the person may see. */
  readonly bookings: readonly Booking[];
  readonly health: PictureHealth;
}

/** Server to page. A binary `snapshot` is read by unpackSnapshot. */
export interface ServerToPage {
  welcome: (message: Welcome) => void;
  picture: (message: Picture) => void;
  snapshot: (bytes: ArrayBuffer) => void;
  /** Changed statuses; a vehicle gone for good is in `removed` by its liveId. */
  status: (message: { changed: VehicleStatus[]; removed: number[] }) => void;
  /** Aircraft and ships heard anew, at most once a second; those no longer heard by their key. */
  traffic: (message: { changed: TrafficContact[]; removed: string[] }) => void;
  alarm: (alarm: Alarm) => void;
  /** The whole command or transfer as it now stands; the highest revision is it. */
  command: (command: Command) => void;
  transfer: (transfer: Transfer) => void;
  /** Authority over this session's drone has changed: to be read again. */
  authority: (message: { sessionId: string }) => void;
  booking: (booking: Booking) => void;
  flight: (flight: Flight) => void;
  zones: (zones: Zone[]) => void;
  health: (health: PictureHealth) => void;
}

/** Pages ask by HTTP; the socket only tells. */
export type PageToServer = Record<string, never>;
