import { createHash } from 'node:crypto';
import { memoryEventLog } from '@tapeclock/event-log';
import { createIntake, ExecutionIndex } from '@tapeclock/intake';
import { seededRandom, virtualClock } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  type ExecutionReceived,
  embeddedRegistry,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { silentMetrics } from '@tapeclock/telemetry';
import { REST_LIMITS, type RestLimits } from '../src/config.ts';
import { createApp } from '../src/create-app.ts';
import { RequestLimits } from '../src/limits/request-limits.ts';

export const AUTH = { authorization: 'Bearer secret' };
const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

/** The application over a log in memory; no port. */
export async function restWorld(change: Partial<RestLimits> = {}) {
  const clock = virtualClock();
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const random = seededRandom(1);
  const intake = createIntake({
    log: memory.handle('hot'),
    clock,
    codec,
    index: new ExecutionIndex(1_000),
    producer: 'rest-gateway',
  });
  const config = {
    host: '127.0.0.1',
    port: 0,
    keys: [{ name: 'desk-1', source: 'OMS', sha256: createHash('sha256').update('secret').digest('hex') }],
    limits: { ...REST_LIMITS, ...change },
    tls: null,
  };
  const limits = new RequestLimits(config.limits, clock);
  const app = await createApp({ clock, random, metrics: silentMetrics, intake, limits, config });
  const received = (): ExecutionReceived[] =>
    memory
      .records(TOPICS.executionsReceived)
      .map((record) => codec.decode(record.value).event as ExecutionReceived);
  return { app, clock, memory, received };
}

export const trade = (executionId: string, change: Record<string, unknown> = {}) => ({
  executionId,
  symbol: 'IBM',
  side: 'B',
  quantity: '100',
  price: '10.25',
  executedAt: '2026-11-24T10:00:00.000000001-05:00',
  mpid: 'TAPE',
  contraMpid: 'WXYZ',
  capacity: 'P',
  ...change,
});
