import assert from 'node:assert/strict';
import test from 'node:test';
import { Observer } from '../../src/patterns/observer.ts';
import { RecentMap } from '../../src/patterns/recent-map.ts';
import { accepted, SECOND, T0, trade } from '../samples.ts';

const executionOf = (observer: Observer, name: string, executedNs = T0) =>
  observer
    .observe({ type: 'TradeReportable', event: trade(name, executedNs) }, T0)
    .find(({ fact }) => fact === 'execution');

test('a print that was there under another execution id is a duplicate; the same execution read again is not', () => {
  const observer = new Observer();
  assert.equal(executionOf(observer, 'A')?.fields.duplicate, false);
  assert.equal(executionOf(observer, 'A')?.fields.duplicate, false);
  assert.equal(executionOf(observer, 'B')?.fields.duplicate, true);
  assert.equal(executionOf(observer, 'C', T0 + 1n)?.fields.duplicate, false, 'one nanosecond apart');
});

test('lag is whole microseconds from execution to receipt, and a time that stands is the one before', () => {
  const observer = new Observer();
  assert.equal(executionOf(observer, 'A')?.fields.lagUs, 1);
  assert.equal(executionOf(observer, 'B')?.fields.timeStands, true);
  assert.equal(executionOf(observer, 'C', T0 + 1n)?.fields.timeStands, false);
});

test('an acceptance is told of the desk that its trade came from', () => {
  const observer = new Observer();
  const event = accepted('A', T0, T0 + 11n * SECOND);
  executionOf(observer, 'A');
  const [told] = observer.observe({ type: 'ReportAccepted', event }, T0);
  assert.deepEqual(told?.labels, { desk: 'OMS', mpid: 'TAPE', facility: 'ADF' });
  assert.deepEqual(told?.fields, { late: true });
});

test('what a person resubmitted says nothing about a feed', () => {
  const event = trade('A', T0);
  const stamps = { ...event.meta.stamps, receivedNs: null };
  const observed = new Observer().observe(
    { type: 'TradeReportable', event: { ...event, meta: { ...event.meta, stamps } } },
    T0,
  );
  assert.deepEqual(observed, []);
});

test('what is remembered stays between once and twice its limit', () => {
  const recent = new RecentMap<number>(10);
  for (let n = 0; n < 1_000; n += 1) {
    recent.set(`k${n}`, n);
    assert.ok(recent.size <= 20);
    assert.equal(recent.get(`k${Math.max(0, n - 9)}`), Math.max(0, n - 9));
  }
});
