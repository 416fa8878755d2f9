import assert from 'node:assert/strict';
import type { EventLog, LogError, Membership, TopicPartition } from '../../src/index.ts';
import { contractCase, type LogFactory, type LogUnderTest, record } from './log-under-test.ts';

interface Member {
  readonly membership: Membership;
  /** Partition numbers held, from the moment of assignment to the end of the revocation. */
  readonly owned: Set<number>;
  readonly history: string[];
  /** Set it to hold up revocations. */
  gate: Promise<void>;
}

async function member(
  log: EventLog,
  memberId: string,
  topics: readonly string[] = ['trades'],
  all: Member[] = [],
): Promise<Member> {
  const owned = new Set<number>();
  const history: string[] = [];
  const self: { gate: Promise<void>; owned: Set<number>; history: string[] } = {
    gate: Promise.resolve(),
    owned,
    history,
  };
  const onAssignment = async (change: {
    revoked: readonly TopicPartition[];
    assigned: readonly TopicPartition[];
  }) => {
    if (change.revoked.length > 0) await self.gate;
    for (const { topic, partition } of change.revoked) {
      history.push(`-${topic}/${partition}`);
      owned.delete(partition);
    }
    for (const { topic, partition } of change.assigned) {
      history.push(`+${topic}/${partition}`);
      for (const other of all)
        assert.ok(other.owned === owned || !other.owned.has(partition), `two members had ${partition}`);
      owned.add(partition);
    }
  };
  const membership = await log.join({ group: 'enrichment', memberId, topics, onAssignment });
  const joined = Object.assign(self, { membership });
  all.push(joined);
  return joined;
}

/** Consumer groups: who reads what, how far, and who may say so. */
export function groupContract(name: string, factory: LogFactory): void {
  const behaves = (behaviour: string, run: (world: LogUnderTest) => Promise<void>): void =>
    contractCase(name, factory, behaviour, run);
  const code = (expected: string) => (error: LogError) => error.code === expected;
  const at = (partition: number, offset: bigint, topic = 'trades') => [{ topic, partition, offset }];

  behaves(
    'a lone member gets every partition, in one call, with those of one number together',
    async ({ open, until }) => {
      const log = await open('a');
      const a = await member(log, 'a', ['trades', 'outcomes', 'alerts']);
      await until(() => a.owned.size === 4);
      assert.deepEqual(
        [...a.history].sort(),
        ['+alerts/0', '+alerts/1', ...[0, 1, 2, 3].flatMap((n) => [`+outcomes/${n}`, `+trades/${n}`])].sort(),
      );
      assert.equal(a.membership.assignment().length, 10);
    },
  );

  behaves('members share the partitions evenly and never hold one together', async ({ open, until }) => {
    const all: Member[] = [];
    for (const id of ['a', 'b', 'c']) await member(await open(id), id, ['trades', 'outcomes'], all);
    await until(
      () =>
        all.every((each) => each.owned.size >= 1) &&
        all.reduce((sum, each) => sum + each.owned.size, 0) === 4,
    );
    assert.deepEqual(all.map((each) => each.owned.size).sort(), [1, 1, 2]);
    for (const each of all) {
      const numbers = (topic: string) =>
        each.membership
          .assignment()
          .filter((place) => place.topic === topic)
          .map((place) => place.partition);
      assert.deepEqual(numbers('trades'), numbers('outcomes'));
    }
  });

  behaves(
    'a partition is given to its new member only when the old one has let go',
    async ({ open, until }) => {
      const all: Member[] = [];
      const a = await member(await open('a'), 'a', ['trades'], all);
      await until(() => a.owned.size === 4);
      const gate = Promise.withResolvers<void>();
      a.gate = gate.promise;
      const b = await member(await open('b'), 'b', ['trades'], all);
      let rounds = 0;
      await until(() => rounds++ > 20);
      assert.equal(b.owned.size, 0);
      gate.resolve();
      await until(() => b.owned.size === 2 && a.owned.size === 2);
    },
  );

  behaves(
    'the partitions of a killed member move to the living, who find its committed offsets',
    async ({ open, kill, until }) => {
      const [logA, logB] = [await open('a'), await open('b')];
      const [a, b] = [await member(logA, 'a'), await member(logB, 'b')];
      await until(() => a.owned.size === 2 && b.owned.size === 2);
      const [lost] = a.owned;
      assert.ok(lost !== undefined);
      await a.membership.commit(at(lost, 17n));
      await kill('a');
      await until(() => b.owned.size === 4);
      assert.equal(await b.membership.committed('trades', lost), 17n);
      await b.membership.commit(at(lost, 18n));
      assert.equal(await b.membership.committed('trades', lost), 18n);
    },
  );

  behaves(
    'a member that leaves hands its partitions over, and may not commit any more',
    async ({ open, until }) => {
      const [a, b] = [await member(await open('a'), 'a'), await member(await open('b'), 'b')];
      await until(() => a.owned.size === 2 && b.owned.size === 2);
      await a.membership.leave();
      await until(() => b.owned.size === 4);
      await assert.rejects(a.membership.commit(at(0, 1n)), code('CLOSED'));
      assert.deepEqual(a.membership.assignment(), []);
    },
  );

  behaves(
    "a commit for another member's partition is fenced and changes nothing",
    async ({ open, until }) => {
      const [a, b] = [await member(await open('a'), 'a'), await member(await open('b'), 'b')];
      await until(() => a.owned.size === 2 && b.owned.size === 2);
      const [own] = a.owned;
      const [foreign] = b.owned;
      assert.ok(own !== undefined && foreign !== undefined);
      const both = [...at(own, 5n), ...at(foreign, 5n)];
      await assert.rejects(a.membership.commit(both), code('FENCED'));
      assert.equal(await b.membership.committed('trades', foreign), null);
      assert.equal(await b.membership.committed('trades', own), null);
    },
  );

  behaves('an earlier life under the same member id is fenced by the later one', async ({ open, until }) => {
    const old = await member(await open('a'), 'same');
    await until(() => old.owned.size === 4);
    const young = await member(await open('b'), 'same');
    await assert.rejects(old.membership.commit(at(0, 3n)), code('FENCED'));
    await until(() => young.owned.size === 4);
  });

  behaves(
    'commits are remembered by group across restarts, the last word counting',
    async ({ open, kill, until }) => {
      const log = await open('a');
      const a = await member(log, 'a');
      await until(() => a.owned.size === 4);
      assert.equal(await a.membership.committed('trades', 1), null);
      // Not awaited one by one: they merge, and the last one wins.
      await Promise.all([1n, 2n, 3n].map((offset) => a.membership.commit(at(1, offset))));
      await kill('a');
      const again = await member(await open('a'), 'a again');
      await until(() => again.owned.size === 4);
      assert.equal(await again.membership.committed('trades', 1), 3n);
    },
  );

  behaves(
    'whoever is no member may ask how far a group has come, also after its death',
    async ({ open, kill, until }) => {
      const log = await open('a');
      const onlooker = await open('b');
      assert.equal(await onlooker.committed('enrichment', 'trades', 1), null);
      const a = await member(log, 'a');
      await until(() => a.owned.size === 4);
      assert.equal(await onlooker.committed('enrichment', 'trades', 1), null);
      await a.membership.commit(at(1, 3n));
      assert.equal(await onlooker.committed('enrichment', 'trades', 1), 3n);
      await a.membership.commit(at(1, 7n));
      assert.equal(await onlooker.committed('enrichment', 'trades', 1), 7n);
      assert.equal(await onlooker.committed('enrichment', 'trades', 2), null);
      assert.equal(await onlooker.committed('another', 'trades', 1), null);
      await kill('a');
      assert.equal(await onlooker.committed('enrichment', 'trades', 1), 7n);
      assert.equal(await (await open('a')).committed('enrichment', 'trades', 1), 7n);
      await assert.rejects(onlooker.committed('enrichment', 'trades', 4), code('UNKNOWN_TOPIC'));
      await onlooker.close();
      await assert.rejects(onlooker.committed('enrichment', 'trades', 1), code('CLOSED'));
    },
  );

  behaves('a callback that fails is called again with the same change', async ({ open, until }) => {
    const log = await open('a');
    const calls: number[] = [];
    await log.join({
      group: 'g',
      memberId: 'a',
      topics: ['single'],
      async onAssignment({ assigned }) {
        calls.push(assigned.length);
        if (calls.length === 1) throw new Error('not ready');
      },
    });
    await until(() => calls.length === 2);
    assert.deepEqual(calls, [1, 1]);
  });

  behaves('groups do not see each other', async ({ open, until }) => {
    const log = await open('a');
    await log.append([record('trades', 'k', 'x')]);
    const a = await member(log, 'a');
    let others = 0;
    const other = await log.join({
      group: 'compliance',
      memberId: 'a',
      topics: ['trades'],
      async onAssignment({ assigned }) {
        others += assigned.length;
      },
    });
    await until(() => a.owned.size === 4 && others === 4);
    await a.membership.commit(at(0, 1n));
    assert.equal(await other.committed('trades', 0), null);
  });
}
