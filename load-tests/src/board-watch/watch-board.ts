import { msFromNs, NS_PER_MS } from '@tapeclock/domain';
import { type Clock, type Random, sleep } from '@tapeclock/ports';
import { LEAD_NS } from '../fix-driver/load-options.ts';
import { arrivals } from '../fix-driver/schedule.ts';
import type { BoardWatchOptions, BoardWatchSummary } from './board-options.ts';
import type { ServerSentEvent } from './read-events.ts';
import type { Viewer } from './viewer.ts';

const TICK_NS = NS_PER_MS;
/** What a board asks for when somebody opens or refreshes a page. */
const PATHS = ['/api/overview', '/api/trades?limit=100', '/api/obligations?limit=100'] as const;

/** The parts of a live message that are measured; the whole is docs/reference/http-api.md. */
interface LiveMessage {
  readonly serverNowMs: number;
  readonly trades?: {
    readonly changed: readonly { readonly executionId: string; readonly receivedAtMs: number | null }[];
  };
}

/**
 * Keeps boards open: each listens to the live feed, and together they ask by an open schedule, in turn. Ends after
 * `seconds`, when every poll has been answered or has failed.
 */
export async function watchBoard(
  environment: {
    readonly clock: Clock;
    readonly random: Random;
    readonly openViewer: () => Promise<Viewer>;
  },
  options: Pick<BoardWatchOptions, 'viewers' | 'pollsPerSecond' | 'seconds'>,
): Promise<Omit<BoardWatchSummary, 'cpuSeconds'>> {
  const { clock, random, openViewer } = environment;
  const viewers: Viewer[] = [];
  const events = new Map<string, number>();
  const sentToArrivedMs: number[] = [];
  const receivedToShownMs: number[] = [];
  let feedsBroken = 0;
  const eventHandler = (): ((event: ServerSentEvent) => void) => {
    const shown = new Set<string>();
    return ({ event, data }) => {
      count(events, event);
      const nowMs = msFromNs(clock.nowNs());
      const { serverNowMs, trades } = JSON.parse(data) as LiveMessage;
      sentToArrivedMs.push(nowMs - serverNowMs);
      for (const { executionId, receivedAtMs } of trades?.changed ?? []) {
        if (shown.has(executionId)) continue;
        shown.add(executionId);
        if (receivedAtMs !== null) receivedToShownMs.push(nowMs - receivedAtMs);
      }
    };
  };
  try {
    // One after the other: passwords are checked slowly on purpose.
    for (let n = 0; n < options.viewers; n += 1) {
      const viewer = await openViewer();
      viewers.push(viewer);
      await viewer.listen(eventHandler(), () => {
        feedsBroken += 1;
      });
    }
    const polls = await pollBySchedule(clock, random, viewers, options);
    return {
      signedIn: viewers.length,
      ...polls,
      events: Object.fromEntries(events),
      feedsBroken,
      sentToArrivedMs: Float64Array.from(sentToArrivedMs),
      receivedToShownMs: Float64Array.from(receivedToShownMs),
    };
  } finally {
    for (const viewer of viewers) viewer.stop();
  }
}

async function pollBySchedule(
  clock: Clock,
  random: Random,
  viewers: readonly Viewer[],
  { pollsPerSecond, seconds }: Pick<BoardWatchOptions, 'pollsPerSecond' | 'seconds'>,
) {
  const answered = new Map<string, number>();
  const failed = new Map<string, number>();
  const scheduledToAnswerMs: number[] = [];
  const underWay = new Set<Promise<void>>();
  let offered = 0;
  const startNs = clock.monotonicNs() + LEAD_NS;
  const schedule = arrivals([{ ratePerSecond: pollsPerSecond, seconds }], 'poisson', random);
  for (let next = schedule.next(); next.done !== true; ) {
    const elapsedNs = clock.monotonicNs() - startNs;
    while (next.done !== true && next.value <= elapsedNs) {
      const dueNs = next.value;
      const viewer = viewers[offered % viewers.length];
      const path = PATHS[offered % PATHS.length] ?? PATHS[0];
      offered += 1;
      const polling: Promise<void> = (viewer ?? fail()).poll(path).then(
        (status) => {
          count(answered, String(status));
          if (status === 200) scheduledToAnswerMs.push(Number(clock.monotonicNs() - startNs - dueNs) / 1e6);
          underWay.delete(polling);
        },
        (error: unknown) => {
          count(failed, error instanceof Error ? error.message : String(error));
          underWay.delete(polling);
        },
      );
      underWay.add(polling);
      next = schedule.next();
    }
    await sleep(clock, TICK_NS);
  }
  while (underWay.size > 0) await Promise.all(underWay);
  return {
    pollsOffered: offered,
    pollsAnswered: Object.fromEntries(answered),
    pollsFailed: Object.fromEntries(failed),
    scheduledToAnswerMs: Float64Array.from(scheduledToAnswerMs),
  };
}

function fail(): never {
  throw new RangeError('a watch needs at least one viewer');
}

function count(tally: Map<string, number>, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}
