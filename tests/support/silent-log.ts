// A log that keeps its messages for a test to look at.
import type { Log } from "../../server/log.ts";

/** Lines as "level message". */
export function createSilentLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
