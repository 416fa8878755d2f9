import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnyEvent } from '@tapeclock/schemas';
import { prometheusMetrics } from '@tapeclock/telemetry';
import { alertObserver } from '../../src/index.ts';

const context = {} as Parameters<ReturnType<typeof alertObserver>['step']>[2];
const alert = (name: string, subject: string, state: 'RAISED' | 'CLEARED'): AnyEvent =>
  ({
    type: 'OperationsAlert',
    event: { alert: name, subject, state, severity: 'critical', text: '', action: '' },
  }) as AnyEvent;

function world() {
  const metrics = prometheusMetrics({ processName: 'watch' });
  const observer = alertObserver(metrics);
  const raised = async (name: string): Promise<string | undefined> =>
    new RegExp(`^tapeclock_alerts_raised\\{alert="${name}".*\\} (\\d+)$`, 'm').exec(
      await metrics.scrape(),
    )?.[1];
  return { observer, raised };
}

test('raised alerts are counted over partitions and subjects, and are 0 again once cleared', async () => {
  const { observer, raised } = world();
  const [a, b] = [observer.init(0), observer.init(1)];
  observer.step(a, alert('in-doubt-reports', 'in-doubt/0', 'RAISED'), context);
  observer.step(a, alert('in-doubt-reports', 'in-doubt/0', 'RAISED'), context);
  observer.step(b, alert('in-doubt-reports', 'in-doubt/1', 'RAISED'), context);
  assert.equal(await raised('in-doubt-reports'), '2');
  observer.step(a, alert('in-doubt-reports', 'in-doubt/0', 'CLEARED'), context);
  assert.equal(await raised('in-doubt-reports'), '1');
  observer.step(b, alert('in-doubt-reports', 'in-doubt/1', 'CLEARED'), context);
  assert.equal(await raised('in-doubt-reports'), '0');
  assert.equal(await raised('cat-deadline'), undefined);
});

test('what was raised before a restart still is, and a partition that has moved is counted elsewhere', async () => {
  const { observer, raised } = world();
  const state = observer.init(0);
  observer.restore(state, alert('facility-session-down', 'session/A', 'RAISED'), {} as never);
  assert.equal(await raised('facility-session-down'), '1');
  observer.release?.(state);
  assert.equal(await raised('facility-session-down'), '0');
});

test('alerts that nobody clears are bounded', async () => {
  const { observer, raised } = world();
  const state = observer.init(0);
  for (let i = 0; i < 10_005; i += 1) {
    observer.step(state, alert('unknown-report-answered', `N${i}`, 'RAISED'), context);
  }
  assert.equal(await raised('unknown-report-answered'), '10000');
});
