import { expect, test } from "vitest";
import { addedMessages } from "../../../../server/mavlink/added-messages.ts";
import { crcExtraOf } from "../../../../server/mavlink/define-message.ts";
import { definitionNamed, dialect } from "../../../../server/mavlink/dialect.ts";
import { fieldOf, fieldTypeBytes } from "../../../../server/mavlink/message-definition.ts";

test("GLOBAL_POSITION_INT has the fields, offsets and checksum seed of its definition", () => {
  const definition = dialect.byId(33);
  expect(definition).toBe(dialect.byName("GLOBAL_POSITION_INT"));
  expect(definition).toMatchObject({ crcExtra: 104, baseLength: 28, fullLength: 28 });
  expect(definition?.fields.map(({ name, offset }) => [name, offset])).toEqual([
    ["time_boot_ms", 0],
    ["lat", 4],
    ["lon", 8],
    ["alt", 12],
    ["relative_alt", 16],
    ["vx", 20],
    ["vy", 22],
    ["vz", 24],
    ["hdg", 26],
  ]);
});

test("extension fields count in the full length only", () => {
  expect(dialect.byName("STATUSTEXT")).toMatchObject({ baseLength: 51, fullLength: 54 });
  expect(fieldOf(definitionNamed("STATUSTEXT"), "chunk_seq")).toMatchObject({ extension: true });
});

test("no message is longer than a payload can be, and no field reaches past its message", () => {
  for (const { fields, fullLength } of dialect.all) {
    expect(fullLength).toBeLessThanOrEqual(255);
    for (const { type, offset, arrayLength } of fields) {
      const end = offset + fieldTypeBytes[type] * Math.max(1, arrayLength);
      expect(end).toBeLessThanOrEqual(fullLength);
    }
  }
});

test("names and ids are unique", () => {
  expect(new Set(dialect.all.map(({ name }) => name)).size).toBe(dialect.all.length);
  expect(new Set(dialect.all.map(({ id }) => id)).size).toBe(dialect.all.length);
  expect(dialect.all.length).toBeGreaterThan(300);
});

test("what does not exist is undefined, and a programmer who needs it is told", () => {
  expect(dialect.byId(9_999_999)).toBeUndefined();
  expect(dialect.byName("NO_SUCH")).toBeUndefined();
  expect(() => definitionNamed("NO_SUCH")).toThrow("NO_SUCH");
  expect(() => fieldOf(definitionNamed("HEARTBEAT"), "no_such")).toThrow("no_such");
});

test("the checksum seed of every message is the one that follows from its name and fields", () => {
  for (const { name, fields, crcExtra } of dialect.all) {
    expect(crcExtraOf(name, fields), name).toBe(crcExtra);
  }
});

/** Id, seed, payload without and with extensions, as the C library of the definitions has them. */
const published = [
  [8, 117, 36, 36],
  [80, 14, 4, 4],
  [290, 251, 46, 46],
  [291, 10, 57, 57],
  [292, 227, 223, 223],
  [296, 158, 41, 41],
  [300, 217, 22, 22],
  [334, 72, 10, 53],
  [345, 209, 21, 21],
  [354, 210, 14, 14],
  [355, 6, 12, 12],
  [361, 93, 33, 33],
  [372, 26, 140, 140],
  [376, 199, 8, 8],
  [380, 232, 20, 20],
  [390, 156, 238, 240],
  [397, 182, 108, 108],
  [410, 160, 53, 53],
  [411, 106, 3, 3],
  [412, 33, 6, 6],
  [413, 77, 7, 7],
  [421, 149, 6, 70],
  [512, 21, 12, 12],
  [513, 99, 45, 45],
  [514, 197, 54, 54],
  [10_151, 195, 85, 85],
  [11_060, 162, 78, 78],
  [50_001, 246, 32, 32],
  [50_002, 181, 246, 246],
  [50_003, 62, 19, 19],
  [50_004, 240, 10, 10],
  [50_005, 152, 6, 6],
  [52_000, 13, 100, 100],
  [52_001, 239, 1, 1],
  [60_020, 202, 4, 4],
  [60_041, 191, 255, 255],
  [60_047, 55, 7, 7],
];

test("each added message has the published seed and lengths, and is the one in use", () => {
  const added = [...addedMessages].sort((a, b) => a.id - b.id);
  expect(
    added.map(({ id, crcExtra, baseLength, fullLength }) => [id, crcExtra, baseLength, fullLength]),
  ).toEqual(published);
  for (const definition of added) expect(dialect.byId(definition.id)).toBe(definition);
});
