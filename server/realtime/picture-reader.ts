// The whole state a page starts from: what the database holds of today, joined with what is live.
// Called by pages.ts for each page that connects; made by web.ts.
import type { Command } from "../../contract/wire/command.ts";
import type { Transfer } from "../../contract/wire/mission.ts";
import type { Picture } from "../../contract/wire/realtime.ts";
import { shownZone } from "../domain/airspace/zone-record.ts";
import { shownBooking } from "../domain/booking/booking-record.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";
import type { Store } from "../store/store.ts";
import type { AlarmBoard } from "./alarm-board.ts";
import type { LiveState } from "./live-picture.ts";
import type { OrderBoard } from "./order-board.ts";
import { alarmAsSeen, boundAsSeen } from "../domain/flight/seen-part.ts";
import type { TrafficBoard } from "./traffic-board.ts";
import { seenBy, sees, type View } from "./view.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Hong Kong has kept UTC+8 without summer time since 1979. */
const hongKongOffsetMs = 8 * hourMs;
/** Most bookings of one day that a page is given. */
const dayBookingsMax = 1_000;
const readingsMax = 5;
/** Commands and transfers of this time are given to a page that opens. */
const ordersShownMs = 10 * 60_000;

/** The day in Hong Kong that holds the moment, as half-open [startMs, endMs). */
export function hongKongDay(nowMs: number): { readonly startMs: number; readonly endMs: number } {
  const startMs = Math.floor((nowMs + hongKongOffsetMs) / dayMs) * dayMs - hongKongOffsetMs;
  return { startMs, endMs: startMs + dayMs };
}

export interface PictureReader {
  /** Something that pictures hold has changed: those being read are read again. */
  changed(): void;
  /** Reads for a view; what it returns joins the live half, and belongs to the same step. */
  pictureFor(view: View): Promise<() => Picture>;
  /** Today's bookings of the view. */
  bookingsOfToday(view: View): Promise<BookingRecord[]>;
}

export interface PictureReaderPorts {
  readonly store: Pick<Store, "sites" | "bookings" | "events">;
  readonly live: LiveState;
  readonly traffic: TrafficBoard;
  readonly board: AlarmBoard;
  readonly commands: OrderBoard<Command>;
  readonly transfers: OrderBoard<Transfer>;
  readonly journalNumber: () => number;
  readonly nowMs: () => number;
  /** How many drones of each booking fly now. */
  readonly dronesFlying: () => ReadonlyMap<string, number>;
}

export function createPictureReader(ports: PictureReaderPorts): PictureReader {
  const { store, live, board, nowMs } = ports;
  let changes = 0;

  const bookingsOfToday = (view: View): Promise<BookingRecord[]> => {
    const { startMs, endMs } = hongKongDay(nowMs());
    const organisationId = view.kind === "everything" ? undefined : view.organisationId;
    const window = { siteId: undefined, fromMs: startMs, toMs: endMs, states: undefined };
    return store.bookings.list({ organisationId, ...window }, undefined, dayBookingsMax);
  };

  const ordersSeen = <One extends Command | Transfer>(orders: OrderBoard<One>, view: View): One[] =>
    orders
      .since(nowMs() - ordersShownMs)
      .filter(({ vehicle }) => sees(view, vehicle.organisationId));

  const read = async (view: View): Promise<() => Picture> => {
    const [sites, zones, bookings, eventNumber] = await Promise.all([
      store.sites.sites(),
      store.sites.zones(),
      bookingsOfToday(view),
      store.events.lastNumber(),
    ]);
    return () => {
      const { planVersionInForce } = live;
      const surroundings = { planVersionInForce, dronesFlying: ports.dronesFlying() };
      return {
        journalNumber: ports.journalNumber(),
        eventNumber,
        sites,
        zones: zones.map((zone) => shownZone(zone, planVersionInForce)),
        vehicles: [...live.vehicles.values()]
          .filter((one) => sees(view, one.organisationId))
          .map((one) => boundAsSeen(seenBy(view), one)),
        traffic: ports.traffic.seenBy(view),
        alarms: board.list(nowMs()).flatMap((one) => alarmAsSeen(seenBy(view), one) ?? []),
        commands: ordersSeen(ports.commands, view),
        transfers: ordersSeen(ports.transfers, view),
        bookings: bookings.map((booking) => shownBooking(booking, surroundings)),
        health: live.health(),
      };
    };
  };

  return {
    changed() {
      changes += 1;
    },
    bookingsOfToday,
    async pictureFor(view) {
      for (let reading = 1; ; reading += 1) {
        const before = changes;
        const picture = await read(view);
        if (before === changes || reading >= readingsMax) return picture;
      }
    },
  };
}
