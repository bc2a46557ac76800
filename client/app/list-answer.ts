// The shape of every list of the API: the collection's own name holds the rows.
import type { ZodType } from "zod";
import { z } from "zod";

/** One page of a list. `nextCursor` asks for the next as `?cursor=`, null at the end. */
export interface ListAnswer<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * The schema of the list `collection`.
 *
 * @example listOf("sites", siteSchema) // reads { sites: [...], nextCursor: null }
 */
export function listOf<T>(collection: string, item: ZodType<T>): ZodType<ListAnswer<T>> {
  return z
    .object({
      [collection]: z.array(item),
      nextCursor: z.string().nullish(),
    })
    .transform((answer) => ({
      items: answer[collection] as unknown as readonly T[],
      nextCursor: (answer["nextCursor"] as string | null | undefined) ?? null,
    }));
}
