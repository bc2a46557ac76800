// Authority over drones: who holds it, asking for it, granting it, giving it back, and the site's
// taking over with a reason. Each is recorded with who did it.
import { Router, type Request } from "express";
import { z } from "zod";
import { takeOverSchema, type Authority } from "../../contract/wire/authority.ts";
import type { AuthorityAct } from "../domain/flight/authority.ts";
import { allow, personOf } from "./access.ts";
import {
  actOnAuthority,
  authorityOf,
  findDrone,
  notHolder,
  type CommandedDrone,
  type CommandedDronePorts,
} from "./commanded-drone.ts";
import { HttpProblem } from "./problem.ts";
import { readBody } from "./read-input.ts";

type DroneRequest = Request<{ sessionId: string }>;

const emptySchema = z.strictObject({});

export function createAuthorityRouter(ports: CommandedDronePorts): Router {
  const router = Router();
  const find = (request: DroneRequest): Promise<CommandedDrone> =>
    findDrone(ports, request.params.sessionId, personOf(request));
  const act = actOf(ports, find);

  router.get("/authority/:sessionId", allow("authority.read"), async (request, response) => {
    response.json(authorityOf(await find(request)));
  });

  router.post(
    "/authority/:sessionId/request",
    allow("authority.request"),
    async (request, response) => {
      readBody(emptySchema, request);
      const drone = await find(request);
      if (!drone.rights.request) throw notPossible("You hold it already, or may never command it.");
      response.json(await act(request, drone, "requested"));
    },
  );

  router.post(
    "/authority/:sessionId/grant",
    allow("authority.grant"),
    async (request, response) => {
      readBody(emptySchema, request);
      const drone = await find(request);
      const asking = drone.state?.request?.person;
      if (asking === undefined)
        throw notPossible("Nobody asks for it, or the question has lapsed.");
      if (!drone.rights.grant) throw notHolder(drone);
      response.json(await act(request, drone, "granted", { person: asking }));
    },
  );

  router.post(
    "/authority/:sessionId/give-back",
    allow("authority.giveBack"),
    async (request, response) => {
      readBody(emptySchema, request);
      const drone = await find(request);
      if (!drone.rights.giveBack) throw notHolder(drone);
      response.json(await act(request, drone, "gaveBack"));
    },
  );

  router.post(
    "/authority/:sessionId/take-over",
    allow("authority.takeOver"),
    async (request, response) => {
      const { reason } = readBody(takeOverSchema, request);
      const drone = await find(request);
      if (!drone.rights.takeOver) {
        throw notPossible("You hold it already, or its booking does not let the site command.");
      }
      response.json(await act(request, drone, "tookOver", { reason }));
    },
  );

  return router;
}

/** Records an act by the asking person, of themselves unless `person` says of whom. */
function actOf(
  ports: CommandedDronePorts,
  find: (request: DroneRequest) => Promise<CommandedDrone>,
) {
  return async (
    request: DroneRequest,
    drone: CommandedDrone,
    kind: AuthorityAct["kind"],
    more: { readonly person?: AuthorityAct["person"]; readonly reason?: string } = {},
  ): Promise<Authority> => {
    const { id, name, role } = personOf(request);
    const { person = { id, name, role }, reason = "" } = more;
    await actOnAuthority(ports, drone, { kind, person, byUserId: id, reason });
    return authorityOf(await find(request));
  };
}

function notPossible(detail: string): HttpProblem {
  const title = "Authority does not change";
  return new HttpProblem({ status: 409, kind: "authorityUnchanged", title, detail });
}
