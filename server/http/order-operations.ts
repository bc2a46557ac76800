// The operations on drones in the API's table: commands, transfers, authority.
import { authoritySchema, takeOverSchema } from "../../contract/wire/authority.ts";
import { commandSchema } from "../../contract/wire/command.ts";
import { transferSchema } from "../../contract/wire/mission.ts";
import { listOf, type ApiOperation } from "./api-operation.ts";
import { commandRequestSchema } from "./commands.ts";
import { ordersQuerySchema } from "./list-orders.ts";
import { cancelledTransferSchema, transferRequestSchema } from "./transfers.ts";

export const orderOperations: readonly ApiOperation[] = [
  {
    method: "get",
    path: "/authority/{sessionId}",
    summary: "Who holds authority over a drone, and what you may do about it.",
    access: "authority.read",
    answer: authoritySchema,
  },
  {
    method: "post",
    path: "/authority/{sessionId}/request",
    summary: "Ask the holder for authority; the question lapses after two minutes.",
    access: "authority.request",
    answer: authoritySchema,
  },
  {
    method: "post",
    path: "/authority/{sessionId}/grant",
    summary: "Grant authority to who asks for it.",
    access: "authority.grant",
    answer: authoritySchema,
  },
  {
    method: "post",
    path: "/authority/{sessionId}/give-back",
    summary: "Give authority back to the crew of the booking.",
    access: "authority.giveBack",
    answer: authoritySchema,
  },
  {
    method: "post",
    path: "/authority/{sessionId}/take-over",
    summary: "The site takes authority over, with a reason, where the booking lets it command.",
    access: "authority.takeOver",
    body: takeOverSchema,
    answer: authoritySchema,
  },
  {
    method: "get",
    path: "/commands",
    summary: "Commands given to drones, newest first, each with every try and answer.",
    access: "command.read",
    query: ordersQuerySchema,
    answer: listOf("commands", commandSchema),
  },
  {
    method: "post",
    path: "/commands",
    summary:
      "Command a drone, as the holder of authority or taking over with a reason. The answer says " +
      "that it was sent; what becomes of it, GET /commands/{id} and the live socket say. One " +
      "Idempotency-Key sends one command.",
    access: "command.send",
    body: commandRequestSchema,
    answer: commandSchema,
    status: 201,
  },
  {
    method: "get",
    path: "/commands/{id}",
    summary: "One command: sent, accepted, rejected or not acknowledged; confirmed by its mode.",
    access: "command.read",
    answer: commandSchema,
  },
  {
    method: "get",
    path: "/transfers",
    summary: "Transfers of fences, missions and rally points, newest first.",
    access: "transfer.read",
    query: ordersQuerySchema,
    answer: listOf("transfers", transferSchema),
  },
  {
    method: "post",
    path: "/transfers",
    summary:
      "Upload (with read-back), download or clear a fence, a mission or rally points. A change " +
      "to an armed drone needs evenArmed.",
    access: "transfer.begin",
    body: transferRequestSchema,
    answer: transferSchema,
    status: 201,
  },
  {
    method: "get",
    path: "/transfers/{id}",
    summary: "One transfer, with what the drone holds where it was read.",
    access: "transfer.read",
    answer: transferSchema,
  },
  {
    method: "post",
    path: "/transfers/{id}/cancel",
    summary: "Stop a transfer under way.",
    access: "transfer.cancel",
    answer: cancelledTransferSchema,
  },
];
