// Joins the repositories over one open database. Made once by the web process and the commands.
import { createAccountRepository } from "./account-repository.ts";
import { createAnswerRepository, type AnswerRepository } from "./answers.ts";
import { createAircraftRepository } from "./aircraft-repository.ts";
import { createBookingDesk } from "./booking-desk.ts";
import type { BookingDesk } from "./booking-desk-port.ts";
import { createBookingRepository } from "./booking-repository.ts";
import type { Database } from "./database.ts";
import { createEventRepository } from "./event-repository.ts";
import { createPlanRepository } from "./plan-repository.ts";
import type {
  AccountRepository,
  AircraftRepository,
  BookingRepository,
  EventRepository,
  PlanRepository,
  SessionRepository,
  SigningRepository,
  SiteRepository,
} from "./ports.ts";
import { createSessionRepository } from "./session-repository.ts";
import { createSigningRepository } from "./signing-repository.ts";
import { createSiteRepository } from "./site-repository.ts";

export interface Store {
  readonly accounts: AccountRepository;
  readonly sessions: SessionRepository;
  readonly sites: SiteRepository;
  readonly aircraft: AircraftRepository;
  readonly signing: SigningRepository;
  readonly bookings: BookingRepository;
  readonly desk: BookingDesk;
  readonly plan: PlanRepository;
  readonly events: EventRepository;
  readonly answers: AnswerRepository;
}

export function createStore(database: Database): Store {
  return {
    accounts: createAccountRepository(database),
    sessions: createSessionRepository(database),
    sites: createSiteRepository(database),
    aircraft: createAircraftRepository(database),
    signing: createSigningRepository(database),
    bookings: createBookingRepository(database),
    desk: createBookingDesk(database),
    plan: createPlanRepository(database),
    events: createEventRepository(database),
    answers: createAnswerRepository(database),
  };
}
