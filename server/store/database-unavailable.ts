// The database cannot be asked at the moment: thrown by the adapters, answered with 503 by
// http/problem.ts. Whether a change that was under way was kept is not known then.

/** `cause` is what the driver said; it is for the log alone. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(`The database does not answer: ${driverMessage(cause)}`, { cause });
  }
}

/** What a driver's error says, in one line. */
export function driverMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node tries every address of a host name and tells of all: the last says enough.
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : undefined;
  if (last !== undefined) return driverMessage(last);
  return error.message.replaceAll(/\s+/g, " ");
}
