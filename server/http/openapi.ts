// GET /api/v1/openapi.json: OpenAPI 3.1, made of the schemas that validate. For everybody: it
// describes the API and holds nobody's data.
import { Router } from "express";
import { z, type ZodType } from "zod";
import { problemSchema } from "../../contract/wire/problem.ts";
import { allowAnybody } from "./access.ts";
import type { ApiOperation } from "./api-operation.ts";
import { apiOperations } from "./api-operations.ts";

type Json = Readonly<Record<string, unknown>>;

export function createOpenApiRouter(): Router {
  const router = Router();
  let text: string | undefined;
  router.get("/openapi.json", allowAnybody("it describes the API"), (_request, response) => {
    // Made when first asked for: no start waits for it.
    text ??= JSON.stringify(openApiDocument());
    response.set("Cache-Control", "no-cache").type("application/json").send(text);
  });
  return router;
}

/** The whole document. */
export function openApiDocument(): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of apiOperations) {
    (paths[operation.path] ??= {})[operation.method] = operationObject(operation);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Skyrange",
      version: "1",
      description: "Booking, live control and replay for a low-altitude drone test site.",
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, "output") },
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: "skyrange.session" } },
    },
  };
}

function operationObject(operation: ApiOperation): Json {
  const { method, path, summary, access, body, status = 200 } = operation;
  const content = contentOf(operation.answer);
  return {
    operationId: `${method}${path.replaceAll(/[{}]/g, "").replaceAll(/[^a-z]+/gi, "_")}`,
    summary,
    security: access === "anybody" ? [] : [{ session: [] }],
    ...(access === "anybody" ? {} : { description: `Needs permission ${access}.` }),
    parameters: [...pathParameters(path), ...queryParameters(operation), ...headers(operation)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(schemaOf(body, "input")) } }),
    responses: {
      [status]: { description: summary, ...(content === undefined ? {} : { content }) },
      default: {
        description: "What was expected and what was found.",
        content: { "application/problem+json": { schema: reference } },
      },
    },
  };
}

const reference = { $ref: "#/components/schemas/Problem" };

function contentOf(answer: ApiOperation["answer"]): Json | undefined {
  if (answer === "nothing") return undefined;
  if (answer === "log") return { "application/octet-stream": {} };
  return jsonContent(schemaOf(answer, "output"));
}

function jsonContent(schema: Json): Json {
  return { "application/json": { schema } };
}

function schemaOf(schema: ZodType, io: "input" | "output"): Json {
  const entries = Object.entries(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
  return Object.fromEntries(entries.filter(([key]) => key !== "$schema"));
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    return { name, in: "path", required: true, schema: { type: "string" } };
  });
}

function queryParameters({ query }: ApiOperation): Json[] {
  if (query === undefined) return [];
  const { properties = {} } = schemaOf(query, "output") as { properties?: Json };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
}

function headers({ changesVersion }: ApiOperation): Json[] {
  if (changesVersion !== true) return [];
  return [
    {
      name: "If-Match",
      in: "header",
      required: true,
      description: "The version that is changed, as the ETag gave it; * for whichever is newest.",
      schema: { type: "string" },
    },
  ];
}
