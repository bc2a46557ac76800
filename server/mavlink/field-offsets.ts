// Where the fields of a message lie in its payload, looked up once at start: a wrong name fails
// then, not in flight. Used by the converters of to-sample.ts and traffic-report.ts.

import { definitionNamed } from "./dialect.ts";
import { fieldOf } from "./message-definition.ts";

/** Bytes from the start of the payload, by field name. */
export function fieldOffsets<Name extends string>(
  message: string,
  names: readonly Name[],
): Record<Name, number> {
  const definition = definitionNamed(message);
  const entries = names.map((name) => [name, fieldOf(definition, name).offset] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}
