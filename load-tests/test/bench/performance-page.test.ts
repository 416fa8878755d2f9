import assert from 'node:assert/strict';
import test from 'node:test';
import { judgeTargets } from '../../src/bench/bench-result.ts';
import { performancePage } from '../../src/bench/performance-page.ts';
import { MACHINE, madeUpRun } from './made-up-run.ts';

const runs = [
  madeUpRun(2_000),
  madeUpRun('max', { offered: 1_500, refused: 500, exceptions: { IN_DOUBT: 2 }, drained: false }),
];
const page = performancePage({
  startedAt: '2026-11-24T10:00:00Z',
  machine: MACHINE,
  runs,
  targets: judgeTargets(runs),
});
const lines = page.split('\n');

test('machine, commit, whether it was changed, load and settings stand beside the figures', () => {
  assert.ok(lines.includes('- Machine: Made-up CPU, 2 cores, 8 GiB, Linux 6.1, ext4; Node v24.21.0'));
  assert.ok(
    lines.includes('- Commit: abcdef012345 with changes; 2026-11-24T10:00:00Z; load average before 0.5'),
  );
  assert.match(page, /60 s each after 10 s of warm-up, 4 FIX 4\.4 sessions, poisson arrivals, seed 1/);
});

test('each rate has its account, with what verify found and whether the log came to rest', () => {
  assert.ok(lines.includes('| 2000 | 1000 | 0 | 1000 | 1000 | 0 | 0 | 0 | 2000 | clean |'));
  assert.ok(
    lines.includes('| max | 1500 | 500 | 1000 | 1000 | 0 | 0 | 0 | 2000 | not drained, 2 IN_DOUBT |'),
  );
});

test('quantiles have as many digits as mean something; what is not known is a dash, not nought', () => {
  assert.ok(lines.includes('| 2000 | 12.3 | 123 | 123 | 123 | 123 | 123 |'));
  assert.ok(lines.includes('| 2000 | 0.50 | 0.10 | 0.05 | 0.05 | – |'));
});

test('a target missed is written down as missed', () => {
  assert.match(page, /- MISSED: 2,000\/s: p99 at most 25 ms .*\(p99 123\.4 ms, 1000 offered, 0 refused/);
});
