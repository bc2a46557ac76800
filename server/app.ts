// Wires the HTTP side without listening: which router answers what, with which part of the system
// behind it. Called by web.ts, and by tests.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeId } from "../contract/ids.ts";
import type { Command } from "../contract/wire/command.ts";
import type { Transfer } from "../contract/wire/mission.ts";
import type { Alarm, AlarmCondition } from "../contract/wire/alarm.ts";
import { createSignIn } from "./accounts/sign-in.ts";
import type { BookingService } from "./booking/booking-service.ts";
import type { AskIngest } from "./cluster/ingest-ask.ts";
import type { Config } from "./config.ts";
import { createAlarmsRouter } from "./http/alarms.ts";
import { createAuthorityRouter } from "./http/authority.ts";
import type { CommandedDronePorts } from "./http/commanded-drone.ts";
import { createCommandsRouter } from "./http/commands.ts";
import { createCoreApi } from "./http/core-api.ts";
import { createFlightsRouter } from "./http/flights.ts";
import { createHandActsRouter } from "./http/hand-acts.ts";
import { createHealthRouter } from "./http/health.ts";
import { createHttpApp } from "./http/http-app.ts";
import type { LogSource } from "./http/log-download.ts";
import { createMetricsRouter } from "./http/metrics.ts";
import { createOpenApiRouter } from "./http/openapi.ts";
import { createPageConfigRouter } from "./http/page-config.ts";
import { createPageFiles } from "./http/page-files.ts";
import { createRecordsRouter } from "./http/records.ts";
import { sameOriginOnly } from "./http/same-origin.ts";
import type { Sessions } from "./http/sessions.ts";
import { createVehicleSigningRouter } from "./http/vehicle-signing.ts";
import { createTrafficRouter } from "./http/traffic.ts";
import { createTransfersRouter } from "./http/transfers.ts";
import { createVehiclesLiveRouter } from "./http/vehicles-live.ts";
import type { Log } from "./log.ts";
import type { AuthorityBoard } from "./realtime/authority-board.ts";
import type { OrderBoard } from "./realtime/order-board.ts";
import type { AlarmBoard } from "./realtime/alarm-board.ts";
import type { LiveState } from "./realtime/live-picture.ts";
import type { TrafficBoard } from "./realtime/traffic-board.ts";
import { viewOf } from "./realtime/view.ts";
import type { LogReader } from "./replay/log-reader.ts";
import { createVisibleLogs } from "./replay/visible-log.ts";
import type { ReplayPorts } from "./replay-flow.ts";
import { signingKeyAbout, type SecretBox } from "./secret-box.ts";
import type { AuthorityRepository } from "./store/authority-repository.ts";
import type { OrderRepository } from "./store/order-repository.ts";
import type { AlarmRepository } from "./store/alarm-repository.ts";
import type { FlightRepository } from "./store/flight-repository.ts";
import type { Store } from "./store/store.ts";

/** What the database and the boards know of orders to drones. */
export interface OrderingPorts {
  readonly commands: OrderRepository<Command>;
  readonly transfers: OrderRepository<Transfer>;
  readonly authority: Pick<AuthorityRepository, "record">;
  readonly boards: {
    readonly commands: OrderBoard<Command>;
    readonly transfers: OrderBoard<Transfer>;
    readonly authority: AuthorityBoard;
  };
  readonly showAuthority: CommandedDronePorts["showAuthority"];
}

export interface AppPorts {
  readonly config: Config;
  /** Folder of the checkout. */
  readonly root: string;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly store: Store;
  readonly flights: FlightRepository;
  readonly alarms: AlarmRepository;
  readonly ordering: OrderingPorts;
  readonly sessions: Sessions;
  readonly bookings: BookingService;
  readonly board: AlarmBoard;
  readonly live: LiveState;
  readonly traffic: Pick<TrafficBoard, "seenBy">;
  /** How many drones of each booking fly now. */
  readonly dronesFlying: () => ReadonlyMap<string, number>;
  readonly replay: Pick<ReplayPorts, "recordBytes" | "index">;
  readonly reader: LogReader;
  /** The alarms of a flight. */
  readonly alarmsOf: (flightId: string) => Promise<readonly AlarmCondition[]>;
  readonly records: LogSource;
  readonly showAlarm: (alarm: Alarm) => void;
  readonly askIngest: AskIngest;
  /** What secrets in the database are encrypted with. */
  readonly secrets: SecretBox;
  readonly pageCount: () => number;
}

/** The handler for a server that somebody else opens. */
export function createApp(ports: AppPorts): ReturnType<typeof createHttpApp> {
  const { config, log, nowMs, store, live, flights, replay, records } = ports;
  const { sessions, bookings: service } = ports;
  const picture = (): ReturnType<LiveState["health"]> => live.health();
  return createHttpApp({
    log,
    makeErrorId: () => randomBytes(8).toString("hex"),
    mapboxToken: config.mapboxToken,
    isHttps: config.publicUrl?.startsWith("https:") ?? false,
    trustProxy: config.trustProxy,
    watch: [
      createHealthRouter({ picture, touchDatabase: () => store.plan.planVersion() }),
      createMetricsRouter({
        picture,
        wire: () => live.wire,
        vehicleCount: () => live.vehicles.size,
        pageCount: ports.pageCount,
      }),
    ],
    openApi: [createPageConfigRouter(config), createOpenApiRouter()],
    apiMiddleware: [sameOriginOnly(config.publicUrl), ...sessions.middleware],
    api: [
      createVehiclesLiveRouter(live),
      createTrafficRouter((person) => ports.traffic.seenBy(viewOf(person))),
      createCoreApi({
        store,
        service,
        sessions,
        nowMs,
        signIn: createSignIn(store.accounts, randomBytes(32).toString("hex")),
        makeAircraftId: () => makeId("aircraft", randomBytes(20)),
        planVersionInForce: () => live.planVersionInForce,
        dronesFlying: ports.dronesFlying,
      }),
      createHandActsRouter({ flights, aircraft: store.aircraft, askIngest: ports.askIngest }),
      createVehicleSigningRouter({
        aircraft: store.aircraft,
        signing: store.signing,
        events: store.events,
        askIngest: ports.askIngest,
        nowMs,
        makeKeyId: () => randomBytes(10).toString("hex"),
        sealKey: (key, id) => ports.secrets.seal(key, signingKeyAbout(id), randomBytes(12)),
        planChanged: () => service.planChanged(),
      }),
      ...orderRoutersOf(ports),
      createFlightsRouter({ ...ports, log: records, visibleLog: visibleLogsOf(ports) }),
      createRecordsRouter({ replay, log: records, hasSession: (id) => flights.hasSession(id) }),
      createAlarmsRouter({
        nowMs,
        board: ports.board,
        acknowledge: (act) => ports.alarms.acknowledge(act),
        showAlarm: ports.showAlarm,
      }),
    ],
    page: createPageFiles(join(ports.root, "dist", "client")),
  });
}

/** Commands, transfers and authority decide by the same drone, booking and holder. */
function orderRoutersOf(ports: AppPorts) {
  const { ordering, store, live, nowMs, askIngest } = ports;
  const { boards, showAuthority } = ordering;
  const drone: CommandedDronePorts = {
    vehicles: live.vehicles,
    findBooking: (id) => store.bookings.find(id),
    authority: boards.authority,
    record: (act) => ordering.authority.record(act),
    showAuthority,
    nowMs,
  };
  return [
    createAuthorityRouter(drone),
    createCommandsRouter({
      ...drone,
      commands: ordering.commands,
      commandBoard: boards.commands,
      askIngest,
      orderKeys: store.answers,
      makeCommandId: () => makeId("command", randomBytes(20)),
    }),
    createTransfersRouter({
      ...drone,
      transfers: ordering.transfers,
      transferBoard: boards.transfers,
      askIngest,
      orderKeys: store.answers,
      makeTransferId: () => makeId("transfer", randomBytes(20)),
    }),
  ];
}

/** Whose frames others may see is asked of flights and registry. */
function visibleLogsOf({ config, flights, store, reader }: AppPorts) {
  return createVisibleLogs({
    reader,
    flightsOfSysid: async (sysid, beforeMs) =>
      (await flights.ofSysid(sysid, beforeMs)).map(({ flight }) => flight),
    registered: () => store.aircraft.list(undefined),
    ourSysid: config.mavlinkSysid,
  });
}
