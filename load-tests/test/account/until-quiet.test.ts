import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import { TOPICS, topicDeclarations } from '@tapeclock/schemas';
import { untilQuiet } from '../../src/account/until-quiet.ts';

function quietWorld() {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: topicDeclarations }).handle('reader');
  const appendAfter = (delayNs: Ns, topic: string): void => {
    clock.after(delayNs, () => {
      void log.append([{ topic, key: 'k', value: new Uint8Array([1]), headers: {} }] as never);
    });
  };
  return { clock, log, appendAfter };
}

test('waits as long as something is appended, and 1.5 s more', async () => {
  const { clock, log, appendAfter } = quietWorld();
  const startNs = clock.monotonicNs();
  for (const seconds of [1n, 2n, 3n]) appendAfter(seconds * NS_PER_SECOND, TOPICS.reportsOutcome);
  let quietNs: Ns | null = null;
  const waiting = untilQuiet({ log }, clock).then((isQuiet) => {
    quietNs = clock.monotonicNs() - startNs;
    return isQuiet;
  });
  await clock.advance(10n * NS_PER_SECOND);
  assert.equal(await waiting, true);
  assert.ok(quietNs !== null && quietNs >= 4_500_000_000n && quietNs <= 5n * NS_PER_SECOND, String(quietNs));
});

test('gives up when it is never quiet', async () => {
  const { clock, log, appendAfter } = quietWorld();
  for (let second = 0n; second < 20n; second += 1n) {
    appendAfter(second * NS_PER_SECOND, TOPICS.executionsReceived);
  }
  const waiting = untilQuiet({ log }, clock, 10n * NS_PER_SECOND);
  await clock.advance(15n * NS_PER_SECOND);
  assert.equal(await waiting, false);
});
