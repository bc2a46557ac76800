// The Idempotency-Key of a request that may come again: same key and same body, same answer. Read
// by the bookings router and by order-retry.ts.
import { createHash } from "node:crypto";
import type { Request } from "express";
import type { Person } from "../../contract/wire/account.ts";
import type { Retry } from "../booking-flow.ts";
import { canonicalJson } from "../store/canonical-json.ts";
import { malformed } from "./problem.ts";

const keyLengthMax = 200;

/**
 * The person's key and the hash of what is asked; undefined where the request has no key.
 *
 * @param asked What must be the same for the key to mean the same request.
 */
export function retryOf(request: Request, person: Person, asked: unknown): Retry | undefined {
  const key = request.get("idempotency-key");
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > keyLengthMax) {
    const expected = `1 to ${keyLengthMax} characters`;
    const found = `${key.length} characters`;
    throw malformed([{ path: "Idempotency-Key", expected, found }]);
  }
  const bodySha256 = createHash("sha256").update(canonicalJson(asked)).digest("hex");
  return { key: { personId: person.id, key }, bodySha256 };
}
