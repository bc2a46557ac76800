// Every MAVLink message that this program understands, by id and by name: those that the metadata
// of mavlink-mappings describes, and those it lacks. The only file that knows that package's form.

import {
  ardupilotmega,
  asluav,
  common,
  development,
  icarous,
  minimal,
  standard,
  storm32,
  ualberta,
  uavionix,
} from "mavlink-mappings";
import type { MavLinkPacketField, MavLinkPacketRegistry } from "mavlink-mappings";
import { addedMessages } from "./added-messages.ts";
import { fieldTypeBytes } from "./message-definition.ts";
import type { FieldDefinition, FieldType, MessageDefinition } from "./message-definition.ts";

export interface Dialect {
  /** Every definition, by ascending id. */
  readonly all: readonly MessageDefinition[];
  byId(id: number): MessageDefinition | undefined;
  byName(name: string): MessageDefinition | undefined;
}

// No id is defined twice with different content in these. The first one named wins, and the added
// messages stand before all: two replace older forms that are no longer sent (296 and 512).
const registries: readonly MavLinkPacketRegistry[] = [
  minimal.REGISTRY,
  standard.REGISTRY,
  common.REGISTRY,
  ardupilotmega.REGISTRY,
  uavionix.REGISTRY,
  icarous.REGISTRY,
  asluav.REGISTRY,
  ualberta.REGISTRY,
  storm32.REGISTRY,
  development.REGISTRY,
];

/** The messages this program understands. */
export const dialect: Dialect = makeDialect([
  ...addedMessages,
  ...registries.flatMap(definitionsOf),
]);

/** The definition of a message that must exist; a wrong name is a programmer's error and throws. */
export function definitionNamed(name: string): MessageDefinition {
  const definition = dialect.byName(name);
  if (!definition) throw new Error(`the dialect has no message ${name}`);
  return definition;
}

function makeDialect(definitions: readonly MessageDefinition[]): Dialect {
  const byId = new Map<number, MessageDefinition>();
  for (const definition of definitions) {
    if (!byId.has(definition.id)) byId.set(definition.id, definition);
  }
  const all = [...byId.values()].sort((a, b) => a.id - b.id);
  const byName = new Map(all.map((definition) => [definition.name, definition]));
  return { all, byId: (id) => byId.get(id), byName: (name) => byName.get(name) };
}

function definitionsOf(registry: MavLinkPacketRegistry): MessageDefinition[] {
  return Object.values(registry).map((message) => {
    const fields = message.FIELDS.map(toFieldDefinition);
    return {
      id: message.MSG_ID,
      name: message.MSG_NAME,
      crcExtra: message.MAGIC_NUMBER,
      baseLength: lengthOf(fields.filter((field) => !field.extension)),
      fullLength: lengthOf(fields),
      fields,
    };
  });
}

function toFieldDefinition(field: MavLinkPacketField): FieldDefinition {
  return {
    name: field.source,
    type: toFieldType(field.type.replace("[]", "")),
    offset: field.offset,
    arrayLength: field.type.endsWith("[]") ? field.length : 0,
    extension: field.extension,
  };
}

function toFieldType(name: string): FieldType {
  // HEARTBEAT.mavlink_version has a type of its own that only tells senders to fill it in.
  if (name === "uint8_t_mavlink_version") return "uint8_t";
  if (name in fieldTypeBytes) return name as FieldType;
  throw new Error(`unknown MAVLink field type ${name}`);
}

function lengthOf(fields: readonly FieldDefinition[]): number {
  return fields.reduce((length, field) => {
    const bytes = fieldTypeBytes[field.type] * Math.max(1, field.arrayLength);
    return Math.max(length, field.offset + bytes);
  }, 0);
}
