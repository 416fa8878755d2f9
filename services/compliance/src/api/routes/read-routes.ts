import { msFromNs } from '@tapeclock/domain';
import { Type } from 'typebox';
import { repairRow, sessionView } from '../../views/rows.ts';
import { seriesView } from '../../views/series.ts';
import { tradeDetail } from '../../views/trade-detail.ts';
import { rawBytes } from '../../views/values.ts';
import type { InstallRoutes } from '../api-context.ts';
import * as contract from '../contract.ts';
import { ProblemError } from '../problem-error.ts';

const tags = ['reading'];
const answers = <Schema>(schema: Schema) => ({ 200: schema, '4xx': contract.Problem });

export const installReadRoutes: InstallRoutes = (app, context) => {
  const { queries, clock, codec, desk } = context;

  app.get(
    '/api/overview',
    { schema: { tags, summary: 'Counts, rates, latency, sessions', response: answers(contract.Overview) } },
    async () => context.overview(),
  );

  app.get<{ Querystring: contract.SeriesQuery }>(
    '/api/series',
    {
      schema: {
        tags,
        summary: 'Counters per second or minute',
        querystring: contract.SeriesQuery,
        response: answers(contract.Series),
      },
    },
    async (request) => seriesView(queries, request.query, clock.nowNs()),
  );

  app.get<{ Params: { executionId: string } }>(
    '/api/trades/:executionId',
    {
      schema: {
        tags,
        summary: 'One trade with its whole life',
        params: Type.Object({ executionId: Id }),
        response: answers(contract.TradeDetail),
      },
    },
    async (request) => {
      const detail = await tradeDetail(queries, codec, request.params.executionId, clock.nowNs());
      if (detail === null) throw new ProblemError('NOT_FOUND', `no execution ${request.params.executionId}`);
      return detail;
    },
  );

  app.get<{ Params: { repairId: string } }>(
    '/api/repairs/:repairId',
    {
      schema: {
        tags,
        summary: 'One repair item with the original beside it',
        params: Type.Object({ repairId: Id }),
        response: answers(contract.RepairDetail),
      },
    },
    async (request): Promise<contract.RepairDetail> => {
      const repair = await queries.repair(request.params.repairId);
      if (repair === null) throw new ProblemError('NOT_FOUND', `no repair item ${request.params.repairId}`);
      const acts = await queries.latestActs([repair.repair_id]);
      const pending = desk.isPending(acts.get(repair.repair_id), repair.repair_id, repair.opened_ns);
      return {
        repair: repairRow(repair, pending),
        fields: JSON.parse(repair.fields) as contract.ExecutionFieldsView,
        original: rawBytes(repair.original_format, repair.original),
        serverNowMs: msFromNs(clock.nowNs()),
      };
    },
  );

  app.get(
    '/api/sessions',
    { schema: { tags, summary: 'FIX sessions', response: answers(contract.SessionsView) } },
    async (): Promise<contract.SessionsView> => ({
      items: (await queries.sessions()).map(sessionView),
      serverNowMs: msFromNs(clock.nowNs()),
    }),
  );
};

/** An id as it stands in a path; what it names is looked up, so its shape need not be judged. */
const Id = Type.String({ minLength: 1, maxLength: 200 });
