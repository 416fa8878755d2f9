import { type Issue, type Ns, nsFromRfc3339 } from '@tapeclock/domain';
import { LogError } from '@tapeclock/event-log';
import type { Intake, IntakeRequest } from '@tapeclock/intake';
import type { Random } from '@tapeclock/ports';
import type { Channel } from '@tapeclock/schemas';
import { type Metrics, newTraceparent } from '@tapeclock/telemetry';
import type { ApiKey } from '../auth/api-keys.ts';
import { ProblemError } from '../problems.ts';
import { checkRecord } from './check-record.ts';
import { fieldsOf, type RecordBody } from './record-schema.ts';

/** What became of one record, in the order they were sent. */
export interface RecordResult {
  readonly index: number;
  readonly executionId: string | null;
  readonly status: 'accepted' | 'duplicate' | 'conflict' | 'refused';
  readonly issues?: readonly Issue[];
}

export interface Offer {
  readonly client: ApiKey;
  readonly channel: Channel;
  readonly format: 'json' | 'csv';
  readonly receivedNs: Ns;
  /** Index of the first record within the whole request. */
  readonly firstIndex: number;
}

/** Checks and takes records; one result each. Resolves when everything accepted is durable. */
export async function takeRecords(
  values: readonly unknown[],
  offer: Offer,
  environment: { readonly intake: Intake; readonly random: Random; readonly metrics: Metrics },
): Promise<RecordResult[]> {
  const { intake, random, metrics } = environment;
  const results: RecordResult[] = [];
  const requests: IntakeRequest[] = [];
  const places: number[] = [];
  values.forEach((value, position) => {
    const checked = checkRecord(value);
    const index = offer.firstIndex + position;
    if (isIssues(checked)) {
      results[position] = { index, executionId: idOf(value), status: 'refused', issues: checked };
      return;
    }
    places.push(position);
    requests.push(requestOf(checked, value, offer, newTraceparent(random)));
  });
  const taken = requests.length === 0 ? [] : await takeOrSayWhy(intake, requests);
  taken.forEach(({ status }, i) => {
    const position = places[i] ?? 0;
    const index = offer.firstIndex + position;
    const executionId = requests[i]?.sourceExecutionId ?? null;
    results[position] = { index, executionId, status: STATUS[status] };
  });
  for (const { status } of results) {
    metrics.count('tapeclock_executions_received_total', { channel: offer.channel, result: status });
  }
  return results;
}

const STATUS = { ACCEPTED: 'accepted', DUPLICATE: 'duplicate', CONFLICT: 'conflict' } as const;
const RETRY_AFTER_SECONDS = 1;

async function takeOrSayWhy(intake: Intake, requests: readonly IntakeRequest[]) {
  try {
    return await intake.take(requests);
  } catch (error) {
    if (error instanceof LogError) {
      throw new ProblemError('LOG_UNAVAILABLE', {
        detail: error.code,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    throw error;
  }
}

function requestOf(body: RecordBody, value: unknown, offer: Offer, traceparent: string): IntakeRequest {
  const fields = fieldsOf(body);
  return {
    source: offer.client.source,
    sourceExecutionId: body.executionId,
    refSourceExecutionId: body.refExecutionId ?? null,
    action: body.action ?? 'NEW',
    channel: offer.channel,
    sessionId: offer.client.name,
    sessionSeq: null,
    fields,
    originalFormat: offer.format,
    original: Buffer.from(JSON.stringify(value)),
    receivedNs: offer.receivedNs,
    executedNs: fields.executedAt === null ? null : nsFromRfc3339(fields.executedAt),
    traceparent,
  };
}

function isIssues(checked: RecordBody | readonly Issue[]): checked is readonly Issue[] {
  return Array.isArray(checked);
}

function idOf(value: unknown): string | null {
  const id = (value as { readonly executionId?: unknown } | null)?.executionId;
  return typeof id === 'string' ? id.slice(0, 64) : null;
}
