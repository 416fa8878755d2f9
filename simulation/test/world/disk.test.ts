import assert from 'node:assert/strict';
import test from 'node:test';
import { seededRandom, virtualClock } from '@tapeclock/ports/virtual';
import { disk } from '../../src/world/disk.ts';
import { Life } from '../../src/world/life.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('what was acknowledged survives a crash; of what was under way a prefix of the oldest append does', async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const clock = virtualClock();
    const host = disk(clock, seededRandom(seed));
    const files = host.files(new Life(() => {}));
    let acknowledged = false;
    files.append('journal', Buffer.from('one\n')).then(() => {
      acknowledged = true;
    });
    await clock.advance(2_000_000n);
    assert.equal(acknowledged, true);
    files.append('journal', Buffer.from('two\n'));
    files.append('journal', Buffer.from('three\n'));
    host.crash();
    await clock.advance(1_000_000_000n);
    assert.ok('one\ntwo\n'.startsWith(text(host.contents('journal'))));
    assert.ok(text(host.contents('journal')).startsWith('one\n'));
  }
});

test('a stalled disk answers nobody until it goes on, and keeps the order', async () => {
  const clock = virtualClock();
  const host = disk(clock, seededRandom(1));
  const files = host.files(new Life(() => {}));
  const lift = host.stall();
  const answers: string[] = [];
  for (const line of ['a', 'b', 'c']) files.append('f', Buffer.from(line)).then(() => answers.push(line));
  await clock.advance(5_000_000_000n);
  assert.deepEqual(answers, []);
  lift();
  await clock.advance(1_000_000n);
  assert.equal(answers.join(''), 'abc');
  assert.equal(text(host.contents('f')), 'abc');
});
