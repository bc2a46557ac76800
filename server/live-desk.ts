// The live half of the web process: what ingest tells becomes the live picture and goes out to the
// pages, with changes of bookings, flights, alarms and zones. Made by web.ts.
import type { IncomingMessage, Server } from "node:http";
import type { Person } from "../contract/wire/account.ts";
import type { Alarm } from "../contract/wire/alarm.ts";
import type { Command } from "../contract/wire/command.ts";
import type { JournalEntry } from "../contract/wire/journal-event.ts";
import type { Transfer } from "../contract/wire/mission.ts";
import type { TrafficContact } from "../contract/wire/traffic.ts";
import type { IngestHello, LiveFeedListener } from "./cluster/live-feed.ts";
import { shownZone } from "./domain/airspace/zone-record.ts";
import { shownBooking, type BookingRecord } from "./domain/booking/booking-record.ts";
import type { FlightRecord } from "./domain/flight/flight-record.ts";
import type { Log } from "./log.ts";
import type { AlarmBoard } from "./realtime/alarm-board.ts";
import type { OrderBoard } from "./realtime/order-board.ts";
import { createLivePicture, type LiveState } from "./realtime/live-picture.ts";
import { openPages, type Pages } from "./realtime/pages.ts";
import { createPictureReader } from "./realtime/picture-reader.ts";
import { alarmAsSeen, boundAsSeen } from "./domain/flight/seen-part.ts";
import { createTrafficBoard, type TrafficBoard } from "./realtime/traffic-board.ts";
import { seenBy, sees } from "./realtime/view.ts";
import type { Store } from "./store/store.ts";

export interface LiveDeskPorts {
  readonly log: Log;
  readonly nowMs: () => number;
  readonly store: Store;
  readonly board: AlarmBoard;
  readonly commands: OrderBoard<Command>;
  readonly transfers: OrderBoard<Transfer>;
  readonly journalNumber: () => number;
  /** How many drones of each booking fly now. */
  readonly dronesFlying: () => ReadonlyMap<string, number>;
  readonly personOf: (request: IncomingMessage) => Promise<Person | undefined>;
  /** Host of PUBLIC_URL, where one is set. */
  readonly publicHost: string | undefined;
}

/** Who else hears of what comes from ingest. */
export interface IngestHearers {
  readonly onHello: (hello: IngestHello) => void;
  readonly onJournal: (entry: JournalEntry) => void;
}

/** Tells pages what happened in the air. */
export interface AirTellers {
  readonly showAlarm: (alarm: Alarm) => void;
  readonly showFlight: (record: FlightRecord) => void;
  readonly showCommand: (command: Command) => void;
  readonly showTransfer: (transfer: Transfer) => void;
  /** Pages that show the drone read its authority again. */
  readonly showAuthority: (organisationId: string | null, sessionId: string) => void;
}

export interface LiveDesk extends AirTellers {
  readonly live: LiveState;
  /** Aircraft and ships that drones hear. */
  readonly traffic: Pick<TrafficBoard, "seenBy">;
  listener(hearers: IngestHearers): LiveFeedListener;
  /** A plan of this version was read; pages hear which zones it brought. */
  readonly planRead: (version: number) => void;
  readonly showBooking: (booking: BookingRecord) => void;
  /** Every page takes the whole picture anew. */
  readonly restartPages: () => void;
  readonly pageCount: () => number;
  close(): Promise<void>;
}

const healthEveryMs = 1_000;
const ageEveryMs = 250;

export function createLiveDesk(http: Server, ports: LiveDeskPorts): LiveDesk {
  const { log, nowMs } = ports;
  const picture = createLivePicture(nowMs);
  const { now: live } = picture;
  const traffic = createTrafficBoard(nowMs);
  const reader = createPictureReader({ ...ports, live, traffic });
  const pages = openPages(http, {
    log,
    nowMs,
    personOf: ports.personOf,
    mayOpen: (origin, host) => mayOpen(origin, [host, ports.publicHost]),
    pictureFor: (view) => reader.pictureFor(view),
    vehicle: (liveId) => live.vehicles.get(liveId),
  });
  const tellHealth = (): void => pages.tellAll("health", live.health());
  /** Pages hear of what grows old while ingest is away. */
  const tellAged = (): void => {
    const aged = picture.age();
    if (aged.length > 0) pages.status(aged, []);
  };
  const timers = [setInterval(tellHealth, healthEveryMs), setInterval(tellAged, ageEveryMs)];

  const showBooking = (booking: BookingRecord): void => {
    reader.changed();
    const { planVersionInForce } = live;
    const shown = shownBooking(booking, { planVersionInForce, dronesFlying: ports.dronesFlying() });
    pages.tell("booking", booking.organisationId, shown);
  };
  const follow = createPlanFollower(ports, live, reader, {
    zones: (zones) => pages.tellAll("zones", zones),
    showBooking,
  });
  const followDrones = createDronesFollower(ports, showBooking);

  return {
    live,
    traffic,
    showBooking,
    restartPages: () => pages.restart(),
    pageCount: () => pages.count(),
    planRead(version) {
      picture.planRead(version);
      follow();
    },
    ...tellersOf(pages, followDrones),
    listener: (hearers) =>
      feedListener(picture, pages, hearers, {
        tellHealth,
        tellAged,
        follow,
        showTraffic: (contacts) => pages.traffic(traffic.take(contacts)),
      }),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await pages.close();
    },
  };
}

interface FeedSteps {
  readonly tellHealth: () => void;
  readonly tellAged: () => void;
  readonly follow: () => void;
  readonly showTraffic: (contacts: readonly TrafficContact[]) => void;
}

/** What ingest tells goes into the picture, to the pages, and to whoever else hears of it. */
function feedListener(
  picture: ReturnType<typeof createLivePicture>,
  pages: ReturnType<typeof openPages>,
  { onHello, onJournal }: IngestHearers,
  { tellHealth, tellAged, follow, showTraffic }: FeedSteps,
): LiveFeedListener {
  return {
    onUp(hello) {
      pages.status([], picture.up(hello));
      onHello(hello);
      tellHealth();
      follow();
    },
    onDown() {
      picture.down();
      // Nobody hears them now; what still flies is told again within a second of its return.
      showTraffic([]);
      tellHealth();
      tellAged();
    },
    onJournal,
    onSnapshot(bytes) {
      picture.snapshot(bytes);
      pages.snapshot(bytes);
    },
    onStatus(changed, removed) {
      picture.status(changed, removed);
      pages.status(changed, removed);
    },
    onLinks: (report) => picture.wire(report),
    onTraffic: showTraffic,
    onPlanAcknowledged(version) {
      picture.planAcknowledged(version);
      tellHealth();
      follow();
    },
  };
}

/** What happened in the air, to those who see whose it is. */
function tellersOf(pages: Pages, flightShown: () => void): AirTellers {
  return {
    showAlarm: (alarm) => pages.tellSeen("alarm", (view) => alarmAsSeen(seenBy(view), alarm)),
    showFlight({ flight }) {
      pages.tellSeen("flight", (view) =>
        sees(view, flight.organisationId) ? boundAsSeen(seenBy(view), flight) : undefined,
      );
      flightShown();
    },
    showCommand: (command) => pages.tell("command", command.vehicle.organisationId, command),
    showTransfer: (transfer) => pages.tell("transfer", transfer.vehicle.organisationId, transfer),
    showAuthority: (organisationId, sessionId) =>
      pages.tell("authority", organisationId, { sessionId }),
  };
}

type PictureReader = ReturnType<typeof createPictureReader>;

/** Tells pages what another plan, or its coming into force, changed: zones, and bookings' mark. */
function createPlanFollower(
  { log, store }: LiveDeskPorts,
  live: LiveState,
  reader: PictureReader,
  tell: {
    readonly zones: (zones: ReturnType<typeof shownZone>[]) => void;
    readonly showBooking: (booking: BookingRecord) => void;
  },
): () => void {
  let lastZones = "";
  let lastInForce = 0;
  let turn = Promise.resolve();
  const look = async (): Promise<void> => {
    const inForce = live.planVersionInForce;
    const zones = (await store.sites.zones()).map((zone) => shownZone(zone, inForce));
    const text = JSON.stringify(zones);
    if (text !== lastZones) tell.zones(zones);
    lastZones = text;
    if (inForce === lastInForce) return;
    for (const booking of await reader.bookingsOfToday({ kind: "everything" })) {
      const version = booking.planVersion ?? 0;
      if (version > lastInForce && version <= inForce) tell.showBooking(booking);
    }
    lastInForce = inForce;
  };
  return () => {
    reader.changed();
    turn = turn.then(look).catch((error: unknown) => {
      log.error("Pages were not told of the plan's change.", { error });
    });
  };
}

/** Shows a booking anew once another number of its drones flies: that alone writes no booking. */
function createDronesFollower(
  { log, store, dronesFlying }: LiveDeskPorts,
  showBooking: (booking: BookingRecord) => void,
): () => void {
  let shown = dronesFlying();
  return () => {
    const [before, now] = [shown, dronesFlying()];
    shown = now;
    for (const id of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(id) === now.get(id)) continue;
      const showing = store.bookings.find(id).then((booking) => {
        if (booking !== undefined) showBooking(booking);
      });
      showing.catch((error: unknown) => {
        log.error("Pages were not told how many drones of a booking fly.", { error, id });
      });
    }
  };
}

/** Pages of our own address only; programs send no origin. */
function mayOpen(origin: string | undefined, ownHosts: readonly (string | undefined)[]): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && ownHosts.includes(new URL(origin).host);
}
