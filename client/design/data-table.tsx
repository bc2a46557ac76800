// Facts in rows and columns. A plain table, so that readers walk it as they are used to.
import "./data-table.css";
import type { ReactNode } from "react";

export interface Column<Row> {
  readonly id: string;
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Figures stand at the end of their column. */
  readonly isFigure?: boolean;
}

interface DataTableProps<Row> {
  /** Names the table; shown above it unless `hideCaption`. */
  readonly caption: string;
  readonly hideCaption?: boolean;
  /** The first one heads its row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Said where there are no rows. */
  readonly empty: string;
  readonly testId?: string;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, empty, testId } = props;
  if (rows.length === 0) return <p className="soft">{empty}</p>;
  const align = (column: Column<Row>) =>
    column.isFigure === true ? { "data-align": "end" } : undefined;
  return (
    <div className="data-table-frame">
      <table className="data-table">
        <caption className={props.hideCaption === true ? "visually-hidden" : ""}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" {...align(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-testid={testId}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.id} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} data-label={column.name} {...align(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
