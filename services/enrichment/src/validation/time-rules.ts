import { present } from './reading.ts';
import type { ValidationRule } from './rule.ts';
import { needsReferenceTime } from './vocabulary.ts';

/** When it happened. The receive time never stands in for a missing execution time. */
export const timeRules: readonly ValidationRule[] = [
  {
    code: 'EXECUTION_TIME_MISSING',
    field: 'executedAt',
    message: 'The execution time is missing, so no deadline can be told.',
    action: 'Take the time from the execution itself; do not use the time of entry or receipt.',
    kind: 'terminal',
    source: 'Rule 6282(a)(1)',
    broken: ({ fields }) => !present(fields.executedAt),
  },
  {
    code: 'EXECUTION_TIME_UNREADABLE',
    field: 'executedAt',
    message: 'The execution time is not an RFC 3339 instant with a zone.',
    action: 'Give it like 2025-03-04T15:30:00.123456789Z, with Z or an offset.',
    kind: 'terminal',
    source: 'Rule 6282(a)(1)',
    broken: ({ fields, executedNs }) => present(fields.executedAt) && executedNs === null,
  },
  {
    code: 'EXECUTION_TIME_IN_FUTURE',
    field: 'executedAt',
    message: 'The execution time lies ahead of our clock by more than the tolerance.',
    action: 'Check the clock of the source against ours (50 ms, Rule 4590) and its time zone, then resubmit.',
    kind: 'retryable',
    source: 'Rule 4590',
    broken: ({ executedNs, nowNs }, limits) =>
      executedNs !== null && executedNs > nowNs + limits.futureToleranceNs,
  },
  {
    code: 'EXECUTION_TIME_ANCIENT',
    field: 'executedAt',
    message: 'The execution time is too far back to be believed.',
    action: 'Check the date. Report a trade that really is this old through FINRA Market Operations.',
    kind: 'terminal',
    source: null,
    broken: ({ executedNs, nowNs }, limits) =>
      executedNs !== null && executedNs < nowNs - limits.ancientAfterNs,
  },
  {
    code: 'REFERENCE_TIME_MISSING',
    field: 'referenceAt',
    message: 'A prior reference price or stop stock trade needs its second time.',
    action: 'Give the time at which the price was referred to or the stop was agreed.',
    kind: 'terminal',
    source: 'Regulatory Notice 14-21',
    broken: ({ fields, tradeType }) =>
      tradeType !== null && needsReferenceTime(tradeType) && !present(fields.referenceAt),
  },
  {
    code: 'REFERENCE_TIME_UNREADABLE',
    field: 'referenceAt',
    message: 'The second time is not an RFC 3339 instant with a zone.',
    action: 'Give it like 2025-03-04T15:30:00.123456789Z, with Z or an offset.',
    kind: 'terminal',
    source: 'Regulatory Notice 14-21',
    broken: ({ fields, referenceNs }) => present(fields.referenceAt) && referenceNs === null,
  },
  {
    code: 'REFERENCE_TIME_UNEXPECTED',
    field: 'referenceAt',
    message: 'Only prior reference price and stop stock trades carry a second time.',
    action: 'Remove the second time, or set the trade type to PRP or STOP_STOCK.',
    kind: 'terminal',
    source: 'Nasdaq TRF modifier 4 time',
    broken: ({ fields, tradeType }) =>
      tradeType !== null && !needsReferenceTime(tradeType) && present(fields.referenceAt),
  },
  {
    code: 'REFERENCE_TIME_AFTER_EXECUTION',
    field: 'referenceAt',
    message: 'The second time lies after the execution.',
    action: 'Swap the two times if they were exchanged; the second one comes first.',
    kind: 'terminal',
    source: 'Regulatory Notice 14-21',
    broken: ({ referenceNs, executedNs }) =>
      referenceNs !== null && executedNs !== null && referenceNs > executedNs,
  },
];
