// What the page of the API's description reads of openapi.json, and how a JSON Schema is put in a
// few words. Used by api-docs-page.tsx.
import { z } from "zod";

const schemaPart = z.record(z.string(), z.unknown());
/** A JSON Schema, or a part of one. */
export type SchemaPart = z.infer<typeof schemaPart>;

const contentSchema = z.record(z.string(), z.object({ schema: schemaPart.optional() }));

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.unknown()),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(["path", "query", "header"]),
      required: z.boolean().optional(),
      schema: schemaPart,
    }),
  ),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: contentSchema.optional() }),
  ),
});

/** As much of an OpenAPI 3.1 document as is shown. */
export const openApiSchema = z.object({
  servers: z.array(z.object({ url: z.string() })).min(1),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaPart) }),
});
export type OpenApi = z.infer<typeof openApiSchema>;

/** One operation with its method and its path below the server's address. */
export interface Operation extends z.infer<typeof operationSchema> {
  readonly method: string;
  readonly path: string;
}

/** All operations, by their collection: the first part of the path. */
export function collectionsOf(document: OpenApi): ReadonlyMap<string, readonly Operation[]> {
  const collections = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    const name = path.split("/")[1] ?? "";
    const operations = collections.get(name) ?? [];
    for (const [method, operation] of Object.entries(methods)) {
      operations.push({ ...operation, method: method.toUpperCase(), path });
    }
    collections.set(name, operations);
  }
  return collections;
}

/** The schema of a body or an answer, and of what kind it is; undefined where there is none. */
export function contentOf(
  content: z.infer<typeof contentSchema> | undefined,
): { readonly type: string; readonly schema: SchemaPart | undefined } | undefined {
  const [first] = Object.entries(content ?? {});
  return first === undefined ? undefined : { type: first[0], schema: first[1].schema };
}

/** A schema's kind and limits on one line, as "string, 1–120" or "operator | pilot". */
export function schemaInWords(schema: SchemaPart): string {
  const { type, format, $ref } = schema;
  const choices = schema["enum"] ?? (schema["const"] === undefined ? undefined : [schema["const"]]);
  if (Array.isArray(choices)) return choices.map(String).join(" | ");
  if (typeof $ref === "string") return $ref.split("/").at(-1) ?? "";
  const variants = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(variants)) {
    return variants.map((one) => schemaInWords(one as SchemaPart)).join(" | ");
  }
  if (type === "array") {
    const items = (schema["items"] ?? {}) as SchemaPart;
    return withLimits(`[${schemaInWords(items)}]`, schema["minItems"], schema["maxItems"]);
  }
  const name = typeof type === "string" ? type : "any";
  const named = typeof format === "string" ? `${name} (${format})` : name;
  const low = schema["minLength"] ?? schema["minimum"] ?? schema["exclusiveMinimum"];
  return withLimits(named, low, schema["maxLength"] ?? schema["maximum"]);
}

function withLimits(name: string, low: unknown, high: unknown): string {
  if (typeof low === "number" && typeof high === "number") return `${name}, ${low}–${high}`;
  if (typeof low === "number") return `${name}, ≥ ${low}`;
  return typeof high === "number" ? `${name}, ≤ ${high}` : name;
}

/** One field of a body, with its place in it, as "volumes[].band.lowerM". */
export interface Field {
  readonly place: string;
  readonly words: string;
  readonly isRequired: boolean;
}

/** Fields are listed down to this depth; deeper ones are told by their kind. */
const depthMax = 5;

/** Every field of a schema, in its order, those of objects and lists inside it too. */
export function fieldsOf(schema: SchemaPart, place = "", depth = 0): Field[] {
  const variants = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(variants)) {
    return mergedFields(variants.map((one) => fieldsOf(one as SchemaPart, place, depth)));
  }
  if (schema["type"] === "array") {
    return fieldsOf((schema["items"] ?? {}) as SchemaPart, `${place}[]`, depth);
  }
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const properties = (schema["properties"] ?? {}) as Record<string, SchemaPart>;
  if (depth >= depthMax) return [];
  return Object.entries(properties).flatMap(([name, inner]) => {
    const at = place === "" ? name : `${place}.${name}`;
    const field = { place: at, words: schemaInWords(inner), isRequired: required.includes(name) };
    return [field, ...fieldsOf(inner, at, depth + 1)];
  });
}

/** Fields of variants of which one is sent: each once, with what it may be in any of them. */
function mergedFields(variants: readonly (readonly Field[])[]): Field[] {
  const places = new Set(variants.flat().map(({ place }) => place));
  return [...places].map((place) => {
    const same = variants.flat().filter((field) => field.place === place);
    const words = [...new Set(same.map((field) => field.words))].join(" | ");
    const isInAll = same.length === variants.length;
    return { place, words, isRequired: isInAll && same.every(({ isRequired }) => isRequired) };
  });
}
