import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Heading; unique. */
  readonly title: string;
  /** Null where there is nothing to say. */
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly isNumber?: true;
  /** Names the row: read out with each of its cells, and the head of its card on a narrow screen. */
  readonly isName?: true;
}

interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

/** A table that becomes a card a row where the screen is narrow; each value then stands beside the title of its column. */
export function DataTable<Row>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table className="data-table" aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ title, isNumber }) => (
            <th key={title} scope="col" data-number={isNumber}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <Cell key={column.title} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column: { title, cell, isNumber, isName }, row }: { column: Column<Row>; row: Row }) {
  const content = cell(row);
  const marks = { 'data-title': title, 'data-number': isNumber, 'data-name': isName };
  if (isName === true) {
    return (
      <th scope="row" {...marks}>
        {content}
      </th>
    );
  }
  return content === null ? (
    <td {...marks} data-empty>
      <span className="aside" aria-hidden="true">
        –
      </span>
      <span className="visually-hidden">none</span>
    </td>
  ) : (
    <td {...marks}>{content}</td>
  );
}
