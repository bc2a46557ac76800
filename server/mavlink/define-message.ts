// A message definition made from its fields as the message definition XML lists them: the order on
// the wire, the offsets and the checksum seed follow from them. Used by the tables of messages that
// the metadata package lacks, and by tests to check the seed of every message.
// https://mavlink.io/en/guide/serialization.html#payload_format and #crc_extra

import { fieldTypeBytes } from "./message-definition.ts";
import type { FieldDefinition, FieldType, MessageDefinition } from "./message-definition.ts";
import { crcX25, crcX25Byte } from "./x25.ts";

/** Name, type and, for an array, its length. */
export type FieldEntry = readonly [name: string, type: FieldType, arrayLength?: number];

/** What the messages meant for one system or component begin with. */
export const targetFields: readonly FieldEntry[] = [
  ["target_system", "uint8_t"],
  ["target_component", "uint8_t"],
];

/**
 * @param fields in the order of the XML
 * @param extensions the fields behind its `<extensions/>`
 */
export function defineMessage(
  id: number,
  name: string,
  fields: readonly FieldEntry[],
  extensions: readonly FieldEntry[] = [],
): MessageDefinition {
  // Larger types come first on the wire; within a size, and among extensions, the order stays.
  const ordered = [...fields].sort(([, a], [, b]) => fieldTypeBytes[b] - fieldTypeBytes[a]);
  const base = placed(ordered, 0, false);
  const extended = placed(extensions, base.end, true);
  return {
    id,
    name,
    crcExtra: crcExtraOf(name, base.fields),
    baseLength: base.end,
    fullLength: extended.end,
    fields: [...base.fields, ...extended.fields],
  };
}

/** The checksum seed that a message's name and fields (in wire order) stand for, 0 to 255. */
export function crcExtraOf(name: string, fields: readonly FieldDefinition[]): number {
  const ascii = new TextEncoder();
  const add = (crc: number, text: string): number => {
    const bytes = ascii.encode(text);
    return crcX25(bytes, 0, bytes.length, crc);
  };
  let crc = add(0xffff, `${name} `);
  for (const field of fields) {
    if (field.extension) continue;
    crc = add(crc, `${field.type} ${field.name} `);
    if (field.arrayLength > 0) crc = crcX25Byte(crc, field.arrayLength);
  }
  return (crc & 0xff) ^ (crc >>> 8);
}

function placed(
  entries: readonly FieldEntry[],
  start: number,
  extension: boolean,
): { readonly fields: FieldDefinition[]; readonly end: number } {
  let end = start;
  const fields = entries.map(([name, type, arrayLength = 0]): FieldDefinition => {
    const offset = end;
    end += fieldTypeBytes[type] * Math.max(1, arrayLength);
    return { name, type, offset, arrayLength, extension };
  });
  return { fields, end };
}
