import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Facility } from '@tapeclock/schemas';

/** How the reporter behaves; every figure is a choice of ours unless a facility's specification says otherwise. */
export interface CoreSettings {
  /** Reports sent and unanswered at once per session. More lets a slow facility hold more in doubt. @default 256 */
  readonly unansweredMax: number;
  /** Queries sent and unanswered at once per session. @default 64 */
  readonly queriesMax: number;
  /** Reports and queries per second and session; a facility may document a limit. @default 5,000 */
  readonly reportsPerSecond: number;
  /** How many may go back to back before the pace counts. @default 64 */
  readonly burst: number;
  /** A report due in less than this cannot make it any more and queues with the late ones. @default 2 ms */
  readonly transitNs: Ns;
  /** No answer for this long: the session is asked for a sign of life (TestRequest). @default 1 s */
  readonly answerExpectedNs: Ns;
  /** No answer for this long: the report is in doubt although the session stands. @default 3 s */
  readonly answerPatienceNs: Ns;
  /** After a logon, how long FIX resend is given to bring the missing answers before we ask. @default 500 ms */
  readonly resendPatienceNs: Ns;
  /** How long a query may go unanswered before it is asked again. @default 2 s */
  readonly queryPatienceNs: Ns;
  /** Unanswered queries about one report before a person is asked. @default 3 */
  readonly queriesPerReport: number;
  /** A report whose own session stays away is asked about on another session of the facility. @default 5 s */
  readonly resumePatienceNs: Ns;
  /** Whatever the step: in doubt for this long means a person. @default 60 s */
  readonly personAfterNs: Ns;
  /** First wait after a refusal that passes by itself; doubles each time up to `retryDelayMaxNs`. @default 2 s */
  readonly retryDelayNs: Ns;
  /** @default 60 s */
  readonly retryDelayMaxNs: Ns;
  /** Refusals of that kind before a person is asked. @default 10 */
  readonly retriesMax: number;
  /** Settled reports remembered per partition, for repeats and for what a cancel refers to. @default 500,000 */
  readonly reportsMax: number;
  /** When the facility opens next, or null while it is open. Asked before sending. @default always open */
  readonly opensNs: (facility: Facility, nowNs: Ns) => Ns | null;
}

export const CORE_DEFAULTS: CoreSettings = {
  unansweredMax: 256,
  queriesMax: 64,
  reportsPerSecond: 5_000,
  burst: 64,
  transitNs: 2n * NS_PER_MS,
  answerExpectedNs: NS_PER_SECOND,
  answerPatienceNs: 3n * NS_PER_SECOND,
  resendPatienceNs: 500n * NS_PER_MS,
  queryPatienceNs: 2n * NS_PER_SECOND,
  queriesPerReport: 3,
  resumePatienceNs: 5n * NS_PER_SECOND,
  personAfterNs: 60n * NS_PER_SECOND,
  retryDelayNs: 2n * NS_PER_SECOND,
  retryDelayMaxNs: 60n * NS_PER_SECOND,
  retriesMax: 10,
  reportsMax: 500_000,
  opensNs: () => null,
};
