// One row of the API's table, and how lists are answered. Used by the tables of operations.
import { z, type ZodType } from "zod";
import type { Action } from "../accounts/permissions.ts";

export interface ApiOperation {
  readonly method: "get" | "post" | "patch" | "delete";
  /** Below /api/v1, parameters as `{id}`. */
  readonly path: string;
  readonly summary: string;
  /** What the person must be allowed; "anybody" for strangers too. */
  readonly access: Action | "anybody";
  readonly query?: ZodType;
  readonly body?: ZodType;
  /** A schema, bytes of a log, or nothing. */
  readonly answer: ZodType | "log" | "nothing";
  readonly status?: 201 | 204;
  /** The If-Match header with the version is required. */
  readonly changesVersion?: boolean;
}

/** A page of a collection with the cursor of the next. */
export function listOf(collection: string, item: ZodType): ZodType {
  return z.object({ [collection]: z.array(item), nextCursor: z.string().nullable() });
}
