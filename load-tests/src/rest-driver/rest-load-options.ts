import type { Ns } from '@tapeclock/domain';
import type { Phase, Spacing } from '../fix-driver/schedule.ts';
import type { Form } from './read-answer.ts';

export interface RestLoadOptions {
  /** Base address of the REST ingest. */
  readonly url: string;
  /** Bearer key. */
  readonly key: string;
  readonly form: Form;
  /** Of one request; 1 for `single`. */
  readonly recordsPerRequest: number;
  /** Rates in executions, not requests, per second. */
  readonly phases: readonly Phase[];
  readonly spacing: Spacing;
  readonly seed: number;
  /** Reporting firm. */
  readonly mpid: string;
  /** Begins every execution id; unique per run against one log. */
  readonly runId: string;
  /** Shifts the host's clock to the product's. */
  readonly clockOffsetNs: Ns;
  /** Opened before the first instant; what needs more opens more. */
  readonly connections: number;
  /** Requests under way at once; what is due beyond it stays unsent, which is counted. */
  readonly inFlightMax: number;
}

export interface RestLoadSummary {
  /** Bytes of the ledger, see `Ledger.written`. */
  readonly ledger: Uint8Array;
  /** First scheduled instant, UTC on the product's clock. */
  readonly startNs: Ns;
  /** Answers by what they say: `202`, `429 RATE_LIMITED`. Repetitions of what had no answer are counted too. */
  readonly answers: Readonly<Record<string, number>>;
  /** Requests that got no answer at all, by the reason. */
  readonly failures: Readonly<Record<string, number>>;
  /** Requests that were sent again because no answer had said what became of them. */
  readonly repeated: number;
  /** Answers 429 and 503 that did not say when to come back. */
  readonly withoutRetryAfter: number;
  /** Milliseconds from the scheduled instant to the answer, of requests whose first answer was that it was taken. */
  readonly scheduledToAnswerMs: Float64Array;
  /** The same from the instant at which the driver sent it: what a closed-model tool would tell. */
  readonly sentToAnswerMs: Float64Array;
  /** Milliseconds from the scheduled instant to the refusal. */
  readonly scheduledToRefusalMs: Float64Array;
  readonly cpuSeconds: number;
}

export const REST_LOAD_DEFAULTS = { mpid: 'TCLK', inFlightMax: 2_000 } as const;
