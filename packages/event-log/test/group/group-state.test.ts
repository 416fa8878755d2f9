import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { balance } from '../../src/group/balance.ts';
import {
  EMPTY_GROUP,
  type GroupEvent,
  type GroupState,
  groupStep,
  ownedSlots,
} from '../../src/group/group-state.ts';
import { look, startWatch } from '../../src/group/member-watch.ts';

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
const owner = fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: null });

test('balance is even, complete, the same for every order of members, and moves no more than it must', () => {
  fc.assert(
    fc.property(ids, fc.array(owner, { maxLength: 24 }), (members, previous) => {
      const now = balance(members, previous);
      assert.deepEqual(balance([...members].reverse(), previous), now);
      if (members.length === 0) {
        assert.ok(now.every((id) => id === null));
        return;
      }
      const counts = members.map((id) => now.filter((other) => other === id).length);
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        previous.length,
      );
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
      const stayed = now.filter((id, slot) => id === previous[slot]).length;
      const floor = Math.floor(previous.length / members.length);
      const held = members.map((id) => previous.filter((other) => other === id).length);
      const extras = Math.min(held.filter((count) => count > floor).length, previous.length % members.length);
      const most = held.reduce((sum, count) => sum + Math.min(count, floor), 0) + extras;
      assert.equal(stayed, most);
    }),
  );
});

test('whatever happens, a slot passes from one living member to another only by release', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('join'), memberId: fc.constantFrom('a', 'b', 'c'), slots: fc.constant(5) }),
    fc.record({ kind: fc.constant('leave'), memberId: fc.constantFrom('a', 'b', 'c') }),
    fc.record({
      kind: fc.constant('release'),
      memberId: fc.constantFrom('a', 'b', 'c'),
      slots: fc.constant([0, 1, 2, 3, 4]),
    }),
    fc.record({
      kind: fc.constant('beat'),
      memberId: fc.constantFrom('a', 'b', 'c'),
      suspect: fc.constantFrom('a', 'b', 'c'),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state: GroupState = EMPTY_GROUP;
      for (const drawn of events) {
        const session = state.members.find((member) => member.id === drawn.memberId)?.session ?? -1;
        const suspects =
          'suspect' in drawn ? state.members.filter((member) => member.id === drawn.suspect) : [];
        const before = state;
        state = groupStep(state, { ...drawn, session, suspects } as GroupEvent).state;
        assert.ok(state.generation >= before.generation);
        for (const [number, slot] of state.slots.entries()) {
          const had = before.slots[number]?.owner ?? null;
          if (had === null || slot.owner === had) continue;
          const alive = state.members.some(
            (member) =>
              member.id === had &&
              before.members.some((old) => old.id === had && old.session === member.session),
          );
          assert.ok(
            !alive || (drawn.kind === 'release' && drawn.memberId === had),
            'taken from a living member',
          );
        }
        if (state.members.length > 0) assert.ok(state.slots.every((slot) => slot.owner !== null));
      }
    }),
  );
});

test('a member that was expired owns nothing, also under its old session after it has come back', () => {
  const join = (state: GroupState, memberId: string) =>
    groupStep(state, { kind: 'join', memberId, slots: 2 }).state;
  let state = join(join(EMPTY_GROUP, 'a'), 'b');
  const [a, b] = state.members;
  assert.ok(a && b);
  state = groupStep(state, { kind: 'beat', memberId: 'b', session: b.session, suspects: [a] }).state;
  assert.deepEqual(ownedSlots(state, 'b', b.session), [0, 1]);
  const late = groupStep(state, { kind: 'beat', memberId: 'a', session: a.session, suspects: [] });
  assert.equal(late.fenced, true);
  state = join(state, 'a');
  assert.deepEqual(ownedSlots(state, 'a', a.session), []);
});

test('a suspect that has beaten since is left alone', () => {
  let state = EMPTY_GROUP;
  for (const memberId of ['a', 'b']) state = groupStep(state, { kind: 'join', memberId, slots: 2 }).state;
  const [a, b] = state.members;
  assert.ok(a && b);
  state = groupStep(state, { kind: 'beat', memberId: 'a', session: a.session, suspects: [] }).state;
  state = groupStep(state, { kind: 'beat', memberId: 'b', session: b.session, suspects: [a] }).state;
  assert.deepEqual(
    state.members.map((member) => member.id),
    ['a', 'b'],
  );
});

test('a beat that stands still for the timeout is suspect, unless the watcher itself was away', () => {
  const a = { id: 'a', session: 1, beat: 7 };
  const steps = (instants: readonly bigint[]) => {
    let watch = startWatch(0n);
    let suspects = 0;
    for (const nowNs of instants) {
      const looked = look(watch, [a], nowNs, 1000n);
      watch = looked.watch;
      suspects = looked.suspects.length;
    }
    return suspects;
  };
  assert.equal(steps([200n, 600n, 1000n, 1199n]), 0);
  assert.equal(steps([200n, 600n, 1000n, 1200n]), 1);
  assert.equal(steps([200n, 600n, 5000n]), 0);
  assert.equal(steps([200n, 600n, 5000n, 5400n, 5800n, 6000n]), 1);
});
