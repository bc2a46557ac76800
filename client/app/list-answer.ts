// The shape of every list of the API.
import type { ZodType } from "zod";
import { z } from "zod";

/** One page of a list; `nextCursor` asks for the next as `?cursor=`, null at the end. */
export function listOf<T>(item: ZodType<T>) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable().default(null) });
}
