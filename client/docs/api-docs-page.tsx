// The API described for people who write scripts: every operation with its parameters, bodies and
// errors, from the server's own openapi.json. Route /api/docs, signed in or not.
import "./api-docs-page.css";
import { docsMessages } from "../app/i18n/docs-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useResource } from "../app/use-resource.ts";
import { DataTable } from "../design/data-table.tsx";
import { PageHeading } from "../design/page-heading.tsx";
import {
  collectionsOf,
  contentOf,
  fieldsOf,
  openApiSchema,
  schemaInWords,
  type OpenApi,
  type Operation,
  type SchemaPart,
} from "./openapi.ts";

export function ApiDocsPage() {
  const text = useText(docsMessages);
  const { value, problem, reload } = useResource("/openapi.json", openApiSchema);
  return (
    <main className="api-docs">
      <PageHeading>{text.title}</PageHeading>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {value !== undefined && <Description document={value} />}
    </main>
  );
}

function Description({ document }: { readonly document: OpenApi }) {
  const text = useText(docsMessages);
  const url = document.servers[0]?.url ?? "";
  const errors = document.components.schemas["Problem"];
  return (
    <>
      <p>
        {text.intro(url)} <a href={`${url}/openapi.json`}>openapi.json</a>
      </p>
      <p>{text.access}</p>
      {[...collectionsOf(document)].map(([name, operations]) => (
        <section key={name} aria-labelledby={`api-${name}`}>
          <h2 id={`api-${name}`}>{`/${name}`}</h2>
          {operations.map((operation) => (
            <OperationDetails key={operation.operationId} operation={operation} />
          ))}
        </section>
      ))}
      <section aria-labelledby="api-errors">
        <h2 id="api-errors">{text.errors}</h2>
        <p>{text.errorsDetail}</p>
        {errors !== undefined && <FieldTable caption={text.errors} schema={errors} />}
      </section>
    </>
  );
}

function OperationDetails({ operation }: { readonly operation: Operation }) {
  const text = useText(docsMessages);
  const { method, path, summary, parameters, requestBody, responses } = operation;
  const body = contentOf(requestBody?.content);
  const answers = Object.entries(responses).filter(([status]) => status !== "default");
  return (
    <details className="api-operation" data-testid="api-operation">
      <summary>
        <strong>{method}</strong>
        <code>{path}</code>
        <span className="soft">{summary}</span>
      </summary>
      <div>
        <p>{operation.security.length === 0 ? text.forAnybody : operation.description}</p>
        {parameters.length > 0 && (
          <DataTable
            caption={text.parameters}
            columns={[
              { id: "name", name: text.field, cell: ({ name }) => <code>{name}</code> },
              { id: "in", name: text.place, cell: (one) => one.in },
              { id: "kind", name: text.kind, cell: ({ schema }) => schemaInWords(schema) },
              {
                id: "required",
                name: text.required,
                cell: ({ required }) => (required === true ? text.yes : text.no),
              },
            ]}
            empty={text.none}
            keyOf={({ name }) => name}
            rows={parameters}
          />
        )}
        {body?.schema !== undefined && <FieldTable caption={text.body} schema={body.schema} />}
        {answers.map(([status, { content }]) => {
          const answer = contentOf(content);
          const caption = text.answer(`${status} ${answer?.type ?? ""}`);
          if (answer?.schema !== undefined) {
            return <FieldTable key={status} caption={caption} schema={answer.schema} />;
          }
          const words = answer === undefined ? text.noContent : text.noFields;
          return <p key={status}>{`${caption}: ${words}`}</p>;
        })}
      </div>
    </details>
  );
}

interface FieldTableProps {
  readonly caption: string;
  readonly schema: SchemaPart;
}

function FieldTable({ caption, schema }: FieldTableProps) {
  const text = useText(docsMessages);
  return (
    <DataTable
      caption={caption}
      columns={[
        { id: "place", name: text.field, cell: ({ place }) => <code>{place}</code> },
        { id: "kind", name: text.kind, cell: ({ words }) => words },
        {
          id: "required",
          name: text.required,
          cell: ({ isRequired }) => (isRequired ? text.yes : text.no),
        },
      ]}
      empty={text.noFields}
      keyOf={({ place }) => place}
      rows={fieldsOf(schema)}
    />
  );
}
