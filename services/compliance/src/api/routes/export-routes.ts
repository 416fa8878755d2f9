import { Readable } from 'node:stream';
import type { Static, Type } from 'typebox';
import { csvLine, flatten } from '../../views/csv.ts';
import { createLists, type Lists } from '../../views/lists.ts';
import type { InstallRoutes } from '../api-context.ts';
import * as contract from '../contract.ts';

/** Rows of one export; more is a job for the log itself. */
const ROWS_MAX = 50_000;
const PAGE = 500;

interface Exported {
  readonly query: ReturnType<typeof Type.Object>;
  /** Answers one page of the list; the query was validated against the schema beside it. */
  readonly page: (lists: Lists, query: object) => Promise<{ items: object[]; nextCursor: string | null }>;
}

const exported = (
  query: unknown,
  page: (lists: Lists, query: object) => Promise<{ items: object[]; nextCursor: string | null }>,
): Exported => ({ query: query as Exported['query'], page });

export const EXPORTS: Readonly<Record<string, Exported>> = {
  trades: exported(contract.TradesQuery, (lists, query) => lists.trades(query)),
  late: exported(contract.LateQuery, (lists, query) => lists.late(query)),
  obligations: exported(contract.ObligationsQuery, (lists, query) => lists.obligations(query)),
  repairs: exported(contract.RepairsQuery, (lists, query) => lists.repairs(query)),
  'in-doubt': exported(contract.InDoubtQuery, (lists, query) => lists.inDoubt(query)),
  alerts: exported(contract.AlertsQuery, (lists, query) => lists.alerts(query)),
  'dead-letters': exported(contract.DeadLettersQuery, (lists, query) => lists.deadLetters(query)),
  'desk-actions': exported(contract.DeskActionsQuery, (lists, query) => lists.deskActions(query)),
};

export const installExportRoutes: InstallRoutes = (app, context) => {
  const lists = createLists(context);
  for (const [name, { query, page }] of Object.entries(EXPORTS)) {
    app.get<{ Querystring: Static<typeof query> }>(
      `/api/export/${name}.csv`,
      {
        schema: {
          tags: ['exports'],
          summary: `The list ${name} as CSV; cells that a spreadsheet would run are made text`,
          querystring: query,
          produces: ['text/csv'],
          response: { '4xx': contract.Problem },
        },
      },
      async (request, reply) => {
        const filter = request.query as object;
        // The first page is read before the answer begins, so that a bad cursor is still a problem, not a torn file.
        const first = await page(lists, { ...filter, limit: PAGE });
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}.csv"`)
          .send(Readable.from(lines(first, (cursor) => page(lists, { ...filter, limit: PAGE, cursor }))));
      },
    );
  }
};

async function* lines(
  first: { items: object[]; nextCursor: string | null },
  next: (cursor: string) => Promise<{ items: object[]; nextCursor: string | null }>,
): AsyncGenerator<string> {
  let names: readonly string[] | null = null;
  let told = 0;
  for (let page = first; ; ) {
    let text = '';
    for (const item of page.items) {
      const row = flatten(item);
      if (names === null) {
        names = Object.keys(row);
        text += csvLine(names);
      }
      text += csvLine(names.map((name) => row[name]));
      told += 1;
    }
    if (text !== '') yield text;
    if (page.nextCursor === null || told >= ROWS_MAX) return;
    page = await next(page.nextCursor);
  }
}
