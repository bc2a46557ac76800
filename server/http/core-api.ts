// The routers of accounts, sites and bookings, in the order of the API's table. Mounted by app.ts
// below /api/v1, behind the sessions and the body parser.
import { Router } from "express";
import type { SignIn } from "../accounts/sign-in.ts";
import type { BookingService } from "../booking/booking-service.ts";
import type { Store } from "../store/store.ts";
import { createAvailabilityRouter } from "./availability.ts";
import { createBookingsRouter } from "./bookings.ts";
import { createSessionRouter } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { createSitesRouter } from "./sites.ts";
import { createUsersRouter } from "./users.ts";
import { createVehiclesRouter } from "./vehicles.ts";

export interface CoreApiPorts {
  readonly store: Store;
  readonly service: BookingService;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly makeAircraftId: () => string;
  readonly nowMs: () => number;
  /** The newest plan that ingest judges by; 0 before the first. */
  readonly planVersionInForce: () => number;
  /** How many drones of each booking fly now. */
  readonly dronesFlying: () => ReadonlyMap<string, number>;
}

export function createCoreApi(ports: CoreApiPorts): Router {
  const { store, service, planVersionInForce } = ports;
  const router = Router();
  router.use(createSessionRouter(ports));
  router.use(createSitesRouter({ sites: store.sites, planVersionInForce }));
  router.use(
    createVehiclesRouter({
      aircraft: store.aircraft,
      makeAircraftId: ports.makeAircraftId,
      nowMs: ports.nowMs,
      planChanged: () => service.planChanged(),
    }),
  );
  router.use(createUsersRouter({ accounts: store.accounts }));
  router.use(createAvailabilityRouter({ sites: store.sites, bookings: store.bookings }));
  const surroundings = () => ({
    planVersionInForce: planVersionInForce(),
    dronesFlying: ports.dronesFlying(),
  });
  router.use(createBookingsRouter({ service, bookings: store.bookings, surroundings }));
  return router;
}
