import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_HOUR, nsFromEastern } from '@tapeclock/domain';
import {
  BucketedWindows,
  easternDay,
  easternHours,
  SessionWindows,
  sliding,
  tumbling,
  Watermarks,
  type WindowOutput,
} from '../src/index.ts';
import { SETTINGS, sum } from './samples.ts';

const at = (atNs: bigint, source = 'a', arrivedNs = 0n) => ({ source, key: 'x', atNs, arrivedNs });
const told = (outputs: readonly WindowOutput<number>[]) =>
  outputs.map(
    ({ kind, fromNs, toNs, value, revision }) => `${kind} ${fromNs}–${toNs}: ${value} (${revision})`,
  );
const ONE = { ...SETTINGS, sources: ['a'] };

test('a window closes when every source is past its end, and not before', () => {
  const windows = new BucketedWindows(tumbling(10n), { ...SETTINGS, sources: ['a', 'b'] }, sum);
  assert.deepEqual(told(windows.add(1, at(5n))), []);
  assert.deepEqual(told(windows.add(2, at(25n))), [], 'b has not spoken');
  assert.deepEqual(told(windows.add(4, at(9n, 'b'))), []);
  assert.deepEqual(told(windows.add(8, at(10n, 'b'))), ['result 0–10: 5 (0)']);
});

test('a source that says nothing holds nobody up once it is idle', () => {
  const windows = new BucketedWindows(tumbling(10n), { ...SETTINGS, sources: ['a', 'b'], idleNs: 100n }, sum);
  windows.add(1, at(5n, 'a', 5n));
  assert.deepEqual(told(windows.turn(109n)), []);
  assert.deepEqual(told(windows.turn(110n)), ['result 0–10: 1 (0)']);
});

for (const [late, expected] of [
  ['drop', []],
  ['reprocess', ['result 0–10: 5 (1)']],
  ['restate', ['retraction 0–10: 1 (0)', 'result 0–10: 5 (1)']],
] as const) {
  test(`what comes late under ${late}`, () => {
    const windows = new BucketedWindows(tumbling(10n), { ...ONE, late }, sum);
    windows.add(1, at(5n));
    windows.add(2, at(15n));
    assert.deepEqual(told(windows.add(4, at(6n))), expected);
    assert.equal(windows.counts.dropped, late === 'drop' ? 1 : 0);
  });
}

test('what is later than a window is kept is counted under every policy, and the window is gone', () => {
  const windows = new BucketedWindows(tumbling(10n), { ...ONE, late: 'restate', keepNs: 20n }, sum);
  windows.add(1, at(5n));
  windows.add(2, at(30n));
  assert.deepEqual(told(windows.add(4, at(6n))), []);
  assert.equal(windows.counts.forgotten, 1);
  assert.equal(windows.size, 1);
  assert.equal(windows.at('x', 5n), 0, 'and what it added up');
});

test('a session is kept for as long as an event that is not too late could touch it', () => {
  const windows = new SessionWindows(() => 10n, { ...ONE, late: 'reprocess', keepNs: 20n }, sum);
  windows.add(1, at(0n));
  windows.add(2, at(35n));
  assert.deepEqual(told(windows.add(4, at(8n))), ['retraction 0–10: 1 (0)', 'result 0–18: 5 (0)']);
});

test('a late event that joins two closed sessions takes both back', () => {
  const windows = new SessionWindows(() => 10n, { ...ONE, late: 'reprocess' }, sum);
  windows.add(1, at(0n));
  windows.add(2, at(18n));
  assert.deepEqual(told(windows.add(4, at(40n))), ['result 18–28: 2 (0)']);
  assert.deepEqual(told(windows.add(8, at(9n))), [
    'retraction 0–10: 1 (0)',
    'retraction 18–28: 2 (0)',
    'result 0–28: 11 (0)',
  ]);
});

test('a gap may differ by key', () => {
  const windows = new SessionWindows((key) => (key === 'x' ? 10n : 3n), { ...ONE, latenessNs: 20n }, sum);
  for (const key of ['x', 'y']) for (const atNs of [0n, 5n]) windows.add(1, { ...at(atNs), key });
  const outputs = windows.add(1, at(100n));
  assert.deepEqual(outputs.map(({ key, value }) => `${key} ${value}`).sort(), ['x 2', 'y 1', 'y 1']);
});

test('too many windows close the oldest early, counted; what is held stays bounded', () => {
  for (const windows of [
    new BucketedWindows(sliding(30n, 10n), { ...ONE, windowsMax: 12, latenessNs: 1_000_000n }, sum),
    new SessionWindows(() => 5n, { ...ONE, windowsMax: 12, latenessNs: 1_000_000n }, sum),
  ]) {
    let results = 0;
    for (let n = 0n; n < 200n; n += 1n) {
      // So much may come out of order that the watermark closes nothing.
      results += windows.add(1, { ...at(n * 10n), key: `k${n}` }).length;
      assert.ok(windows.size <= 12);
    }
    assert.ok(windows.counts.evicted > 100);
    assert.ok(results > 100, 'what is closed early is told');
  }
});

test('the value up to now is there while the window is open', () => {
  const windows = new BucketedWindows(sliding(30n, 10n), ONE, sum);
  windows.add(1, at(5n));
  windows.add(2, at(15n));
  assert.equal(windows.at('x', 15n), 3);
  windows.add(4, at(35n));
  assert.equal(windows.at('x', 35n), 6, 'the first bucket has slid out');
});

test('an Eastern day has 23 hours in March and 25 in November; a session has its hours', () => {
  const lengthOf = (date: string) => {
    const noonNs = nsFromEastern(date, 12n * NS_PER_HOUR) ?? 0n;
    const { fromNs, toNs } = easternDay.bucketOf(noonNs) ?? { fromNs: 0n, toNs: 0n };
    return (toNs - fromNs) / NS_PER_HOUR;
  };
  assert.deepEqual(['2026-03-08', '2026-06-01', '2026-11-01'].map(lengthOf), [23n, 24n, 25n]);
  const session = easternHours(8n * NS_PER_HOUR, 20n * NS_PER_HOUR);
  const openNs = nsFromEastern('2026-03-09', 8n * NS_PER_HOUR) ?? 0n;
  assert.equal(session.bucketOf(openNs - 1n), null);
  assert.deepEqual(session.bucketOf(openNs), { fromNs: openNs, toNs: openNs + 12n * NS_PER_HOUR });
  assert.equal(session.bucketOf(openNs + 12n * NS_PER_HOUR), null);
});

test('sources that nobody named and that fell silent are not held for ever', () => {
  const watermarks = new Watermarks({ ...SETTINGS, idleNs: 100n, keepNs: 20n });
  for (let n = 0n; n < 1_000n; n += 1n) {
    watermarks.see({ source: `feed ${n}`, key: '', atNs: n * 10n, arrivedNs: n * 10n });
    watermarks.nowNs();
  }
  assert.ok(watermarks.sources <= 16, `${watermarks.sources}`);
});

test('a window closes in the end though its only source is not held any more', () => {
  const windows = new SessionWindows(() => 500n, { ...SETTINGS, sources: [], idleNs: 10n, keepNs: 0n }, sum);
  windows.add(1, at(0n));
  for (let nowNs = 1n; nowNs < 510n; nowNs += 1n) assert.deepEqual(windows.turn(nowNs), []);
  assert.deepEqual(told(windows.turn(510n)), ['result 0–500: 1 (0)']);
});
