import type { LogReader } from '@tapeclock/cli';
import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type Clock, sleep } from '@tapeclock/ports';
import { TOPICS } from '@tapeclock/schemas';

const POLL_NS = 250n * NS_PER_MS;
const QUIET_NS = 1_500n * NS_PER_MS;
const WATCHED = [
  TOPICS.executionsReceived,
  TOPICS.tradesReportable,
  TOPICS.executionsRejected,
  TOPICS.reportsOutcome,
  TOPICS.obligationsAlerts,
] as const;

/**
 * Waits until nothing has been appended for 1.5 s, without decoding anything, so that the wait does not disturb what is
 * still under way. False when `patienceNs` passed first.
 */
export async function untilQuiet(
  { log }: Pick<LogReader, 'log'>,
  clock: Clock,
  patienceNs: Ns = 60n * NS_PER_SECOND,
): Promise<boolean> {
  const startNs = clock.monotonicNs();
  let changedNs = startNs;
  let before = -1n;
  for (;;) {
    let total = 0n;
    for (const topic of WATCHED) {
      for (let partition = 0; partition < log.partitionCount(topic); partition += 1) {
        total += await log.endOffset(topic, partition);
      }
    }
    const nowNs = clock.monotonicNs();
    if (total !== before) {
      before = total;
      changedNs = nowNs;
    } else if (nowNs - changedNs >= QUIET_NS) return true;
    if (nowNs - startNs >= patienceNs) return false;
    await sleep(clock, POLL_NS);
  }
}
