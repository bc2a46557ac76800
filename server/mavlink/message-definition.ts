// What one MAVLink message looks like on the wire. Filled from package metadata in dialect.ts;
// read by the frame reader (checksum, lengths) and by the decoder (fields).

export type FieldType =
  | "uint8_t"
  | "int8_t"
  | "uint16_t"
  | "int16_t"
  | "uint32_t"
  | "int32_t"
  | "uint64_t"
  | "int64_t"
  | "float"
  | "double"
  | "char";

/** Bytes of one element of each type. */
export const fieldTypeBytes: Readonly<Record<FieldType, number>> = {
  uint8_t: 1,
  int8_t: 1,
  uint16_t: 2,
  int16_t: 2,
  uint32_t: 4,
  int32_t: 4,
  uint64_t: 8,
  int64_t: 8,
  float: 4,
  double: 8,
  char: 1,
};

export interface FieldDefinition {
  /** Exactly as in the message definition XML, e.g. `time_boot_ms`. */
  readonly name: string;
  readonly type: FieldType;
  /** Bytes from the start of the payload. */
  readonly offset: number;
  /** Number of elements; 0 means one value, not an array. */
  readonly arrayLength: number;
  /** Extension fields exist in MAVLink 2 only and do not enter `crcExtra`. */
  readonly extension: boolean;
}

export interface MessageDefinition {
  readonly id: number;
  /** As in the message definition XML, e.g. `GLOBAL_POSITION_INT`. */
  readonly name: string;
  /** Seed of the frame checksum that stands for the fields' names, types and order. */
  readonly crcExtra: number;
  /** Payload bytes without extension fields: what a MAVLink 1 frame holds. */
  readonly baseLength: number;
  /** Payload bytes with all extension fields, before zeros are cut off. */
  readonly fullLength: number;
  /** In the order of their offsets on the wire, extension fields last. */
  readonly fields: readonly FieldDefinition[];
}

/** The definition of a field that must exist; a wrong name is a programmer's error and throws. */
export function fieldOf(definition: MessageDefinition, name: string): FieldDefinition {
  const field = definition.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error(`${definition.name} has no field ${name}`);
  return field;
}
