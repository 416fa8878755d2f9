import { Readable } from 'node:stream';
import type { Intake } from '@tapeclock/intake';
import type { Clock, Random } from '@tapeclock/ports';
import type { Metrics } from '@tapeclock/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type ApiKey, findClient } from '../auth/api-keys.ts';
import type { RestGatewayConfig } from '../config.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { ProblemError } from '../problems.ts';
import { RecordSchema } from '../records/record-schema.ts';
import { takeRecords } from '../records/take-records.ts';
import { takeUpload } from '../upload/take-upload.ts';

export interface RouteEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: Metrics;
  readonly intake: Intake;
  readonly limits: RequestLimits;
  readonly config: RestGatewayConfig;
}

/** The three ways to hand executions in. Each answers only when what it accepted is durable. */
export function executionRoutes(app: FastifyInstance, environment: RouteEnvironment): void {
  const { clock, limits, config } = environment;

  const clientOf = (request: FastifyRequest): ApiKey => {
    const client = findClient(config.keys, request.headers.authorization);
    if (client === null) throw new ProblemError('KEY_MISSING');
    return client;
  };
  const take = (
    values: readonly unknown[],
    client: ApiKey,
    rest: { channel: 'REST' | 'FILE'; format: 'json' | 'csv'; firstIndex: number },
  ) => {
    limits.spend(client, values.length);
    return takeRecords(values, { client, receivedNs: clock.nowNs(), ...rest }, environment);
  };

  app.post(
    '/v1/executions',
    {
      schema: { summary: 'One execution, cancel or correction', body: RecordSchema, security: KEY },
      validatorCompiler: ours,
    },
    (request, reply) =>
      limits.within(async () => {
        const [result] = await take([request.body], clientOf(request), {
          channel: 'REST',
          format: 'json',
          firstIndex: 0,
        });
        if (result === undefined || result.status === 'refused') {
          throw new ProblemError('REQUEST_INVALID', { issues: result?.issues ?? [] });
        }
        if (result.status === 'conflict')
          throw new ProblemError('ID_CONFLICT', { extra: { executionId: result.executionId } });
        return reply.status(202).send({ executionId: result.executionId, status: result.status });
      }),
  );

  app.post(
    '/v1/executions/batch',
    {
      schema: {
        summary: 'Up to 1,000 executions; one result each, in order',
        body: Type.Object({ executions: Type.Array(RecordSchema, { minItems: 1 }) }),
        security: KEY,
      },
      validatorCompiler: ours,
    },
    (request, reply) =>
      limits.within(async () => {
        const client = clientOf(request);
        const { executions } = (request.body ?? {}) as { readonly executions?: unknown };
        if (!Array.isArray(executions) || executions.length === 0)
          throw batchProblem('executions must be a list of at least one record');
        if (executions.length > config.limits.batchRecordsMax) {
          throw batchProblem(`a batch holds at most ${config.limits.batchRecordsMax} records`);
        }
        const results = await take(executions, client, { channel: 'REST', format: 'json', firstIndex: 0 });
        const counts = { accepted: 0, duplicate: 0, conflict: 0, refused: 0 };
        for (const { status } of results) counts[status] += 1;
        return reply.status(counts.accepted + counts.duplicate > 0 ? 202 : 422).send({ ...counts, results });
      }),
  );

  app.post(
    '/v1/executions/upload',
    {
      schema: {
        summary: 'A file: application/x-ndjson or text/csv, plain or gzip',
        description:
          'CSV needs a header row with the field names of an execution. Streams of any length up to the limits.',
        security: KEY,
      },
      bodyLimit: config.limits.uploadBytesMax,
    },
    (request, reply) =>
      limits.within(async () => {
        const client = clientOf(request);
        const format = request.headers['content-type']?.startsWith('text/csv') === true ? 'csv' : 'json';
        const body = request.body instanceof Readable ? request.body : Readable.from([]);
        const gzip = request.headers['content-encoding'] === 'gzip';
        const summary = await takeUpload(body, { format, gzip }, config.limits, (values, firstIndex) =>
          take(values, client, { channel: 'FILE', format, firstIndex }),
        );
        return reply.status(202).send(summary);
      }),
  );
}

const KEY = [{ apiKey: [] }];
/** Our own check gives better answers than a schema compiler's; the schema is there for the documentation. */
const ours = () => () => true;
const batchProblem = (message: string) =>
  new ProblemError('REQUEST_INVALID', {
    issues: [
      { code: 'BATCH_SHAPE', field: 'executions', value: '', message, action: 'Send {"executions": [ … ]}.' },
    ],
  });
