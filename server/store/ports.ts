// What the flows, routers and pages' socket ask of the store, in domain words. One implementation
// on knex stands beside it: store.ts joins the repositories.
import type { Person, Role } from "../../contract/wire/account.ts";
import type { Aircraft, AircraftCreate } from "../../contract/wire/aircraft.ts";
import type { BookingState, Slot } from "../../contract/wire/booking.ts";
import type { AircraftSigning, SigningKeyOrigin } from "../../contract/wire/signing.ts";
import type { PreparedVolume, Resource, Site } from "../../contract/wire/site.ts";
import type { SigningPolicy, WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Zone } from "../../contract/wire/zone.ts";
import type { ZoneRecord } from "../domain/airspace/zone-record.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";

/** A person with what only sign-in may see. */
export interface StoredPerson {
  readonly person: Person;
  readonly passwordHash: string;
  readonly disabled: boolean;
}

export interface NewPerson {
  readonly id: string;
  readonly organisationId: string;
  /** Kept in small letters. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly phone: string;
  readonly passwordHash: string;
  readonly createdAtMs: number;
}

/** Who did it and when; nobody: the system itself. */
export interface Act {
  readonly atMs: number;
  readonly byUserId: string | null;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
}

/** Organisations and people. */
export interface AccountRepository {
  personByEmail(email: string): Promise<StoredPerson | undefined>;
  /** Undefined for the unknown and the disabled. */
  person(id: string): Promise<Person | undefined>;
  /** By name. `organisationId` undefined: of all organisations. */
  people(filter: { organisationId: string | undefined; role: Role | undefined }): Promise<Person[]>;
  organisations(): Promise<Organisation[]>;
  addOrganisation(organisation: Organisation): Promise<void>;
  addPerson(person: NewPerson): Promise<"added" | "emailTaken">;
  setPasswordHash(personId: string, passwordHash: string): Promise<void>;
}

/** Web sessions, by the SHA-256 of their id. */
export interface SessionRepository {
  read(idHash: string, nowMs: number): Promise<string | undefined>;
  write(idHash: string, data: string, expiresAtMs: number): Promise<void>;
  touch(idHash: string, expiresAtMs: number): Promise<void>;
  remove(idHash: string): Promise<void>;
  removeExpired(nowMs: number): Promise<void>;
}

/** A zone as a file states it. */
export type ZoneSeed = Omit<Zone, "version" | "sha256" | "inForce">;
export type SiteSeed = Omit<Site, "preparedVolumes">;

/** A site with everything on it. */
export interface SeededSite {
  readonly site: SiteSeed;
  readonly resources: readonly Resource[];
  readonly preparedVolumes: readonly PreparedVolume[];
}

/** Sites, resources, prepared volumes and zones. */
export interface SiteRepository {
  /** True before the first site is seeded. */
  isEmpty(): Promise<boolean>;
  sites(): Promise<Site[]>;
  resources(siteId?: string): Promise<Resource[]>;
  /** The newest version of every zone. */
  zones(): Promise<ZoneRecord[]>;
  /**
   * Makes sites and zones as given, under one airspace for all, in one transaction. What stands
   * there and is left out stays, where bookings name it.
   */
  seed(sites: readonly SeededSite[], zones: readonly ZoneSeed[], nowMs: number): Promise<void>;
  /** A zone equal to its newest version is left alone. Returns how many versions were added. */
  appendZoneVersions(zones: readonly ZoneSeed[], nowMs: number): Promise<number>;
}

export interface AircraftRepository {
  /** Undefined: of all organisations. By organisation, then name. */
  list(organisationId: string | undefined): Promise<Aircraft[]>;
  /** @param mayShareSysid False: refused where another organisation's aircraft has its sysid. */
  add(
    id: string,
    organisationId: string,
    aircraft: AircraftCreate,
    act: Act,
    mayShareSysid: boolean,
  ): Promise<Aircraft | "nameTaken" | "organisationUnknown" | "sysidOfAnother">;
  /** Undefined where its autopilot is not `before` any more: somebody was quicker. */
  setAutopilot(
    id: string,
    before: string | null,
    after: string | null,
    act: Act,
  ): Promise<Aircraft | undefined>;
}

/** A signing key as it is kept: only ingest opens it. */
export interface SealedKey {
  readonly keyId: string;
  /** As server/secret-box.ts writes it. */
  readonly sealed: string;
  /** No frame made with it is older, epoch ms; 0 where that is not known. */
  readonly sinceMs: number;
  readonly origin: SigningKeyOrigin;
}

/** Signing of one aircraft without its keys. */
export type StoredSigning = Omit<AircraftSigning, "aircraftId" | "live">;

/** Every change raises the plan's version and is told by an event without the key. */
export interface SigningRepository {
  find(aircraftId: string): Promise<StoredSigning>;
  setKey(aircraftId: string, key: SealedKey, act: Act): Promise<void>;
  /** The policy is off from then on. */
  removeKey(aircraftId: string, act: Act): Promise<void>;
  setPolicy(aircraftId: string, policy: SigningPolicy, act: Act): Promise<void>;
}

export interface BookingFilter {
  /** Undefined: of all organisations. */
  readonly organisationId: string | undefined;
  readonly siteId: string | undefined;
  /** Bookings whose window meets [fromMs, toMs). */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  readonly states: readonly BookingState[] | undefined;
}

/** Where a page of a list ended: bookings are listed by start, then id. */
export interface BookingCursor {
  readonly startMs: number;
  readonly id: string;
}

/** Reading bookings. Writing them is booking-desk.ts's. */
export interface BookingRepository {
  find(id: string): Promise<BookingRecord | undefined>;
  list(
    filter: BookingFilter,
    after: BookingCursor | undefined,
    limit: number,
  ): Promise<BookingRecord[]>;
  /** What is held at a site within [startMs, endMs), whoever holds it. */
  slots(siteId: string, startMs: number, endMs: number): Promise<Slot[]>;
}

/** The plan that ingest judges by. */
export interface PlanRepository {
  planVersion(): Promise<number>;
  readWatchPlan(nowMs: number): Promise<WatchPlan>;
  /**
   * Lets bookings into the plan that have come within its reach. True where the plan changed;
   * call it every few minutes.
   */
  extendHorizon(nowMs: number): Promise<boolean>;
}

/** One human act, kept for ever. */
export interface StoredEvent {
  readonly number: number;
  readonly atMs: number;
  readonly byUserId: string | null;
  readonly kind: string;
  readonly payload: unknown;
}

export interface EventRepository {
  /** Returns the number given: ascending from 1, without gaps. */
  append(event: Omit<StoredEvent, "number">): Promise<number>;
  /** Events after `number`, oldest first. */
  listAfter(number: number, limit: number): Promise<StoredEvent[]>;
  /** 0 where there are none. */
  lastNumber(): Promise<number>;
}
