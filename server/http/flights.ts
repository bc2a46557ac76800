// Flights: who flew, how it kept to its booking, its track, its time line and its raw log.
// Operators and pilots see those of their own organisation, controllers and admins all.
import { Readable } from "node:stream";
import { Router, type Response } from "express";
import { z } from "zod";
import type { Person } from "../../contract/wire/account.ts";
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Flight } from "../../contract/wire/flight.ts";
import type { FlightRecord } from "../domain/flight/flight-record.ts";
import type { ByteRange } from "../domain/flight/record-range.ts";
import { flightLog, type ReplayPorts } from "../replay-flow.ts";
import { LogReaderBusy, type LogReader } from "../replay/log-reader.ts";
import type { VisibleLog } from "../replay/visible-log.ts";
import type { FlightRepository } from "../store/flight-repository.ts";
import { boundAsSeen, conditionAsSeen } from "../domain/flight/seen-part.ts";
import { seenByPerson } from "../accounts/permissions.ts";
import { allow, personOf } from "./access.ts";
import { rangeOfRecord, sendLog, type LogSource } from "./log-download.ts";
import { notFound, unavailable } from "./problem.ts";
import { readQuery } from "./read-input.ts";
import { ownOrganisationOf } from "./own-organisation.ts";

export interface FlightsPorts {
  readonly flights: FlightRepository;
  readonly replay: Pick<ReplayPorts, "recordBytes" | "index">;
  readonly reader: LogReader;
  readonly alarmsOf: (flightId: string) => Promise<readonly AlarmCondition[]>;
  readonly log: LogSource;
  /** What people of the flight's organisation may have of its log. */
  readonly visibleLog: (record: FlightRecord, range: ByteRange) => Promise<VisibleLog>;
}

const whole: VisibleLog = { kind: "whole" };

const listMax = 200;

export const flightsQuerySchema = z.strictObject({
  siteId: z.string().max(60).optional(),
  bookingId: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(listMax).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,16}(\.\d{1,6})?_[\w-]{1,60}$/, "a nextCursor of an earlier answer")
    .optional(),
});

export function createFlightsRouter(ports: FlightsPorts): Router {
  const router = Router();

  router.get("/flights", allow("flight.read"), async (request, response) => {
    const query = readQuery(flightsQuerySchema, request);
    const person = personOf(request);
    const filter = {
      organisationId: ownOrganisationOf(person),
      siteId: query.siteId,
      bookingId: query.bookingId,
    };
    const found = await ports.flights.list(filter, readCursor(query.cursor), query.limit);
    const last = found.length < query.limit ? undefined : found.at(-1)?.flight;
    const maySee = seenByPerson(person);
    response.json({
      flights: found.map(({ flight }) => boundAsSeen(maySee, flight)),
      nextCursor: last === undefined ? null : cursorOf(last),
    });
  });

  router.get("/flights/:id", allow("flight.read"), async (request, response) => {
    const { flight } = await find(request.params.id, personOf(request));
    response.json(boundAsSeen(seenByPerson(personOf(request)), flight));
  });

  router.get("/flights/:id/track", allow("flight.read"), async (request, response) => {
    const record = await find(request.params.id, personOf(request));
    sendJson(response, (await read(ports.reader.track(record))) ?? notFound());
  });

  router.get("/flights/:id/events", allow("flight.read"), async (request, response) => {
    const record = await find(request.params.id, personOf(request));
    const alarms = alarmsSeen(personOf(request), await ports.alarmsOf(record.flight.id));
    sendJson(response, (await read(ports.reader.events(record, alarms))) ?? notFound());
  });

  router.get("/flights/:id/log", allow("flight.read"), async (request, response) => {
    const record = await find(request.params.id, personOf(request));
    const range = (await flightLog(ports.replay, record)) ?? notFound();
    const { flight } = record;
    const seesAll = ownOrganisationOf(personOf(request)) === undefined;
    const log = seesAll ? whole : await read(ports.visibleLog(record, range));
    const name = `${flight.id}-${range.fromByte}-${range.toByte}`;
    if (log.kind === "whole") {
      await sendLog(request, response, {
        ...rangeOfRecord(ports.log, flight.sessionId, range),
        etag: `"${flight.sha256 ?? name}"`,
        fileName: logName(flight, ""),
        isFiltered: false,
      });
      return;
    }
    await sendLog(request, response, {
      bytes: log.bytes,
      read: (from, to) => Readable.from(log.read(from, to)),
      etag: `"${name}-without-${log.choice.hidden.join("-")}"`,
      fileName: logName(flight, "_filtered"),
      isFiltered: true,
    });
  });

  /** Who may not see a flight is not told that it exists. */
  async function find(id: string, person: ReturnType<typeof personOf>): Promise<FlightRecord> {
    const record = (await ports.flights.find(id)) ?? notFound();
    const own = ownOrganisationOf(person);
    return own === undefined || record.flight.organisationId === own ? record : notFound();
  }

  return router;
}

function alarmsSeen(person: Person, conditions: readonly AlarmCondition[]): AlarmCondition[] {
  const maySee = seenByPerson(person);
  return conditions.flatMap((condition) => conditionAsSeen(maySee, condition) ?? []);
}

async function read<Answer>(reading: Promise<Answer>): Promise<Answer> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof LogReaderBusy)) throw error;
    throw unavailable("Many logs are being read; ask again in a few seconds.", 5);
  }
}

/** Sends an answer that is text already. */
function sendJson(response: Response, text: Uint8Array): void {
  response.type("json").send(Buffer.from(text.buffer, text.byteOffset, text.byteLength));
}

function readCursor(text: string | undefined): { armedAtMs: number; id: string } | undefined {
  if (text === undefined) return undefined;
  const split = text.indexOf("_");
  return { armedAtMs: Number(text.slice(0, split)), id: text.slice(split + 1) };
}

function cursorOf(flight: Flight): string {
  return `${flight.armedAtMs}_${flight.id}`;
}

/** As "2026-11-22T06-05-09Z_sysid-3.tlog". */
function logName({ armedAtMs, sysid }: Flight, mark: string): string {
  const at = new Date(armedAtMs).toISOString().slice(0, 19).replaceAll(":", "-");
  return `${at}Z_sysid-${sysid}${mark}.tlog`;
}
