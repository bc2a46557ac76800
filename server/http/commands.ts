// Commands to drones: given by who holds authority, listed with each try and answer. Ingest sends
// them; what becomes of them comes back by the journal.
import { Router } from "express";
import { z } from "zod";
import { takeOverReasonSchema } from "../../contract/wire/authority.ts";
import { commandActionSchema, type Command } from "../../contract/wire/command.ts";
import { maySeeOrganisation } from "../accounts/permissions.ts";
import type { AskIngest } from "../cluster/ingest-ask.ts";
import { orderFreshMs } from "../cluster/order-asks.ts";
import type { OrderRepository } from "../store/order-repository.ts";
import { allow, personOf } from "./access.ts";
import { findDrone, mayOrder, takeOverWith, type CommandedDronePorts } from "./commanded-drone.ts";
import { noAnswerProblem } from "./hand-act-problems.ts";
import { listOrders, ordersQuerySchema } from "./list-orders.ts";
import { notOrdered } from "./order-problems.ts";
import { askedOrder, type OrderKeys } from "./order-retry.ts";
import { notFound } from "./problem.ts";
import { readBody, readQuery } from "./read-input.ts";

/** POST /api/v1/commands. */
export const commandRequestSchema = z.strictObject({
  sessionId: z.string().min(1).max(60),
  action: commandActionSchema,
  /** The site's people who do not hold authority take over with the command, for this reason. */
  takeOverReason: takeOverReasonSchema.optional(),
});

export interface CommandsPorts extends CommandedDronePorts {
  readonly commands: OrderRepository<Command>;
  /** Those that may not be in the database yet. */
  readonly commandBoard: { find(id: string): Command | undefined };
  readonly askIngest: AskIngest;
  readonly orderKeys: OrderKeys;
  readonly makeCommandId: () => string;
}

export function createCommandsRouter(ports: CommandsPorts): Router {
  const router = Router();
  const findCommand = async (id: string): Promise<Command | undefined> =>
    ports.commandBoard.find(id) ?? (await ports.commands.find(id));

  router.get("/commands", allow("command.read"), async (request, response) => {
    const query = readQuery(ordersQuerySchema, request);
    const { orders, nextCursor } = await listOrders(ports.commands, query, personOf(request));
    response.json({ commands: orders, nextCursor });
  });

  router.get("/commands/:id", allow("command.read"), async (request, response) => {
    const { id } = request.params;
    const command = (await findCommand(id)) ?? notFound();
    const { organisationId } = command.vehicle;
    response.json(maySeeOrganisation(personOf(request), organisationId) ? command : notFound());
  });

  // The role says who may ever command; who may command this drone now, its authority says.
  router.post("/commands", allow("command.send"), async (request, response) => {
    const { sessionId, action, takeOverReason } = readBody(commandRequestSchema, request);
    const person = personOf(request);
    const newId = ports.makeCommandId();
    const { orderId, known } = await askedOrder(ports, request, person, newId, findCommand);
    if (known !== undefined) {
      response.status(201).json(known);
      return;
    }
    const drone = await findDrone(ports, sessionId, person);
    const takeOver = mayOrder(drone, takeOverReason);
    const answer = await ports.askIngest({
      kind: "command",
      commandId: orderId,
      sessionId,
      action,
      by: { userId: person.id, name: person.name },
      notAfterMs: ports.nowMs() + orderFreshMs,
    });
    if (answer.kind === "refused") throw notOrdered(answer.reason);
    if (answer.kind !== "sent") throw noAnswerProblem(answer);
    await takeOverWith(ports, drone, person, takeOver);
    response.status(201).json(answer.command);
  });

  return router;
}
