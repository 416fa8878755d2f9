import type { ExecutionAction, ExecutionFields } from '@tapeclock/schemas';
import { Type } from 'typebox';
import { type ApiContext, type InstallRoutes, officerOf } from '../api-context.ts';
import * as contract from '../contract.ts';
import { ProblemError } from '../problem-error.ts';

const Id = Type.String({ minLength: 1, maxLength: 200 });
const tags = ['acts'];
const response = { 202: contract.Acted, '4xx': contract.Problem, 503: contract.Problem };

/** What people do. Each is an event; nothing here changes the read model. */
export const installActRoutes: InstallRoutes = (app, context) => {
  const { desk } = context;

  app.post<{ Params: { repairId: string }; Body: contract.ResubmitBody }>(
    '/api/repairs/:repairId/resubmit',
    {
      schema: {
        tags,
        summary: 'Sends the mended execution back into the pipeline',
        params: Type.Object({ repairId: Id }),
        body: contract.ResubmitBody,
        response,
      },
    },
    async (request, reply) => {
      const user = officerOf(request);
      const { repair, details } = await openRepair(context, request.params.repairId);
      const fields: ExecutionFields = request.body.fields;
      const acted = await desk.act(user, {
        verb: 'RESUBMIT',
        subject: repair.repair_id,
        lineageId: repair.lineage_id,
        reason: request.body.reason,
        details: { ...details, fields },
      });
      return reply.code(202).send(acted);
    },
  );

  app.post<{ Params: { repairId: string }; Body: contract.DiscardBody }>(
    '/api/repairs/:repairId/discard',
    {
      schema: {
        tags,
        summary: 'Settles an item without sending anything',
        params: Type.Object({ repairId: Id }),
        body: contract.DiscardBody,
        response,
      },
    },
    async (request, reply) => {
      const user = officerOf(request);
      const { repair, details } = await openRepair(context, request.params.repairId);
      const acted = await desk.act(user, {
        verb: 'DISCARD',
        subject: repair.repair_id,
        lineageId: repair.lineage_id,
        reason: request.body.reason,
        details,
      });
      return reply.code(202).send(acted);
    },
  );

  app.post<{ Params: { reportId: string }; Body: contract.ResolveBody }>(
    '/api/in-doubt/:reportId/resolve',
    {
      schema: {
        tags,
        summary: 'Tells the pipeline what the facility told the officer',
        params: Type.Object({ reportId: Id }),
        body: contract.ResolveBody,
        response,
      },
    },
    async (request, reply) => {
      const user = officerOf(request);
      const { reportId } = request.params;
      const { outcome, controlDate, controlNumber, reason } = request.body;
      if (outcome === 'ACCEPTED' && (controlDate === undefined || controlNumber === undefined)) {
        throw new ProblemError('REQUEST_INVALID', 'an accepted report has a control date and number', {
          issues: [
            {
              code: 'CONTROL_NUMBER_MISSING',
              field: controlDate === undefined ? 'controlDate' : 'controlNumber',
              value: '',
              message: 'the facility gives both when it has accepted a report',
              action: 'Ask the facility for control date and number',
            },
          ],
        });
      }
      const trade = await context.queries.tradeOfReport(reportId);
      if (trade === null) throw new ProblemError('NOT_FOUND', `no report ${reportId}`);
      const latest = (await context.queries.latestActs([reportId])).get(reportId);
      const pending = desk.isPending(latest, reportId, trade.outcome_since_ns ?? 0n);
      if ((trade.state !== 'IN_DOUBT' && trade.state !== 'HELD') || pending) {
        throw new ProblemError(
          'ALREADY_SETTLED',
          `report ${reportId} is ${pending ? 'being resolved' : trade.state}`,
        );
      }
      const acted = await desk.act(user, {
        verb: 'RESOLVE_IN_DOUBT',
        subject: reportId,
        lineageId: trade.lineage_id,
        reason,
        details: {
          outcome,
          controlDate: controlDate ?? null,
          controlNumber: controlNumber ?? null,
          source: trade.source,
          sourceExecutionId: trade.source_execution_id,
        },
      });
      return reply.code(202).send(acted);
    },
  );

  app.post<{ Params: { alertId: string }; Body: contract.AcknowledgeBody }>(
    '/api/alerts/:alertId/acknowledge',
    {
      schema: {
        tags,
        summary: 'Says that somebody looks after an alert',
        params: Type.Object({ alertId: Id }),
        body: contract.AcknowledgeBody,
        response,
      },
    },
    async (request, reply) => {
      const user = officerOf(request);
      const alert = await context.queries.alert(request.params.alertId);
      if (alert === null) throw new ProblemError('NOT_FOUND', `no alert ${request.params.alertId}`);
      const acted = await desk.act(user, {
        verb: 'ACKNOWLEDGE',
        subject: alert.alert_id,
        lineageId: alert.lineage_id,
        reason: request.body.reason ?? null,
      });
      return reply.code(202).send(acted);
    },
  );
};

async function openRepair({ queries, desk }: ApiContext, repairId: string) {
  const repair = await queries.repair(repairId);
  if (repair === null) throw new ProblemError('NOT_FOUND', `no repair item ${repairId}`);
  const latest = (await queries.latestActs([repairId])).get(repairId);
  if (repair.state === 'CLOSED' || desk.isPending(latest, repairId, repair.opened_ns)) {
    const by = repair.actor ?? latest?.actor ?? 'the pipeline';
    throw new ProblemError('ALREADY_SETTLED', `repair item ${repairId} is settled or being settled by ${by}`);
  }
  return {
    repair,
    details: {
      source: repair.source,
      sourceExecutionId: repair.source_execution_id,
      repairStage: repair.stage,
      executionAction: repair.action as ExecutionAction,
      refSourceExecutionId: repair.ref_source_execution_id,
    },
  };
}
