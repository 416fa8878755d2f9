import assert from 'node:assert/strict';
import test from 'node:test';
import { lineageId } from '@tapeclock/domain';
import type { AnyEvent, ExecutionReceived } from '@tapeclock/schemas';
import fc from 'fast-check';
import type { Lineage } from '../../src/lineage/lineage.ts';
import type { LineageStore } from '../../src/lineage/lineage-store.ts';
import { act, bench, codec, fromLog, NOW_NS, only, received, SOURCE } from '../support/fixtures.ts';

const ROOT = 'X1';
const IDS = [ROOT, 'R1', 'C1'] as const;
/** Good, not valid, correctable in place, and to be told as cancel and new. */
const CONTENTS = [{}, { price: '0' }, { price: '188' }, { symbol: 'MSFT' }] as const;

const record = {
  topic: 't',
  partition: 0,
  offset: 0n,
  key: '',
  value: new Uint8Array(),
  headers: {},
  appendedNs: 0n,
};

type Move =
  | { readonly kind: 'received'; readonly event: ExecutionReceived }
  /** A person settles the item opened so many items ago, or, where there are fewer, a refusal of the facility. */
  | {
      readonly kind: 'desk';
      readonly verb: 'RESUBMIT' | 'DISCARD';
      readonly ago: number;
      readonly content: number;
    };

const receivedMove: fc.Arbitrary<Move> = fc
  .record({
    id: fc.constantFrom(...IDS),
    action: fc.constantFrom('NEW' as const, 'CORRECT' as const, 'CANCEL' as const),
    ref: fc.constantFrom(...IDS),
    content: fc.nat(CONTENTS.length - 1),
  })
  .map(({ id, action, ref, content }) => ({
    kind: 'received',
    event: received(id, {
      action,
      root: ROOT,
      ...(action === 'NEW' ? {} : { ref }),
      fields: CONTENTS[content] ?? {},
    }),
  }));
const deskMove: fc.Arbitrary<Move> = fc.record({
  kind: fc.constant('desk' as const),
  verb: fc.constantFrom('RESUBMIT' as const, 'RESUBMIT' as const, 'DISCARD' as const),
  ago: fc.nat(3),
  content: fc.nat(CONTENTS.length - 1),
});
const moves = (maxLength: number) =>
  fc.array(fc.oneof({ weight: 3, arbitrary: receivedMove }, { weight: 1, arbitrary: deskMove }), {
    maxLength,
  });

/** One life of the service, or a state restored, that goes on by `step`. */
function life(store?: LineageStore) {
  const { processor } = bench();
  const state = store ?? processor.init(0);
  const step = (input: AnyEvent): readonly AnyEvent[] =>
    processor
      .step(state, fromLog(input), { nowNs: NOW_NS, codec, record })
      .map(({ value }) => codec.decode(value));
  return { state, step };
}

/** The moves as inputs; what a person does depends on the items open by then. */
function inputOf(move: Move, opened: readonly AnyEvent[], n: number): AnyEvent {
  if (move.kind === 'received') return { type: 'ExecutionReceived', event: move.event };
  const item = opened.at(-1 - move.ago);
  const actionId = `A${n}`;
  const fields = CONTENTS[move.content] ?? {};
  if (item?.type !== 'RepairOpened') {
    const sourceExecutionId = IDS[move.ago % IDS.length] ?? ROOT;
    return {
      type: 'DeskActed',
      event: act('RESUBMIT', `F${n}`, ROOT, { actionId, sourceExecutionId, repairStage: 'facility', fields }),
    };
  }
  const { repairId, sourceExecutionId } = item.event;
  return {
    type: 'DeskActed',
    event: act(move.verb, repairId, ROOT, { actionId, sourceExecutionId, fields }),
  };
}

/** What is on the log after the moves, topic by topic. */
function logOf(history: readonly Move[]) {
  const { step } = life();
  const topics = { received: [] as AnyEvent[], reportable: [] as AnyEvent[], rejected: [] as AnyEvent[] };
  const opened: AnyEvent[] = [];
  for (const [n, move] of history.entries()) {
    const input = inputOf(move, opened, n);
    if (input.type === 'ExecutionReceived') topics.received.push(fromLog(input));
    for (const output of step(input)) {
      (output.type === 'TradeReportable' ? topics.reportable : topics.rejected).push(output);
      if (output.type === 'RepairOpened') opened.push(output);
    }
  }
  return { topics, opened };
}

function restored(events: readonly AnyEvent[]): LineageStore {
  const { processor } = bench();
  const store = processor.init(0);
  for (const event of events) processor.restore(store, event, record);
  return store;
}

/** Any interleaving that keeps each topic's order. */
function interleaved(
  topics: readonly (readonly AnyEvent[])[],
  picks: readonly number[],
): readonly AnyEvent[] {
  const left = topics.map((topic) => [...topic]);
  const merged: AnyEvent[] = [];
  for (let n = 0; left.some((topic) => topic.length > 0); n += 1) {
    const open = left.filter((topic) => topic.length > 0);
    const next = open[(picks[n % picks.length] ?? 0) % open.length]?.shift();
    if (next !== undefined) merged.push(next);
  }
  return merged;
}

const picks = fc.array(fc.nat(5), { minLength: 1, maxLength: 30 });
const lineageOf = (store: LineageStore): Lineage | undefined => {
  const lineage = store.get(lineageId(SOURCE, ROOT));
  // Searched by id: the order of the entries means nothing.
  lineage?.entries.sort((a, b) => (a.sourceExecutionId < b.sourceExecutionId ? -1 : 1));
  return lineage;
};

test('a state is the same whether its inputs are restored before their outputs or after them', () => {
  fc.assert(
    fc.property(moves(12), picks, (history, order) => {
      const { topics } = logOf(history);
      const { received: inputs, reportable, rejected } = topics;
      const inputsFirst = restored([...inputs, ...reportable, ...rejected]);
      const anyOrder = restored(interleaved([inputs, reportable, rejected], order));
      assert.deepEqual(lineageOf(anyOrder), lineageOf(inputsFirst));
    }),
    { numRuns: 400 },
  );
});

test('it goes on alike too: with the inputs whose commit was cut off, and with new ones', () => {
  fc.assert(
    fc.property(moves(10), fc.nat(3), picks, moves(6), (history, uncommittedMax, order, future) => {
      const { topics, opened } = logOf(history);
      const { received: inputs, reportable, rejected } = topics;
      // A batch is committed before the next topic's is begun: only what came last can lack its commit.
      const lastDesk = history.findLastIndex(({ kind }) => kind === 'desk');
      const uncommitted = Math.min(uncommittedMax, history.length - 1 - lastDesk);
      const committed = inputs.slice(0, inputs.length - uncommitted);
      const again = inputs.slice(inputs.length - uncommitted);
      const cold = life(restored([...committed, ...reportable, ...rejected]));
      const warm = life(restored(interleaved([committed, reportable, rejected], order)));
      for (const input of again) assert.deepEqual(warm.step(input), cold.step(input));
      for (const [n, move] of future.entries()) {
        const input = inputOf(move, opened, history.length + n);
        const made = cold.step(input);
        assert.deepEqual(warm.step(input), made);
        opened.push(...made.filter(({ type }) => type === 'RepairOpened'));
      }
    }),
    { numRuns: 400 },
  );
});

test('a correction told as cancel and new can be corrected on, also when its input is read last or comes again', () => {
  const first = received(ROOT);
  const moved = received('R1', { action: 'CORRECT', ref: ROOT, fields: { symbol: 'MSFT' } });
  const history: Move[] = [first, moved].map((event) => ({ kind: 'received', event }));
  const { topics } = logOf(history);
  assert.deepEqual(
    topics.reportable.map(({ event }) => (event as { action: string }).action),
    ['NEW', 'CANCEL', 'NEW'],
  );
  const on: AnyEvent = {
    type: 'ExecutionReceived',
    event: received('R2', {
      action: 'CORRECT',
      ref: 'R1',
      root: ROOT,
      fields: { symbol: 'MSFT', price: '188' },
    }),
  };
  const readLast = life(restored([...topics.reportable, ...topics.received]));
  assert.equal(only(readLast.step(on), 'TradeReportable').action, 'CORRECT');
  const again = life(restored(topics.reportable));
  for (const input of topics.received) assert.deepEqual(again.step(input), []);
  assert.equal(only(again.step(on), 'TradeReportable').action, 'CORRECT');
});
