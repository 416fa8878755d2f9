import type { Ns } from '@tapeclock/domain';
import type { EventLog } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import type { ExecutionIndex } from './execution-index.ts';
import { HASH_HEADER, INDEX_HEADER, INTAKE_TOPIC } from './intake.ts';

const BATCH = { recordsMax: 1_000, bytesMax: 4 * 1024 * 1024 } as const;

/**
 * Keeps an index in step with the log: first back to `horizonNs` before now, then with everything that any gateway
 * appends. `caughtUp` resolves once the past is in; a gateway opens its port only then, or it would take a repeat
 * for a new execution.
 */
export function followIndex(
  index: ExecutionIndex,
  environment: { readonly log: EventLog; readonly clock: Clock; readonly horizonNs: Ns },
): { readonly caughtUp: Promise<void>; stop(): Promise<void> } {
  const { log, clock, horizonNs } = environment;
  let stopped = false;
  let wake: () => void = () => {};
  let woken = false;
  const unsubscribe = log.onAppended(INTAKE_TOPIC, () => {
    woken = true;
    wake();
  });

  const partitions = Array.from({ length: log.partitionCount(INTAKE_TOPIC) }, (_, partition) => partition);
  const positions: bigint[] = [];

  const start = async () => {
    const nowNs = clock.nowNs();
    for (const partition of partitions) {
      positions[partition] = await log.offsetAt(
        INTAKE_TOPIC,
        partition,
        nowNs > horizonNs ? nowNs - horizonNs : 0n,
      );
    }
    while (!stopped && (await readAll())) {
      // more to come
    }
  };

  const readAll = async (): Promise<boolean> => {
    let moved = false;
    for (const partition of partitions) {
      const records = await log.read(INTAKE_TOPIC, partition, positions[partition] ?? 0n, BATCH);
      for (const record of records) {
        const key = record.headers[INDEX_HEADER];
        const hash = record.headers[HASH_HEADER];
        if (key !== undefined && hash !== undefined) {
          index.add(key, { contentHash: hash, lineageId: record.key });
        }
        positions[partition] = record.offset + 1n;
        moved = true;
      }
    }
    return moved;
  };

  const caughtUp = start();
  const finished = caughtUp.then(async () => {
    while (!stopped) {
      woken = false;
      if (await readAll()) continue;
      if (woken || stopped) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  });
  return {
    caughtUp,
    async stop() {
      stopped = true;
      unsubscribe();
      wake();
      await finished;
    },
  };
}
