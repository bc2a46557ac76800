// /vehicles: registered aircraft. Everybody sees those of the own organisation, controllers and
// admins all; operators register their own organisation's, admins anybody's.
import { Router, type Request } from "express";
import {
  aircraftChangeSchema,
  aircraftCreateSchema,
  type Aircraft,
} from "../../contract/wire/aircraft.ts";
import type { AircraftRepository } from "../store/ports.ts";
import { allow, personOf } from "./access.ts";
import { demandTag, staleTag } from "./etag.ts";
import { ownOrganisationOf } from "./own-organisation.ts";
import { HttpProblem, notFound } from "./problem.ts";
import { readBody } from "./read-input.ts";

export interface VehiclesPorts {
  readonly aircraft: AircraftRepository;
  readonly makeAircraftId: () => string;
  readonly nowMs: () => number;
  /** The registry is part of the watch plan. */
  readonly planChanged: () => void;
}

function unfit(path: string, expected: string, found: string): HttpProblem {
  const title = "The aircraft cannot be registered";
  const detail = `${path}: expected ${expected}; found ${found}.`;
  const faults = [{ path, expected, found }];
  return new HttpProblem({ status: 422, kind: "unfit", title, detail, faults });
}

/** Its drone and another company's could not be told apart on the air. */
function sysidOfAnother(sysid: number): HttpProblem {
  const title = "Another company has registered this system id";
  const expected = "a system id that no other company has, or an admin to register it";
  const found = String(sysid);
  const detail = `sysid: expected ${expected}; found ${found}.`;
  const faults = [{ path: "sysid", expected, found }];
  return new HttpProblem({ status: 409, kind: "sysidOfAnother", title, detail, faults });
}

/** The autopilot is all that changes of an aircraft, and so its version. */
function tagOf({ autopilotUid }: Aircraft): string {
  return `"${autopilotUid ?? "none"}"`;
}

export function createVehiclesRouter(ports: VehiclesPorts): Router {
  const router = Router();
  router.get("/vehicles", allow("vehicle.read"), async (request, response) => {
    const vehicles = await ports.aircraft.list(ownOrganisationOf(personOf(request)));
    response.json({ vehicles, nextCursor: null });
  });
  const find = async (request: Request<{ id: string }>): Promise<Aircraft> => {
    const all = await ports.aircraft.list(ownOrganisationOf(personOf(request)));
    return all.find(({ id }) => id === request.params.id) ?? notFound("The aircraft");
  };
  router.get("/vehicles/:id", allow("vehicle.read"), async (request, response) => {
    const aircraft = await find(request);
    response.set("etag", tagOf(aircraft)).json(aircraft);
  });
  router.patch("/vehicles/:id", allow("vehicle.change"), async (request, response) => {
    const aircraft = await find(request);
    demandTag(request, tagOf(aircraft));
    const { autopilotUid } = readBody(aircraftChangeSchema, request);
    const act = { atMs: Math.floor(ports.nowMs()), byUserId: personOf(request).id };
    const { id, autopilotUid: before } = aircraft;
    const changed = await ports.aircraft.setAutopilot(id, before, autopilotUid, act);
    if (changed === undefined) throw staleTag(tagOf(aircraft), tagOf(await find(request)));
    ports.planChanged();
    response.set("etag", tagOf(changed)).json(changed);
  });
  router.post("/vehicles", allow("vehicle.register"), async (request, response) => {
    const person = personOf(request);
    const asked = readBody(aircraftCreateSchema, request);
    const organisationId = asked.organisationId ?? person.organisationId;
    const own = ownOrganisationOf(person);
    if (own !== undefined && organisationId !== own) {
      throw unfit("organisationId", "your own organisation, or nothing", organisationId);
    }
    const act = { atMs: Math.floor(ports.nowMs()), byUserId: person.id };
    const id = ports.makeAircraftId();
    const added = await ports.aircraft.add(id, organisationId, asked, act, own === undefined);
    if (added === "sysidOfAnother") throw sysidOfAnother(asked.sysid);
    if (added === "organisationUnknown") {
      throw unfit("organisationId", "an organisation that is there", organisationId);
    }
    if (added === "nameTaken") {
      throw unfit("name", "a name that none of the organisation's aircraft has", asked.name);
    }
    ports.planChanged();
    response.status(201).location(`/api/v1/vehicles/${added.id}`).json(added);
  });
  return router;
}
