// Every message of a tlog as lines of JSON, for scripts: `npm run log -- dump FILE --json`.

import { decodeFields } from "../mavlink/decode.ts";
import type { FieldValue } from "../mavlink/decode.ts";
import { createTlogReader } from "../mavlink/tlog.ts";
import { messageName } from "./message-name.ts";

export interface DumpOptions {
  /** Only messages of these names; all where absent. */
  readonly types?: ReadonlySet<string>;
}

/**
 * One JSON object a message, in file order: `timeUs`, `sysid`, `compid`, `seq`, `name`, `fields`.
 * Fields have the names of the message definitions and raw wire units. What JSON cannot hold is
 * written so: 64-bit integers as decimal strings, NaN and the infinities as strings, -0 as -0.0.
 * The key of a SETUP_SIGNING is null.
 */
export function* dumpTlog(bytes: Uint8Array, options: DumpOptions = {}): Generator<string> {
  const reader = createTlogReader(bytes);
  const { frame } = reader.record;
  while (reader.next()) {
    const name = messageName(frame);
    if (options.types && !options.types.has(name)) continue;
    const { stampUs } = reader.record;
    yield (
      `{"timeUs":${stampUs},"sysid":${frame.sysid},"compid":${frame.compid},` +
      `"seq":${frame.sequence},"name":"${name}","fields":${fieldsJson(name, decodeFields(frame))}}`
    );
  }
}

function fieldsJson(messageName: string, fields: Record<string, FieldValue>): string {
  const isKeyMessage = messageName === "SETUP_SIGNING";
  const entries = Object.entries(fields).map(([name, value]) => {
    const json = isKeyMessage && name === "secret_key" ? "null" : valueJson(value);
    return `"${name}":${json}`;
  });
  return `{${entries.join(",")}}`;
}

function valueJson(value: FieldValue): string {
  if (Array.isArray(value)) return `[${value.map(valueJson).join(",")}]`;
  if (typeof value === "bigint") return `"${value}"`;
  if (typeof value === "string") return JSON.stringify(value);
  if (Object.is(value, -0)) return "-0.0";
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}
