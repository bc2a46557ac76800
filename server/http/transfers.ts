// Fences, missions and rally points to and from drones: given by who holds authority, read by who
// may see the drone. Ingest carries them out; how they end comes back by the journal.
import { Router } from "express";
import { z } from "zod";
import { takeOverReasonSchema } from "../../contract/wire/authority.ts";
import { transferTaskSchema, type Transfer } from "../../contract/wire/mission.ts";
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
import { HttpProblem, notFound } from "./problem.ts";
import { readBody, readQuery } from "./read-input.ts";

/** POST /api/v1/transfers. */
export const transferRequestSchema = z.strictObject({
  sessionId: z.string().min(1).max(60),
  task: transferTaskSchema,
  /** The drone is armed, and the holder of authority says a second time that it shall be done. */
  evenArmed: z.boolean().default(false),
  takeOverReason: takeOverReasonSchema.optional(),
});

export const cancelledTransferSchema = z.strictObject({ id: z.string() });

export interface TransfersPorts extends CommandedDronePorts {
  readonly transfers: OrderRepository<Transfer>;
  /** Those that may not be in the database yet. */
  readonly transferBoard: { find(id: string): Transfer | undefined };
  readonly askIngest: AskIngest;
  readonly orderKeys: OrderKeys;
  readonly makeTransferId: () => string;
}

export function createTransfersRouter(ports: TransfersPorts): Router {
  const router = Router();

  const find = async (id: string): Promise<Transfer | undefined> =>
    ports.transferBoard.find(id) ?? (await ports.transfers.find(id));

  router.get("/transfers", allow("transfer.read"), async (request, response) => {
    const query = readQuery(ordersQuerySchema, request);
    const { orders, nextCursor } = await listOrders(ports.transfers, query, personOf(request));
    response.json({ transfers: orders, nextCursor });
  });

  router.get("/transfers/:id", allow("transfer.read"), async (request, response) => {
    const transfer = (await find(request.params.id)) ?? notFound();
    const { organisationId } = transfer.vehicle;
    response.json(maySeeOrganisation(personOf(request), organisationId) ? transfer : notFound());
  });

  router.post("/transfers", allow("transfer.begin"), async (request, response) => {
    const body = readBody(transferRequestSchema, request);
    const { sessionId, task, evenArmed, takeOverReason } = body;
    const person = personOf(request);
    const newId = ports.makeTransferId();
    const { orderId, known } = await askedOrder(ports, request, person, newId, find);
    if (known !== undefined) {
      response.status(201).json(known);
      return;
    }
    const drone = await findDrone(ports, sessionId, person);
    // Reading changes nothing on the drone: whoever may see it may read it.
    const takeOver = task.kind === "download" ? undefined : mayOrder(drone, takeOverReason);
    const answer = await ports.askIngest({
      kind: "transfer",
      transferId: orderId,
      sessionId,
      task,
      evenArmed,
      by: { userId: person.id, name: person.name },
      notAfterMs: ports.nowMs() + orderFreshMs,
    });
    if (answer.kind === "refused") throw notOrdered(answer.reason);
    if (answer.kind !== "begun") throw noAnswerProblem(answer);
    await takeOverWith(ports, drone, person, takeOver);
    response.status(201).json(answer.transfer);
  });

  // By who began it, or who could have.
  router.post("/transfers/:id/cancel", allow("transfer.cancel"), async (request, response) => {
    const person = personOf(request);
    const transfer = (await find(request.params.id)) ?? notFound();
    const drone = await findDrone(ports, transfer.vehicle.sessionId, person);
    if (transfer.by.userId !== person.id) mayOrder(drone, undefined);
    const answer = await ports.askIngest({ kind: "cancelTransfer", transferId: transfer.id });
    if (answer.kind === "notOpen") throw overAlready();
    if (answer.kind !== "cancelled") throw noAnswerProblem(answer);
    response.json({ id: transfer.id } satisfies z.infer<typeof cancelledTransferSchema>);
  });

  return router;
}

function overAlready(): HttpProblem {
  const title = "The transfer is over";
  const detail = "Expected a transfer under way; found one that has ended.";
  return new HttpProblem({ status: 409, kind: "transferOver", title, detail });
}
