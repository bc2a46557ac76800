// What the booking flow answered, as the problem a person is shown. Called by bookings.ts.
import type { Person } from "../../contract/wire/account.ts";
import type { Conflict, Fault, Verdict } from "../../contract/wire/problem.ts";
import { maySeeOrganisation } from "../accounts/permissions.ts";
import type { Refusal } from "../booking-flow.ts";
import type { StepRefusal } from "../booking/booking-steps.ts";
import { shownConflict } from "../domain/booking/conflict.ts";
import { staleVersion } from "./etag.ts";
import { describeFault, HttpProblem } from "./problem.ts";

function describeConflicts(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (first === undefined) return "Something is in the way.";
  const iso = (ms: number): string => new Date(ms).toISOString();
  const more = conflicts.length > 1 ? ` ${conflicts.length - 1} more in the way.` : "";
  return `${first.what} is taken from ${iso(first.startMs)} to ${iso(first.endMs)}.${more}`;
}

function describeVerdicts(verdicts: readonly Verdict[]): string {
  const broken = verdicts.filter(({ pass }) => !pass).map(({ rule }) => rule);
  return `Broken: ${broken.join(", ")}.`;
}

/** Well formed, but nothing that can be flown or acted on. */
export function unfitRequest(faults: readonly Fault[]): HttpProblem {
  const [first] = faults;
  const detail = first === undefined ? "" : describeFault(first, "The booking");
  const title = "The booking is not fit to be flown";
  return new HttpProblem({ status: 422, kind: "unfit", title, detail, faults });
}

/** Refused by what stands in the database or in the rules. */
export function refusalProblem(refusal: Refusal, person: Person): HttpProblem {
  switch (refusal.kind) {
    case "faults": {
      const { faults } = refusal;
      const [first] = faults;
      const where = first === undefined ? "" : describeFault(first, "The booking");
      const title = "The booking names what is not there";
      return new HttpProblem({ status: 422, kind: "unfit", title, detail: where, faults });
    }
    case "ruleFailed": {
      const { verdicts } = refusal;
      const detail = describeVerdicts(verdicts);
      const title = "A rule of the site is broken";
      return new HttpProblem({ status: 422, kind: "ruleFailed", title, detail, verdicts });
    }
    case "conflict": {
      const maySee = (organisationId: string) => maySeeOrganisation(person, organisationId);
      const conflicts = refusal.conflicts.map((conflict) => shownConflict(conflict, maySee));
      const detail = describeConflicts(conflicts);
      const title = "Something is in the way";
      return new HttpProblem({ status: 409, kind: "conflict", title, detail, conflicts });
    }
  }
}

/** Refused because of where the booking itself stands. */
export function stepProblem(refusal: StepRefusal, ifMatch: string): HttpProblem {
  switch (refusal.kind) {
    case "unknown": {
      const detail = "The booking was not found.";
      return new HttpProblem({ status: 404, kind: "notFound", title: "Not found", detail });
    }
    case "stale":
      return staleVersion(ifMatch, refusal.version);
    case "illegalStep": {
      const { from, wanted } = refusal;
      const detail = `The booking is ${from}: ${wanted} is not possible from there.`;
      const title = "Not possible any more";
      return new HttpProblem({ status: 409, kind: "illegalStep", title, detail });
    }
    case "flying": {
      const detail = "A drone of this booking is in the air; it can end once all have landed.";
      const title = "Still flying";
      return new HttpProblem({ status: 409, kind: "flying", title, detail });
    }
    case "flightsUnknown": {
      const detail =
        "The server has not yet taken in what is in the air: a drone of this booking may fly. " +
        "Nothing was changed; try again in a moment.";
      const title = "Perhaps still flying";
      return new HttpProblem({ status: 409, kind: "flightsUnknown", title, detail });
    }
  }
}

export function keyReused(key: string): HttpProblem {
  const detail = `Idempotency-Key ${key} came before with another body: use a new key.`;
  const title = "The key belongs to another request";
  return new HttpProblem({ status: 422, kind: "keyReused", title, detail });
}
