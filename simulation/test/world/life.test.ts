import assert from 'node:assert/strict';
import test from 'node:test';
import { virtualClock } from '@tapeclock/ports/virtual';
import { Life } from '../../src/world/life.ts';
import { mortalClock } from '../../src/world/mortal-clock.ts';

test('a process dies before an effect or after it, and hears nothing either way', async () => {
  for (const [crossings, effects] of [
    [1, 0],
    [2, 1],
  ] as const) {
    let done = 0;
    let heard = false;
    let deaths = 0;
    const life = new Life(() => {
      deaths += 1;
    });
    life.crashAfter(crossings);
    life
      .ask(async () => {
        done += 1;
      })
      .then(() => {
        heard = true;
      });
    await virtualClock().settle();
    assert.deepEqual([done, heard, deaths, life.alive], [effects, false, 1, false]);
  }
});

test('an error does not reach a process that died of it', async () => {
  const life = new Life(() => {});
  life.crashAfter(2);
  let heard = false;
  life
    .ask(() => Promise.reject(new Error('disk')))
    .catch(() => {
      heard = true;
    });
  await virtualClock().settle();
  assert.equal(heard, false);
});

test('timers of a dead process do not run, and its host’s clock may be off', async () => {
  const clock = virtualClock();
  const life = new Life(() => {});
  const own = mortalClock(clock, life, () => -2_000_000_000n);
  let runs = 0;
  own.after(1_000n, () => {
    runs += 1;
  });
  own.after(3_000n, () => {
    runs += 1;
  });
  await clock.advance(2_000n);
  life.end();
  await clock.advance(2_000n);
  assert.equal(runs, 1);
  assert.equal(clock.nowNs() - own.nowNs(), 2_000_000_000n);
});
