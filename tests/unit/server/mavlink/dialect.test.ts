import { expect, test } from "vitest";
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
