// Every operation of the API in one table, with the schemas that validate it. The OpenAPI document
// is made of it; a test holds it against the routes that are mounted.
import { z } from "zod";
import { personSchema, pilotSchema, signInSchema } from "../../contract/wire/account.ts";
import {
  aircraftChangeSchema,
  aircraftCreateSchema,
  aircraftSchema,
} from "../../contract/wire/aircraft.ts";
import { acknowledgeRequestSchema, alarmSchema } from "../../contract/wire/alarm.ts";
import { bookingRequestSchema, bookingSchema, slotSchema } from "../../contract/wire/booking.ts";
import { flightEventsSchema } from "../../contract/wire/flight-event.ts";
import { flightSchema, trackColumnsSchema } from "../../contract/wire/flight.ts";
import {
  bindSchema,
  boundFlightSchema,
  closedSessionSchema,
} from "../../contract/wire/hand-act.ts";
import { vehicleStatusSchema, wireReportSchema } from "../../contract/wire/live-status.ts";
import {
  aircraftSigningSchema,
  signingKeyRequestSchema,
  signingPolicyRequestSchema,
} from "../../contract/wire/signing.ts";
import { resourceSchema, siteSchema } from "../../contract/wire/site.ts";
import { trafficContactSchema } from "../../contract/wire/traffic.ts";
import { zoneSchema } from "../../contract/wire/zone.ts";
import { listOf, type ApiOperation } from "./api-operation.ts";
import { availabilitySchema } from "./availability.ts";
import { bookingsQuerySchema, stepSchema } from "./bookings.ts";
import { alarmsQuerySchema } from "./alarms.ts";
import { flightsQuerySchema } from "./flights.ts";
import { orderOperations } from "./order-operations.ts";
import { resourcesQuerySchema } from "./sites.ts";
import { usersQuerySchema } from "./users.ts";

const livePositionSchema = z.object({
  latDeg: z.number(),
  lngDeg: z.number(),
  altitudeAmslM: z.number(),
  altitudeAboveHomeM: z.number(),
  headingDeg: z.number().nullable(),
  groundSpeedMps: z.number(),
  climbMps: z.number(),
  ageMs: z.number().describe("Age of the position now; it goes on while ingest is away."),
});
const vehiclesLiveSchema = z.object({
  vehicles: z.array(vehicleStatusSchema.extend({ position: livePositionSchema.nullable() })),
  ...wireReportSchema.shape,
});
const availableSchema = z.object({
  siteId: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  slots: z.array(slotSchema),
  freeResourceIds: z.array(z.string()),
});
const pageConfigSchema = z.object({
  protocolVersion: z.number(),
  demo: z.boolean(),
  mapboxToken: z.string().nullable(),
});

const bookingSteps = {
  submit: "Submit a draft: it is decided as if sent now.",
  accept: "Accept a request; every rule and conflict is looked at again.",
  reject: "Reject a request.",
  withdraw: "Withdraw; what it held is free at once.",
  "check-in": "Say that the crew is there.",
  release: "Release for take-off.",
  end: "End early, once all its drones have landed.",
} as const;

const account: readonly ApiOperation[] = [
  {
    method: "post",
    path: "/session",
    summary: "Sign in; the answer sets the session's cookie.",
    access: "anybody",
    body: signInSchema,
    answer: personSchema,
  },
  {
    method: "get",
    path: "/session",
    summary: "Who is signed in.",
    access: "session.read",
    answer: personSchema,
  },
  {
    method: "delete",
    path: "/session",
    summary: "Sign out.",
    access: "session.end",
    answer: "nothing",
    status: 204,
  },
  {
    method: "get",
    path: "/users",
    summary: "People of the own organisation; with role=pilot who may be named in a booking.",
    access: "user.read",
    query: usersQuerySchema,
    answer: listOf("users", z.union([personSchema, pilotSchema])),
  },
];

const site: readonly ApiOperation[] = [
  {
    method: "get",
    path: "/config",
    summary: "What a page must know before anybody signs in.",
    access: "anybody",
    answer: pageConfigSchema,
  },
  {
    method: "get",
    path: "/openapi.json",
    summary: "This document.",
    access: "anybody",
    answer: z.looseObject({}),
  },
  {
    method: "get",
    path: "/sites",
    summary: "The test sites with their prepared volumes.",
    access: "site.read",
    answer: listOf("sites", siteSchema),
  },
  {
    method: "get",
    path: "/resources",
    summary: "Pads, charging bays and landing stations.",
    access: "resource.read",
    query: resourcesQuerySchema,
    answer: listOf("resources", resourceSchema),
  },
  {
    method: "get",
    path: "/zones",
    summary: "The newest version of every zone.",
    access: "zone.read",
    answer: listOf("zones", zoneSchema),
  },
  {
    method: "post",
    path: "/availability",
    summary: "What is taken within a window, whoever holds it.",
    access: "availability.read",
    body: availabilitySchema,
    answer: availableSchema,
  },
];

const bookings: readonly ApiOperation[] = [
  {
    method: "get",
    path: "/bookings",
    summary: "Bookings by start, of the own organisation.",
    access: "booking.read",
    query: bookingsQuerySchema,
    answer: listOf("bookings", bookingSchema),
  },
  {
    method: "post",
    path: "/bookings",
    summary: "Book, or say why not (422 with verdicts, 409 with what is in the way).",
    access: "booking.create",
    body: bookingRequestSchema,
    answer: bookingSchema,
    status: 201,
  },
  {
    method: "get",
    path: "/bookings/{id}",
    summary: "One booking; its version is the ETag.",
    access: "booking.read",
    answer: bookingSchema,
  },
  ...(Object.keys(bookingSteps) as (keyof typeof bookingSteps)[]).map((step): ApiOperation => ({
    method: "post",
    path: `/bookings/{id}/${step}`,
    summary: bookingSteps[step],
    access: `booking.${step}`,
    body: stepSchema,
    answer: bookingSchema,
    changesVersion: true,
  })),
];

const signingStep = { access: "vehicle.sign", answer: aircraftSigningSchema } as const;
const vehicleSigning: readonly ApiOperation[] = [
  {
    method: "get",
    path: "/vehicles/{id}/signing",
    summary: "An aircraft's MAVLink signing: policy, key (never its value), what is seen.",
    access: "vehicle.readSigning",
    answer: aircraftSigningSchema,
  },
  {
    method: "post",
    path: "/vehicles/{id}/signing/key",
    summary: "Set its signing key; the one before holds until the drone uses the new one.",
    body: signingKeyRequestSchema,
    ...signingStep,
  },
  {
    method: "delete",
    path: "/vehicles/{id}/signing/key",
    summary: "Remove its signing keys; the policy is off from then on.",
    ...signingStep,
  },
  {
    method: "post",
    path: "/vehicles/{id}/signing/policy",
    summary: "Whether its frames must be signed.",
    body: signingPolicyRequestSchema,
    ...signingStep,
  },
  {
    method: "post",
    path: "/vehicles/{id}/signing/send",
    summary: "Send the key to the drone, which must be heard and disarmed.",
    ...signingStep,
  },
  {
    method: "post",
    path: "/vehicles/{id}/signing/disable",
    summary: "Switch signing off on the drone, which must be heard and disarmed.",
    ...signingStep,
  },
];

const air: readonly ApiOperation[] = [
  {
    method: "get",
    path: "/vehicles",
    summary: "Registered aircraft of the own organisation.",
    access: "vehicle.read",
    answer: listOf("vehicles", aircraftSchema),
  },
  {
    method: "post",
    path: "/vehicles",
    summary: "Register an aircraft.",
    access: "vehicle.register",
    body: aircraftCreateSchema,
    answer: aircraftSchema,
    status: 201,
  },
  {
    method: "get",
    path: "/vehicles/{id}",
    summary: "One aircraft; its version is the ETag.",
    access: "vehicle.read",
    answer: aircraftSchema,
  },
  {
    method: "patch",
    path: "/vehicles/{id}",
    summary: "Change which autopilot the aircraft carries; null forgets it.",
    access: "vehicle.change",
    body: aircraftChangeSchema,
    answer: aircraftSchema,
    changesVersion: true,
  },
  ...vehicleSigning,
  {
    method: "get",
    path: "/vehicles/live",
    summary: "Live state of every vehicle, and the counters of every link.",
    access: "vehicle.readLive",
    answer: vehiclesLiveSchema,
  },
  {
    method: "get",
    path: "/traffic",
    summary: "Aircraft and ships that drones hear, with age; the hearer for who may see it.",
    access: "traffic.read",
    answer: listOf("contacts", trafficContactSchema),
  },
  {
    method: "post",
    path: "/vehicles/live/{sessionId}/close",
    summary: "Close the session of a drone whose link is lost; an armed flight ends with it.",
    access: "vehicle.closeSession",
    answer: closedSessionSchema,
  },
  {
    method: "get",
    path: "/flights",
    summary: "Flights, newest first, of the own organisation.",
    access: "flight.read",
    query: flightsQuerySchema,
    answer: listOf("flights", flightSchema),
  },
  {
    method: "get",
    path: "/flights/{id}",
    summary: "One flight.",
    access: "flight.read",
    answer: flightSchema,
  },
  {
    method: "post",
    path: "/flights/{id}/bind",
    summary: "Bind a flight that has no booking of its own, flying or ended, to a booking.",
    access: "flight.bind",
    body: bindSchema,
    answer: boundFlightSchema,
  },
  {
    method: "get",
    path: "/flights/{id}/track",
    summary: "Its track in columns, with the gaps.",
    access: "flight.read",
    answer: trackColumnsSchema,
  },
  {
    method: "get",
    path: "/flights/{id}/events",
    summary: "Its time line: arming, modes, texts, alarms.",
    access: "flight.read",
    answer: flightEventsSchema,
  },
  {
    method: "get",
    path: "/flights/{id}/log",
    summary:
      "Its raw log, a tlog; byte ranges are served. Where the header Skyrange-Log is " +
      '"filtered", frames of another company\'s drone on the link are left out, and the hash of ' +
      "the seal does not fit.",
    access: "flight.read",
    answer: "log",
  },
  {
    method: "get",
    path: "/records/{id}",
    summary: "A session's whole record, a tlog; byte ranges are served.",
    access: "record.read",
    answer: "log",
  },
  {
    method: "get",
    path: "/alarms",
    summary: "Alarms that stand, ended unseen, or ended within the hour.",
    access: "alarm.read",
    query: alarmsQuerySchema,
    answer: listOf("alarms", alarmSchema),
  },
  {
    method: "post",
    path: "/alarms/{id}/acknowledge",
    summary: "Acknowledge an alarm.",
    access: "alarm.acknowledge",
    body: acknowledgeRequestSchema,
    answer: alarmSchema,
  },
];

/** In the order of the document. */
export const apiOperations: readonly ApiOperation[] = [
  ...account,
  ...site,
  ...bookings,
  ...air,
  ...orderOperations,
];
