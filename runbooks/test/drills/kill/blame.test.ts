import assert from 'node:assert/strict';
import test from 'node:test';
import { blame } from '../../../drills/kill/blame.ts';

const SECOND = 1_000_000_000n;
const report = (
  executionId: string,
  executedSecond: bigint,
  change: { late?: boolean; breached?: boolean },
) => ({
  executionId,
  reportId: `N-${executionId}`,
  executedNs: executedSecond * SECOND,
  dueAtNs: (executedSecond + 10n) * SECOND,
  acceptedNs: null,
  late: false,
  breached: false,
  warned: true,
  intents: 1,
  inDoubt: false,
  held: false,
  resolvedBy: null,
  ...change,
});
const ids = (reports: readonly { readonly executionId: string }[]) =>
  reports.map(({ executionId }) => executionId);

test('a breach is ours unless the facility was dead for longer than the window', () => {
  const reports = [
    report('fine', 100n, {}),
    report('late', 100n, { late: true }),
    report('breached', 100n, { breached: true }),
  ];
  const short = blame(reports, [{ fromNs: 100n * SECOND, toNs: 103n * SECOND }]);
  assert.deepEqual([ids(short.ours), ids(short.facilitys)], [['late', 'breached'], []]);
  const long = blame(reports, [{ fromNs: 100n * SECOND, toNs: 111n * SECOND }]);
  assert.deepEqual([ids(long.ours), ids(long.facilitys)], [[], ['late', 'breached']]);
});

test('a long death of the facility excuses no breach at another time', () => {
  const { ours } = blame(
    [report('later', 200n, { breached: true })],
    [{ fromNs: 100n * SECOND, toNs: 120n * SECOND }],
  );
  assert.deepEqual(ids(ours), ['later']);
});
