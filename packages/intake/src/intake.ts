import type { AppendRecord, EventLog } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import { type EventCodec, type ExecutionReceived, TOPICS } from '@tapeclock/schemas';
import { type ExecutionIndex, indexKey } from './execution-index.ts';
import type { IntakeRequest, IntakeResult } from './intake-request.ts';
import { receivedEvent } from './received-event.ts';

export interface Intake {
  /**
   * Takes requests in their order. Resolves when every one is durable; rejects with the log's error when the log
   * refuses, and then none of them counts as taken: the sender must send again, which is safe.
   */
  take(requests: readonly IntakeRequest[]): Promise<readonly IntakeResult[]>;
}

/** Headers of a received execution, so that an index is rebuilt without decoding a body. */
export const INDEX_HEADER = 'execution';
export const HASH_HEADER = 'contentHash';

export function createIntake(environment: {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly codec: EventCodec;
  readonly index: ExecutionIndex;
  readonly producer: string;
}): Intake {
  const { log, clock, codec, index, producer } = environment;
  // Appends that are under way: a repeat must not be acknowledged before the first one is durable.
  const pending = new Map<string, Promise<unknown>>();

  const judge = (event: ExecutionReceived): IntakeResult['status'] => {
    const known = index.get(event.source, event.sourceExecutionId);
    if (known === undefined) return 'ACCEPTED';
    return known.contentHash === event.contentHash ? 'DUPLICATE' : 'CONFLICT';
  };

  return {
    async take(requests) {
      const results: IntakeResult[] = [];
      const records: AppendRecord[] = [];
      const added: string[] = [];
      const awaited: Promise<unknown>[] = [];
      for (const request of requests) {
        const event = receivedEvent(request, index, producer, clock.nowNs());
        const status = judge(event);
        const key = indexKey(event.source, event.sourceExecutionId);
        if (status === 'DUPLICATE') {
          const earlier = pending.get(key);
          if (earlier !== undefined) awaited.push(earlier);
        } else {
          records.push({
            ...codec.record('ExecutionReceived', event),
            headers: { [INDEX_HEADER]: key, [HASH_HEADER]: event.contentHash },
          });
        }
        if (status === 'ACCEPTED') {
          index.add(key, { contentHash: event.contentHash, lineageId: event.meta.lineageId });
          added.push(key);
        }
        results.push({ status, executionId: event.executionId, lineageId: event.meta.lineageId });
      }
      if (records.length > 0) await append(records, added);
      await Promise.all(awaited);
      return results;
    },
  };

  async function append(records: readonly AppendRecord[], added: readonly string[]): Promise<void> {
    const appended = log.append(records);
    for (const key of added) pending.set(key, appended);
    try {
      await appended;
    } catch (error) {
      for (const key of added) index.remove(key);
      throw error;
    } finally {
      for (const key of added) pending.delete(key);
    }
  }
}

/** Topic that an index follows. */
export const INTAKE_TOPIC = TOPICS.executionsReceived;
