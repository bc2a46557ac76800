// The log adapter: pino, one JSON object a line. Every program of the server takes its Log from
// here; what is logged is for operators of the system, in plain words with figures as fields.
import { pino } from "pino";
import type { LogLevel } from "./config.ts";

/** Facts beside the message; no passwords, tokens or cookies. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What the flows and adapters need of a log. An error goes in the field `error`. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/**
 * Opens the log on standard output. Lines are written at once, so that the last one before a
 * crash is there.
 *
 * @param program Named in every line, as "web" or "ingest".
 */
export function createLog(program: string, level: LogLevel): Log {
  const logger = pino(
    {
      level,
      base: { program },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination({ fd: 1, sync: true }),
  );
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}
