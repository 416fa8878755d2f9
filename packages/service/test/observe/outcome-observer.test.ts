import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnyEvent } from '@tapeclock/schemas';
import { prometheusMetrics, silentLogger, type TradeTrace } from '@tapeclock/telemetry';
import { outcomeObserver, sessionObserver } from '../../src/index.ts';

const T = 1_795_532_400_000_000_000n;
const meta = {
  eventId: 'E',
  lineageId: 'L',
  schemaVersion: 1,
  recordedNs: T,
  producer: 'facility-reporter',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  stamps: {
    executedNs: T,
    receivedNs: T + 1_000_000n,
    loggedNs: null,
    enrichedNs: null,
    intendedNs: null,
    sentNs: null,
    answeredNs: T + 3_000_000n,
    facilityNs: null,
    clockOffsetNs: null,
  },
};
const report = { meta, executionId: 'X', reportId: 'N', facility: 'ADF', revision: 0 };
const event = (type: string, fields: object): AnyEvent =>
  ({ type, event: { ...report, ...fields } }) as AnyEvent;

test('outcomes on the log become counts, stage times, window shares and traces', async () => {
  const traces: TradeTrace[] = [];
  const metrics = prometheusMetrics({ processName: 'watch' });
  const observer = outcomeObserver({
    logger: silentLogger,
    metrics,
    traces: { record: (trade) => traces.push(trade) },
  });
  const states = [observer.init(0), observer.init(1)] as const;
  const context = {} as Parameters<typeof observer.step>[2];
  observer.step(states[0], event('ReportAccepted', { late: false }), context);
  observer.step(states[1], event('ReportAccepted', { late: true }), context);
  observer.step(states[0], event('ReportRejected', {}), context);
  observer.step(states[0], event('ReportInDoubt', {}), context);
  observer.step(states[0], event('ObligationWarned', { stage: 'facility' }), context);
  observer.step(states[0], event('ObligationBreached', { stage: 'facility' }), context);
  const met = { usedNs: 2_000_000_000n, dueAtNs: T + 10_000_000_000n, acceptedNs: T + 2_000_000_000n };
  observer.step(states[0], event('ObligationMet', met), context);
  assert.deepEqual(
    traces.map(({ outcome }) => outcome),
    ['accepted', 'late', 'rejected', 'inDoubt', 'warned'],
  );
  const text = await metrics.scrape();
  for (const line of [
    'tapeclock_reports_total{facility="ADF",outcome="in_window",process="watch"} 1',
    'tapeclock_reports_total{facility="ADF",outcome="late",process="watch"} 1',
    'tapeclock_reports_total{facility="ADF",outcome="rejected",process="watch"} 1',
    'tapeclock_reports_total{facility="ADF",outcome="in_doubt",process="watch"} 1',
    'tapeclock_in_window_ratio{facility="ADF",process="watch"} 0.5',
    'tapeclock_obligation_warnings_total{facility="ADF",stage="facility",process="watch"} 1',
    'tapeclock_obligation_breaches_total{facility="ADF",stage="facility",process="watch"} 1',
    'tapeclock_window_used_ratio_sum{process="watch",facility="ADF"} 0.2',
    'tapeclock_stage_duration_seconds_sum{process="watch",stage="facility"} 0.004',
    'tapeclock_stage_duration_seconds_sum{process="watch",stage="total"} 0.006',
  ]) {
    assert.ok(text.includes(`${line}\n`), `${line}\n${text}`);
  }
});

test('a session is up while it is logged on', async () => {
  const metrics = prometheusMetrics({ processName: 'watch' });
  const observer = sessionObserver(metrics);
  const change = (state: string) =>
    event('SessionStateChanged', { sessionId: 'ADF', role: 'facility', state });
  const context = {} as Parameters<typeof observer.step>[2];
  observer.step(null, change('LOGGED_ON'), context);
  assert.match(
    await metrics.scrape(),
    /tapeclock_fix_session_up\{session="ADF",role="facility",process="watch"\} 1/,
  );
  observer.restore(null, change('DISCONNECTED'), context.record);
  assert.match(
    await metrics.scrape(),
    /tapeclock_fix_session_up\{session="ADF",role="facility",process="watch"\} 0/,
  );
});
