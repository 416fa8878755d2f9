// That it survives kill -9 of each process under load is tried by `runbooks/drills/kill`.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { NS_PER_MS } from '@tapeclock/domain';
import { sleep, systemClock } from '@tapeclock/ports';
import { type Product, startProduct, verifyData } from '../../src/index.ts';

const clock = systemClock();

/** Asks until the answer satisfies; a test that waits for ever is ended by its own time limit. */
async function until<T>(ask: () => Promise<T>, satisfied: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    await sleep(clock, 50n * NS_PER_MS);
  }
}

async function accepted(product: Product): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${product.ports.watchHealth}/metrics`)).text();
  return [...text.matchAll(/^tapeclock_reports_total\{.*outcome="(?:in_window|late)".*\} (\d+)/gm)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('the whole product starts, reports, stops, goes on where it was, and is clean', {
  timeout: 120_000,
}, async (t) => {
  const first = await startProduct({ demoRate: 20 });
  t.after(async () => {
    await first.stop();
    rmSync(first.dataDir, { recursive: true, force: true });
  });
  assert.deepEqual([...first.passwords.keys()].sort(), ['officer', 'viewer']);
  await until(
    () => accepted(first),
    (count) => count > 20,
  );
  const pids = (['hot', 'watch', 'desk', 'outside'] as const).map((role) => first.pid(role));
  await first.stop();
  assert.deepEqual(pids.filter(alive), []);

  const second = await startProduct({ dataDir: first.dataDir });
  t.after(() => second.stop());
  assert.equal(second.passwords.size, 0, 'accounts were made again');
  assert.equal(second.restKey, first.restKey);
  assert.ok(second.clockOffsetNs >= first.clockOffsetNs, 'the clock went back');
  const settled = await until(
    () => verifyData(first.dataDir),
    ({ counts, exceptions }) => counts.open === 0 && exceptions.length === 0,
  );
  await second.stop();
  assert.ok((settled.counts.exactlyOnce ?? 0) > 40);

  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const run = (...args: readonly string[]) =>
    new Promise<{ status: number | null; output: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', main, ...args],
        (_error, stdout, stderr) => resolve({ status: child.exitCode, output: stdout + stderr }),
      );
    });
  const verified = await run('verify', '--data', first.dataDir);
  assert.equal(verified.status, 0, verified.output);
  assert.match(verified.output, /^clean/m);
  const replayed = await run('replay', '--data', first.dataDir);
  assert.equal(replayed.status, 0, replayed.output);
  assert.match(replayed.output, /, 0 differences/);
});
