import type { Distribution } from '../account/distribution.ts';
import { type Account, isWhole } from '../account/hold-against-log.ts';
import type { FateCounts } from '../account/ledger.ts';
import type { Target } from '../bench/bench-result.ts';
import type { Machine } from '../bench/machine.ts';
import type { BoardWatchSummary } from '../board-watch/board-options.ts';
import type { RestLoadSummary } from '../rest-driver/rest-load-options.ts';
import type { Scenario, ScenarioSettings } from './scenarios.ts';

/** What the log of a product of our own says of the run; see `readOutcomes`. */
export interface PipelineResult {
  /** The log had come to rest within the patience after the last answer. */
  readonly drained: boolean;
  readonly accepted: number;
  readonly repairs: number;
  readonly late: number;
  readonly breached: number;
  /** Exceptions of `verify`, by code. */
  readonly exceptions: Readonly<Record<string, number>>;
  readonly bytesInToBytesOutMs: Distribution;
}

export interface BoardResult
  extends Omit<BoardWatchSummary, 'scheduledToAnswerMs' | 'sentToArrivedMs' | 'receivedToShownMs'> {
  readonly scheduledToAnswerMs: Distribution;
  readonly sentToArrivedMs: Distribution;
  readonly receivedToShownMs: Distribution;
}

/** One run of `npm run load`, as load-tests/results/load-*.json keeps it. */
export interface LoadResult {
  readonly startedAt: string;
  readonly machine: Machine;
  readonly scenario: Scenario['name'];
  readonly settings: ScenarioSettings & { readonly seed: number; readonly url: string | null };
  readonly runId: string;
  readonly counts: FateCounts & { readonly offered: number };
  /** Null where the log could not be read: then only the answers are accounted for. */
  readonly account: Account | null;
  readonly answers: RestLoadSummary['answers'];
  readonly failures: RestLoadSummary['failures'];
  readonly repeated: number;
  readonly withoutRetryAfter: number;
  readonly scheduledToAnswerMs: Distribution;
  readonly sentToAnswerMs: Distribution;
  readonly scheduledToRefusalMs: Distribution;
  readonly driverCpuSeconds: number;
  /** Null where the product is not ours to stop. */
  readonly pipeline: PipelineResult | null;
  readonly board: BoardResult | null;
}

const SHOWN_P99_MS_MAX = 250;

/** Why the run failed; empty when all is accounted for. A slow answer is no failure: see `loadTargets`. */
export function failuresOf(result: LoadResult, scenario: Pick<Scenario, 'mustRefuse'>): readonly string[] {
  const { account, counts, pipeline, board } = result;
  const failures: string[] = [];
  const blame = (isBroken: boolean, text: string): void => {
    if (isBroken) failures.push(text);
  };
  blame(counts.pending > 0, `${counts.pending} executions have no fate`);
  blame(counts.taken === 0, 'nothing was taken at all');
  if (account !== null && !isWhole(account)) {
    for (const [list, text] of Object.entries(CONTRADICTIONS)) {
      const ids = account[list as keyof typeof CONTRADICTIONS];
      blame(ids.length > 0, `${ids.length} ${text}: ${some(ids)}`);
    }
  }
  blame(scenario.mustRefuse && counts.refused === 0, 'the gateway refused nothing: the burst was none');
  blame(result.withoutRetryAfter > 0, `${result.withoutRetryAfter} refusals without Retry-After`);
  if (pipeline !== null) {
    blame(!pipeline.drained, 'the log did not come to rest');
    blame(
      account !== null && pipeline.accepted + pipeline.repairs < account.taken,
      `${pipeline.accepted} accepted and ${pipeline.repairs} in repair of ${counts.taken} taken`,
    );
    for (const [code, count] of Object.entries(pipeline.exceptions)) blame(true, `verify: ${count} ${code}`);
  }
  if (board !== null) {
    const { pollsFailed, pollsAnswered, feedsBroken } = board;
    const notOk = Object.entries({ ...pollsAnswered, ...pollsFailed }).filter(([status]) => status !== '200');
    blame(notOk.length > 0, `polls not answered 200: ${JSON.stringify(Object.fromEntries(notOk))}`);
    blame(feedsBroken > 0, `${feedsBroken} live feeds ended early`);
  }
  return failures;
}

const CONTRADICTIONS = {
  missing: 'answered as taken and not on the log',
  twice: 'on the log more than once',
  uncalledFor: 'refused or never sent, and on the log all the same',
} as const;

/** What the run is held against; a target missed is a finding, not a failure of the run. */
export function loadTargets(
  result: LoadResult,
  scenario: Pick<Scenario, 'answerP99MsMax'>,
): readonly Target[] {
  const { scheduledToAnswerMs, pipeline, board } = result;
  const targets: Target[] = [];
  const p99 = (text: string, found: Distribution, max: number): void => {
    targets.push({ text: `${text}: p99 at most ${max} ms`, met: found.p99 <= max, found: `${found.p99} ms` });
  };
  if (scenario.answerP99MsMax !== null) {
    p99('scheduled instant → answer', scheduledToAnswerMs, scenario.answerP99MsMax);
  }
  if (pipeline !== null) {
    const { late, breached } = pipeline;
    targets.push({
      text: 'nothing late, nothing breached',
      met: late + breached === 0,
      found: `${late} late, ${breached} breached`,
    });
  }
  if (board !== null) {
    p99('lists of the board, scheduled instant → answer', board.scheduledToAnswerMs, SHOWN_P99_MS_MAX);
    p99('bytes in → on the live feed', board.receivedToShownMs, SHOWN_P99_MS_MAX);
  }
  return targets;
}

const SHOWN_MAX = 5;

function some(ids: readonly string[]): string {
  const rest = ids.length - SHOWN_MAX;
  return `${ids.slice(0, SHOWN_MAX).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
