// /bookings: book, list, read, and the steps of a booking that stands. Another organisation's
// booking is answered as one that is not there.
import { Router, type Request, type Response } from "express";
import { z } from "zod";
import type { Person } from "../../contract/wire/account.ts";
import { bookingRequestSchema, bookingStateSchema } from "../../contract/wire/booking.ts";
import { lineOfText } from "../../contract/wire/plain-text.ts";
import { maySeeOrganisation } from "../accounts/permissions.ts";
import type { BookingAction, BookingService } from "../booking/booking-service.ts";
import {
  shownBooking,
  type BookingRecord,
  type BookingSurroundings,
} from "../domain/booking/booking-record.ts";
import { requestFaults } from "../domain/booking/request-faults.ts";
import { requestLimitFaults } from "../domain/booking/request-limits.ts";
import type { BookingCursor, BookingRepository } from "../store/ports.ts";
import { allow, personOf } from "./access.ts";
import { keyReused, refusalProblem, stepProblem, unfitRequest } from "./booking-problems.ts";
import { etagOf, versionAsked } from "./etag.ts";
import { ownOrganisationOf } from "./own-organisation.ts";
import { malformed, notFound } from "./problem.ts";
import { readBody, readQuery } from "./read-input.ts";
import { retryOf } from "./retry-key.ts";

const listMax = 200;

const epochMs = z.coerce.number().int().min(0).max(4_102_444_800_000);
export const bookingsQuerySchema = z.strictObject({
  siteId: z.string().max(60).optional(),
  /** Bookings whose window meets [from, to), epoch ms UTC. */
  from: epochMs.optional(),
  to: epochMs.optional(),
  state: bookingStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(listMax).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,16}_[\w-]{1,60}$/, "a nextCursor of an earlier answer")
    .optional(),
});

/** Why, in the person's words; kept in the booking's history. */
export const stepSchema = z.strictObject({ reason: lineOfText(0, 500).default("") });

const actions: readonly BookingAction[] = [
  "submit",
  "accept",
  "reject",
  "withdraw",
  "check-in",
  "release",
  "end",
];

export interface BookingsPorts {
  readonly service: BookingService;
  readonly bookings: BookingRepository;
  readonly surroundings: () => BookingSurroundings;
}

export function createBookingsRouter(ports: BookingsPorts): Router {
  const router = Router();
  const shown = (record: BookingRecord) => shownBooking(record, ports.surroundings());

  router.post("/bookings", allow("booking.create"), async (request, response) => {
    const person = personOf(request);
    const asked = readBody(bookingRequestSchema, request);
    const faults = requestFaults(asked);
    if (faults.length > 0) throw malformed(faults);
    const limitFaults = requestLimitFaults(asked);
    if (limitFaults.length > 0) throw unfitRequest(limitFaults);
    const outcome = await ports.service.book(person, asked, retryOf(request, person, request.body));
    if (outcome.kind === "keyReused") throw keyReused(request.get("idempotency-key") ?? "");
    if (outcome.kind !== "booked") throw refusalProblem(outcome, person);
    const { booking } = outcome;
    response.status(201).location(`/api/v1/bookings/${booking.id}`);
    response.set("etag", etagOf(booking.version)).json(shown(booking));
  });

  router.get("/bookings", allow("booking.read"), async (request, response) => {
    const { siteId, from, to, state, limit, cursor } = readQuery(bookingsQuerySchema, request);
    const filter = {
      organisationId: ownOrganisationOf(personOf(request)),
      siteId,
      fromMs: from,
      toMs: to,
      states: state === undefined ? undefined : [state],
    };
    const found = await ports.bookings.list(filter, readCursor(cursor), limit);
    const last = found.length < limit ? undefined : found.at(-1);
    const nextCursor = last === undefined ? null : `${last.startMs}_${last.id}`;
    const around = ports.surroundings();
    response.json({ bookings: found.map((one) => shownBooking(one, around)), nextCursor });
  });

  router.get("/bookings/:id", allow("booking.read"), async (request, response) => {
    const booking = await visible(ports, request.params.id, personOf(request));
    response.set("etag", etagOf(booking.version)).json(shown(booking));
  });

  for (const action of actions) {
    router.post(`/bookings/:id/${action}`, allow(`booking.${action}`), (request, response) =>
      takeStep(ports, action, request.params["id"], request, response),
    );
  }
  return router;
}

async function takeStep(
  ports: BookingsPorts,
  action: BookingAction,
  id: string,
  request: Request,
  response: Response,
): Promise<void> {
  const person = personOf(request);
  const { id: bookingId, version: newest } = await visible(ports, id, person);
  const version = versionAsked(request, newest);
  const { reason } = readBody(stepSchema, request);
  const outcome = await ports.service.act(action, { bookingId, version, person, reason });
  switch (outcome.kind) {
    case "done": {
      const { booking } = outcome;
      response.set("etag", etagOf(booking.version));
      response.json(shownBooking(booking, ports.surroundings()));
      return;
    }
    case "faults":
    case "ruleFailed":
    case "conflict":
      throw refusalProblem(outcome, person);
    case "unknown":
    case "stale":
    case "illegalStep":
    case "flying":
    case "flightsUnknown":
      throw stepProblem(outcome, request.get("if-match") ?? "none");
  }
}

async function visible(ports: BookingsPorts, id: string, person: Person): Promise<BookingRecord> {
  const booking = await ports.bookings.find(id);
  if (booking === undefined || !maySeeOrganisation(person, booking.organisationId)) {
    return notFound("The booking");
  }
  return booking;
}

function readCursor(text: string | undefined): BookingCursor | undefined {
  if (text === undefined) return undefined;
  const split = text.indexOf("_");
  return { startMs: Number(text.slice(0, split)), id: text.slice(split + 1) };
}
