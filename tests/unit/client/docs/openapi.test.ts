// The API's description is read from the document that the server really gives.
import { expect, test } from "vitest";
import {
  collectionsOf,
  contentOf,
  fieldsOf,
  openApiSchema,
  schemaInWords,
} from "../../../../client/docs/openapi.ts";
import { apiOperations } from "../../../../server/http/api-operations.ts";
import { openApiDocument } from "../../../../server/http/openapi.ts";

const document = openApiSchema.parse(openApiDocument());
const operations = [...collectionsOf(document).values()].flat();

test("every operation is listed, under its collection", () => {
  expect(operations).toHaveLength(apiOperations.length);
  expect([...collectionsOf(document).keys()]).toContain("bookings");
});

test("a body is told field by field, with what is required and its limits", () => {
  const booking = operations.find(({ method, path }) => method === "POST" && path === "/bookings");
  const schema = contentOf(booking?.requestBody?.content)?.schema ?? {};
  const fields = new Map(fieldsOf(schema).map((field) => [field.place, field]));
  expect(fields.get("title")).toEqual({
    place: "title",
    words: "string, 1–120",
    isRequired: true,
  });
  expect(fields.get("notes")?.isRequired).toBe(false);
  expect(fields.get("aircraftIds")?.words).toBe("[string], 1–20");
  // A field of one kind of outline only: not required of all.
  expect(fields.get("volumes[].footprint.kind")?.words).toBe("prepared | circle | polygon");
  expect(fields.get("volumes[].footprint.radiusM")).toMatchObject({
    words: expect.stringMatching(/^number/),
    isRequired: false,
  });
  expect(fields.get("volumes[].band.reference")?.words).toBe("AMSL | AGL | ABOVE_HOME | WGS84");
});

test("a refusal's fields are told too", () => {
  const problem = document.components.schemas["Problem"] ?? {};
  const places = fieldsOf(problem).map(({ place }) => place);
  expect(places).toEqual(expect.arrayContaining(["errorId", "faults[].expected"]));
});

test.each([
  [{ const: "circle" }, "circle"],
  [{ type: "integer", minimum: 1 }, "integer, ≥ 1"],
  [{ anyOf: [{ type: "number" }, { type: "null" }] }, "number | null"],
  [{ $ref: "#/components/schemas/Problem" }, "Problem"],
  [{}, "any"],
])("%j in words", (schema, words) => {
  expect(schemaInWords(schema)).toBe(words);
});
