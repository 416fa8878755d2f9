import assert from 'node:assert/strict';
import test from 'node:test';
import { TOPICS } from '@tapeclock/schemas';
import { MS, SECOND, trade } from '../support/samples.ts';
import { type World, world } from '../support/world.ts';

const now = (at: World, name: string) => trade(name, { executedNs: at.clock.nowNs() });
const batch = (at: World, name: string, count: number) =>
  Array.from({ length: count }, (_, index) => now(at, `${name}${index}`));

/** A facility that hides nothing: each id that it accepted, it accepted once. */
function acceptedOnce(at: World): number {
  for (const [wireId, controls] of at.facility.accepted) assert.equal(controls.length, 1, wireId);
  return at.facility.accepted.size;
}

test('a standby takes over with what it read ahead: the past is not read again, and what was under way ends once', async () => {
  const at = await world();
  await at.start();
  const reads = new Map<string, number>();
  const standby = at.prepare('two', (topic, records) => {
    reads.set(topic, (reads.get(topic) ?? 0) + records);
  });
  for (let round = 0; round < 5; round += 1) {
    await at.trade(...batch(at, `r${round}-`, 20));
    await at.clock.advance(SECOND);
  }
  const past = at.log.records(TOPICS.reportsOutcome).length;
  assert.ok(past >= 200);
  at.facility.answerDelayNs = 300n * MS;
  await at.trade(...batch(at, 'last-', 10));
  await at.clock.advance(200n * MS);
  assert.equal(reads.get(TOPICS.reportsOutcome), at.log.records(TOPICS.reportsOutcome).length);

  at.crash();
  reads.clear();
  const starting = standby.start();
  await at.clock.advance(2n * SECOND);
  await starting;
  assert.ok(
    (reads.get(TOPICS.reportsOutcome) ?? 0) < past / 4,
    `${reads.get(TOPICS.reportsOutcome)} read again`,
  );
  assert.deepEqual(
    new Set(at.of('ReportInDoubt').map(({ cause }) => cause)),
    new Set(['RESTARTED']),
    'what the dead instance had sent is in doubt, and nothing else',
  );
  // The dead one's session is the only proof; its next life is asked, and answers for all of them.
  await at.start('hot');
  await at.clock.advance(60n * SECOND);
  assert.equal(acceptedOnce(at), 110);
  assert.equal(new Set(at.of('ReportAccepted').map(({ reportId }) => reportId)).size, 110);
});

test('the next life of the same instance goes on with the numbers that its standby had read', async () => {
  const at = await world();
  const first = await at.start();
  await at.trade(...batch(at, 'a', 5));
  const standby = at.prepare('hot', () => {});
  await at.clock.advance(SECOND);
  await at.trade(...batch(at, 'b', 5));
  await at.clock.advance(SECOND);
  const stopping = first.stop();
  await at.clock.advance(3n * SECOND);
  await stopping;
  const starting = standby.start();
  await at.clock.advance(3n * SECOND);
  await starting;
  await at.trade(...batch(at, 'c', 5));
  await at.clock.advance(SECOND);
  const numbers = at.of('ReportIntended').map(({ msgSeqNum }) => msgSeqNum);
  assert.equal(numbers.length, 15);
  assert.equal(new Set(numbers).size, 15, 'a number was used twice');
  assert.equal(at.of('ReportInDoubt').length, 0);
  assert.equal(acceptedOnce(at), 15);
});

test('one that is called before it has read the past reads it as any start does', async () => {
  const at = await world();
  await at.start();
  await at.trade(...batch(at, 'a', 30));
  await at.clock.advance(SECOND);
  at.crash();
  const starting = at.prepare('hot', () => {}).start();
  await at.clock.advance(3n * SECOND);
  await starting;
  await at.trade(...batch(at, 'a', 30), ...batch(at, 'b', 3));
  await at.clock.advance(SECOND);
  assert.equal(acceptedOnce(at), 33, 'a repeat was not known');
});
