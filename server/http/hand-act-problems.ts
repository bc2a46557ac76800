// Why something asked of ingest was not done, as problems for a person. Called by hand-acts.ts.
import type { AnswerOf, NoAnswer } from "../cluster/ingest-ask.ts";
import { HttpProblem } from "./problem.ts";

type BindRefusal = Extract<AnswerOf<"bindFlight">, { kind: "refused" }>["reason"];

export function stillHeard(): HttpProblem {
  const title = "The drone is still heard";
  const detail =
    "Expected a drone whose link is lost; found one that is heard. Its session ends by itself.";
  return new HttpProblem({ status: 409, kind: "stillHeard", title, detail });
}

export function alreadyBound(): HttpProblem {
  const title = "The flight has a booking";
  const detail = "Expected a flight without a booking of its own; found one that is bound already.";
  return new HttpProblem({ status: 409, kind: "alreadyBound", title, detail });
}

export function refusedBinding(reason: BindRefusal): HttpProblem {
  switch (reason) {
    case "alreadyBound":
      return alreadyBound();
    case "unknownBooking": {
      const title = "No such booking to bind to";
      const detail =
        "Expected a booking that drones are judged by now; found none of this id. Bookings are " +
        "known until 15 minutes after their end.";
      return new HttpProblem({ status: 409, kind: "unknownBooking", title, detail });
    }
    case "unknownFlight": {
      const title = "The flight cannot be bound any more";
      const detail = "Expected a flight that the telemetry service has recorded; it has none such.";
      return new HttpProblem({ status: 409, kind: "unknownFlight", title, detail });
    }
    case "outsideWindow": {
      const title = "The booking is for another time";
      const detail =
        "Expected a booking whose window, or the 15 minutes before or after it, the flight " +
        "overlaps; found one for another time.";
      return new HttpProblem({ status: 409, kind: "outsideWindow", title, detail });
    }
    case "otherCompany": {
      const title = "The booking is another company's";
      const detail =
        "Expected a booking of the company whose aircraft flew; found one of another company.";
      return new HttpProblem({ status: 409, kind: "otherCompany", title, detail });
    }
    case "notBoundByHand": {
      const title = "There is no binding to take back";
      const detail = "Expected a flight that was bound by hand; found one that was not.";
      return new HttpProblem({ status: 409, kind: "notBoundByHand", title, detail });
    }
    case "bookingOver": {
      const title = "The booking is over";
      const detail = "Expected an accepted or activated booking; found one that has ended.";
      return new HttpProblem({ status: 409, kind: "bookingOver", title, detail });
    }
  }
}

/** The telemetry service gave no answer; says whether it may have been done all the same. */
export function noAnswerProblem(answer: NoAnswer): HttpProblem {
  const title = "The telemetry service did not answer";
  return new HttpProblem({ status: 503, kind: answer.kind, title, detail: noAnswerDetail(answer) });
}

function noAnswerDetail(answer: NoAnswer): string {
  switch (answer.kind) {
    case "unreachable":
      return answer.wasSent
        ? "The connection broke meanwhile: it may have been done. Look before trying again."
        : "It is not connected. Nothing was done; try again when it is back.";
    case "timedOut":
      return "No answer came in time: it may have been done. Look before trying again.";
    case "busy":
      return "It is asked too much at once. Nothing was done; try again in a moment.";
    case "failed":
      return "It failed at this; its log says why.";
  }
}
