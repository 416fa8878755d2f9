import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { createLists } from '../../views/lists.ts';
import type { InstallRoutes } from '../api-context.ts';
import * as contract from '../contract.ts';

export const installListRoutes: InstallRoutes = (app, context) => {
  const lists = createLists(context);
  list(app, '/api/trades', 'Trades, newest first', contract.TradesQuery, contract.TradesPage, lists.trades);
  list(
    app,
    '/api/obligations',
    'Open obligations, nearest deadline first',
    contract.ObligationsQuery,
    contract.ObligationsPage,
    lists.obligations,
  );
  list(
    app,
    '/api/late',
    'Late and breached trades, and why',
    contract.LateQuery,
    contract.LatePage,
    lists.late,
  );
  list(
    app,
    '/api/in-doubt',
    'Reports whose outcome is unknown or that wait',
    contract.InDoubtQuery,
    contract.InDoubtPage,
    lists.inDoubt,
  );
  list(
    app,
    '/api/repairs',
    'Repair queue, oldest first',
    contract.RepairsQuery,
    contract.RepairsPage,
    lists.repairs,
  );
  list(app, '/api/alerts', 'Alerts, newest first', contract.AlertsQuery, contract.AlertsPage, lists.alerts);
  list(
    app,
    '/api/dead-letters',
    'Records that a service could not read or process',
    contract.DeadLettersQuery,
    contract.DeadLettersPage,
    lists.deadLetters,
  );
  list(
    app,
    '/api/desk-actions',
    'What people did, newest first',
    contract.DeskActionsQuery,
    contract.DeskActionsPage,
    lists.deskActions,
  );
  list(
    app,
    '/api/cat/files',
    'CAT files and feedback',
    contract.CatFilesQuery,
    contract.CatFilesPage,
    lists.catFiles,
  );
};

function list<Query>(
  app: FastifyInstance,
  url: string,
  summary: string,
  query: TSchema,
  page: TSchema,
  answer: (query: Query) => Promise<unknown>,
): void {
  app.get<{ Querystring: unknown }>(
    url,
    {
      schema: {
        tags: ['lists'],
        summary,
        querystring: query,
        response: { 200: page, '4xx': contract.Problem },
      },
    },
    // Validated against the schema that the type was made from.
    async (request) => answer(request.query as Query),
  );
}
