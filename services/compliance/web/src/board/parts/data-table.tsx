import type { KeyboardEvent, ReactNode } from 'react';
import { navigate } from '../../router/location.ts';
import { Empty } from './page.tsx';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'right';
  readonly wrap?: boolean;
}

/** A plain table for lists of at most a few hundred rows. A row with a `to` leads there by mouse and by Enter. */
export function DataTable<Row>(props: {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly to?: (row: Row) => string;
  readonly empty: string;
}) {
  const { rows, columns, keyOf, to, empty } = props;
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <div className="scroll">
      <table className="data">
        <thead>
          <tr>
            {columns.map(({ head, align }) => (
              <th key={head} className={align} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const lead = to === undefined ? {} : leadTo(to(row));
            return (
              <tr key={keyOf(row)} {...lead}>
                {columns.map(({ head, cell, align, wrap }) => (
                  <td key={head} className={[align, wrap === true ? 'wrap' : ''].join(' ')}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function leadTo(path: string) {
  return {
    'data-link': true,
    tabIndex: 0,
    onClick: () => navigate(path),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) navigate(path);
    },
  };
}
