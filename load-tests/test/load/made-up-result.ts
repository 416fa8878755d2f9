import { distribution } from '../../src/account/distribution.ts';
import type { LoadResult } from '../../src/load/load-result.ts';
import { MACHINE } from '../bench/made-up-run.ts';

const counts = { pending: 0, taken: 90, refused: 10, unsent: 0, unknown: 0, offered: 100 };

/** A run in which all went well, but for `change`. */
export function madeUpResult(change: Partial<LoadResult> = {}): LoadResult {
  return {
    startedAt: '2026-11-24T10:00:00Z',
    machine: MACHINE,
    scenario: 'single',
    settings: { rate: 10, seconds: 10, records: 1, viewers: 0, seed: 1, url: null },
    runId: 'R',
    counts,
    account: {
      ...counts,
      missing: [],
      twice: [],
      uncalledFor: [],
      unknownOnLog: [],
      unknownNotOnLog: [],
    },
    answers: { '202': 90, '429 RATE_LIMITED': 10 },
    failures: {},
    repeated: 0,
    withoutRetryAfter: 0,
    scheduledToAnswerMs: distribution([10, 20]),
    sentToAnswerMs: distribution([1, 2]),
    scheduledToRefusalMs: distribution([5]),
    driverCpuSeconds: 1,
    pipeline: {
      drained: true,
      accepted: 88,
      repairs: 2,
      late: 0,
      breached: 0,
      exceptions: {},
      bytesInToBytesOutMs: distribution([3]),
    },
    board: null,
    ...change,
  };
}
