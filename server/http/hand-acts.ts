// What controllers and admins do by hand to what is in the air: close the session of a drone that
// never returns, bind a flight to a booking. Ingest decides and journals it with who asked.
import { Router } from "express";
import type { z } from "zod";
import {
  bindSchema,
  type boundFlightSchema,
  type closedSessionSchema,
} from "../../contract/wire/hand-act.ts";
import type { AskIngest } from "../cluster/ingest-ask.ts";
import { isOwnBinding } from "../domain/flight/flight-binding.ts";
import { ownerOfFlight } from "../domain/flight/flight-owner.ts";
import type { FlightRepository } from "../store/flight-repository.ts";
import type { AircraftRepository } from "../store/ports.ts";
import { allow, personOf } from "./access.ts";
import { alreadyBound, noAnswerProblem, refusedBinding, stillHeard } from "./hand-act-problems.ts";
import { notFound } from "./problem.ts";
import { readBody } from "./read-input.ts";

export interface HandActsPorts {
  readonly flights: Pick<FlightRepository, "find">;
  readonly aircraft: Pick<AircraftRepository, "list">;
  readonly askIngest: AskIngest;
}

export function createHandActsRouter({ flights, aircraft, askIngest }: HandActsPorts): Router {
  const router = Router();

  router.post(
    "/vehicles/live/:sessionId/close",
    allow("vehicle.closeSession"),
    async (request, response) => {
      const { sessionId } = request.params;
      const byUserId = personOf(request).id;
      const answer = await askIngest({ kind: "closeSession", sessionId, byUserId });
      if (answer.kind === "closed") {
        const closed: z.infer<typeof closedSessionSchema> = {
          sessionId: answer.sessionId,
          flightId: answer.flightId,
        };
        response.json(closed);
        return;
      }
      if (answer.kind !== "refused") throw noAnswerProblem(answer);
      throw answer.reason === "stillHeard" ? stillHeard() : notFound("An open session of this id");
    },
  );

  router.post("/flights/:id/bind", allow("flight.bind"), async (request, response) => {
    const { bookingId } = readBody(bindSchema, request);
    const flightId = request.params.id;
    const known = await flights.find(flightId);
    if (known === undefined) notFound("The flight");
    const { binding } = known.flight;
    if (bookingId === null && binding.kind !== "byHand") throw refusedBinding("notBoundByHand");
    if (isOwnBinding(binding) && binding.kind !== "byHand") throw alreadyBound();
    const ownerId = ownerOfFlight(known.flight, await aircraft.list(undefined));
    const byUserId = personOf(request).id;
    const answer = await askIngest({
      kind: "bindFlight",
      flightId,
      bookingId,
      ownerId,
      byUserId,
    });
    if (answer.kind === "bound") {
      const bound: z.infer<typeof boundFlightSchema> = { flightId, bookingId: answer.bookingId };
      response.json(bound);
      return;
    }
    if (answer.kind !== "refused") throw noAnswerProblem(answer);
    throw refusedBinding(answer.reason);
  });

  return router;
}
