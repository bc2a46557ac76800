// Orders that are sent again under the same Idempotency-Key (a double click, a retry after a cut
// connection): the key stands for one order id, which ingest carries out at most once. Called by
// the command and transfer routers.
import type { Request } from "express";
import type { Person } from "../../contract/wire/account.ts";
import type { IdempotencyKey, KeptAnswer } from "../store/booking-desk-port.ts";
import { keyReused } from "./booking-problems.ts";
import { retryOf } from "./retry-key.ts";

/** Where the keys are kept. */
export interface OrderKeys {
  /** Keeps the answer unless one is kept already; returns the one that is kept then. */
  keep(key: IdempotencyKey, kept: KeptAnswer, atMs: number): Promise<KeptAnswer>;
}

/** What the key stands for. */
interface KeptOrder {
  readonly orderId: string;
}

/** The order that this request asks for; `known` where it was carried out under its key before. */
export interface AskedOrder<One> {
  readonly orderId: string;
  readonly known: One | undefined;
}

/**
 * A new order, or under a key that came before the one it stood for then. What was refused then
 * may be asked for again under its key.
 *
 * @throws HttpProblem 422 where the key came with another request.
 */
export async function askedOrder<One>(
  { orderKeys, nowMs }: { readonly orderKeys: OrderKeys; readonly nowMs: () => number },
  request: Request,
  person: Person,
  newId: string,
  find: (id: string) => Promise<One | undefined>,
): Promise<AskedOrder<One>> {
  const asked = { path: request.path, body: request.body as unknown };
  const retry = retryOf(request, person, asked);
  if (retry === undefined) return { orderId: newId, known: undefined };
  const { key, bodySha256 } = retry;
  const answer: KeptOrder = { orderId: newId };
  const kept = await orderKeys.keep(key, { bodySha256, answer }, nowMs());
  if (kept.bodySha256 !== bodySha256) throw keyReused(key.key);
  const { orderId } = kept.answer as KeptOrder;
  return { orderId, known: orderId === newId ? undefined : await find(orderId) };
}
