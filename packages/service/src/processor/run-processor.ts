import { NS_PER_SECOND } from '@tapeclock/domain';
import type { EventLog, Membership, TopicPartition } from '@tapeclock/event-log';
import { type Clock, sleep } from '@tapeclock/ports';
import type { EventCodec } from '@tapeclock/schemas';
import type { Telemetry } from '@tapeclock/telemetry';
import { telemetryHooks } from '../observe/telemetry-hooks.ts';
import type { ProcessorStandby } from './follow-processor.ts';
import { PartitionRun, type ProcessorHooks } from './partition-run.ts';
import type { Processor } from './processor.ts';

export interface ProcessorEnvironment {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly codec: EventCodec;
  /** Unique among living members of the group. */
  readonly memberId: string;
  /** Batches, dead letters and stalls are counted and logged here, unless `hooks` are given instead. */
  readonly telemetry?: Telemetry;
  readonly hooks?: ProcessorHooks;
}

export interface RunningProcessor {
  /** True once every assigned partition has been restored and has caught up once. */
  ready(): boolean;
  /**
   * Takes what is on the log already, for a second at most, finishes the batch in hand, commits, and hands the partitions
   * back. So a trade that was acknowledged just before the stop is not left until the next start.
   */
  stop(): Promise<void>;
}

/** A process has four seconds to stop, see `hostServices`. */
const DRAIN_BOUND_NS = NS_PER_SECOND;

/**
 * Joins the processor's group and runs one loop for each partition number assigned to this member. What a standby has
 * read ahead is taken over from it; whoever made the standby stops it.
 */
export async function runProcessor<State>(
  processor: Processor<State>,
  environment: ProcessorEnvironment,
  standby?: ProcessorStandby<State>,
): Promise<RunningProcessor> {
  const hooks =
    environment.hooks ??
    (environment.telemetry && telemetryHooks(processor.name, environment.telemetry, environment.clock));
  const runEnvironment = { ...environment, ...(hooks && { hooks }) };
  const counts = new Set(processor.inputs.map((topic) => environment.log.partitionCount(topic)));
  if (counts.size > 1) throw new RangeError(`${processor.name}: its inputs differ in their partition counts`);
  const runs = new Map<number, PartitionRun<State>>();
  let stopping = false;
  let membership: Membership | null = null;
  let assigned = false;

  const numbersOf = (partitions: readonly TopicPartition[]) =>
    new Set(partitions.map(({ partition }) => partition));
  membership = await environment.log.join({
    group: processor.name,
    memberId: environment.memberId,
    topics: processor.inputs,
    async onAssignment(change) {
      await Promise.all(
        [...numbersOf(change.revoked)].map(async (number) => {
          await runs.get(number)?.stop();
          runs.delete(number);
        }),
      );
      for (const number of numbersOf(change.assigned)) {
        // What comes while we are leaving is handed back by the leaving itself.
        if (!stopping && !runs.has(number)) {
          const prepared = standby?.take(number) ?? null;
          runs.set(number, new PartitionRun(processor, number, runEnvironment, () => membership, prepared));
        }
      }
      assigned = true;
    },
  });
  // An assignment may have come before join resolved; the runs could not commit until now.
  for (const run of runs.values()) run.wake();

  const drain = async (): Promise<void> => {
    const patience = new AbortController();
    const bound = sleep(environment.clock, DRAIN_BOUND_NS, patience.signal).catch(() => {});
    await Promise.race([Promise.all([...runs.values()].map((run) => run.whenIdle())), bound]);
    patience.abort();
  };
  return {
    ready: () => assigned && [...runs.values()].every((run) => run.caughtUp),
    async stop() {
      stopping = true;
      await drain();
      await Promise.all([...runs.values()].map((run) => run.stop()));
      await membership?.leave();
    },
  };
}
