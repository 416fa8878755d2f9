/** What every read model must do, whatever it is kept in. Call from a test file with a way to open an empty one. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type AnyEvent, topicOf } from '@tapeclock/schemas';
import fc from 'fast-check';
import { bucketOfNs } from '../../src/read-model/latency-buckets.ts';
import type { PlacedEvent } from '../../src/read-model/placed-event.ts';
import type { ReadModel } from '../../src/read-model/read-model.ts';
import {
  accepted,
  alert,
  breached,
  idOf,
  inDoubt,
  intended,
  lineageOf,
  met,
  received,
  rejected,
  repairClosed,
  repairOf,
  repairOpened,
  reportable,
  reportOf,
  session,
  TEN,
  type TestTrade,
  trade,
  warned,
} from '../events.ts';

/** Gives each event its place: one partition per topic, offsets in the order given. */
export function place(events: readonly AnyEvent[]): PlacedEvent[] {
  const next = new Map<string, bigint>();
  return events.map((input) => {
    const topic = topicOf(input.type);
    const offset = next.get(topic) ?? 0n;
    next.set(topic, offset + 1n);
    return {
      ...input,
      position: { topic, partition: 0, offset },
      appendedNs: input.event.meta.recordedNs,
      value: Buffer.from(input.event.meta.eventId),
    };
  });
}

/** Everything a person can see, in a form that can be compared. */
async function seen(model: ReadModel): Promise<unknown> {
  const q = model.queries;
  const all = { limit: 500 };
  return {
    trades: (await q.trades(all)).rows,
    obligations: (await q.obligations(all)).rows,
    late: (await q.late(all)).rows,
    inDoubt: (await q.inDoubt(all)).rows,
    repairs: (await q.repairs({ ...all, state: 'all' })).rows,
    alerts: (await q.alerts({ ...all, state: 'all' })).rows,
    // A gauge that has come back to nothing and one that never moved look the same to a person.
    totals: (await q.totals()).filter(({ n }) => n !== 0),
    series: await q.series(0, 2 ** 40, 1),
    used: await q.histograms('total', 0, 2 ** 40, 1),
    facility: await q.histograms('facility', 0, 2 ** 40, 60),
    sessions: await q.sessions(),
    positions: await model.positions(),
  };
}

const lives: readonly ((t: TestTrade) => AnyEvent[])[] = [
  (t) => [received(t), reportable(t), intended(t), accepted(t), met(t)],
  (t) => [received(t), reportable(t), intended(t), warned(t, 50), warned(t, 80)],
  (t) => [
    received(t),
    reportable(t),
    intended(t),
    inDoubt(t),
    breached(t),
    accepted(t, 12_000n),
    met(t, 12_000n),
  ],
  (t) => [received(t), repairOpened(t), repairClosed(t)],
  (t) => [
    received(t),
    reportable(t),
    intended(t),
    rejected(t),
    repairOpened(t, 'facility'),
    repairClosed(t, 'DISCARDED'),
  ],
  (t) => [received(t), repairOpened(t)],
  () => [
    alert('facility-session-down', 'ADF1', 'RAISED'),
    alert('facility-session-down', 'ADF1', 'CLEARED', 5n),
  ],
  () => [session('ADF1', 'CONNECTED'), session('ADF1', 'LOGGED_ON')],
];

/** Random lives, woven together so that each topic keeps each life's order but topics and lives run freely. */
const history = fc
  .array(fc.nat(lives.length - 1), { minLength: 1, maxLength: 8 })
  .map((kinds) =>
    kinds.map((kind, index) => lives[kind]!(trade(`X${index}`, { executedNs: TEN + BigInt(index) }))),
  );

export function readModelContract(open: () => ReadModel): void {
  test('a whole life ends in one accepted row that owes nothing', async () => {
    const model = open();
    const t = trade('E1');
    await model.apply(place(lives[0]!(t)));
    const row = await model.queries.trade(idOf(t));
    assert.equal(row?.state, 'ACCEPTED');
    assert.equal(row?.open, 0n);
    assert.equal(row?.used_ns, 9_000_000n);
    assert.equal(row?.late, 0n);
    assert.equal(row?.report_id, reportOf(t));
    assert.equal((await model.queries.events(lineageOf(t))).length, 5);
    await model.close();
  });

  test('what a cancel used of its window runs from when it was cancelled, not from the execution', async () => {
    const model = open();
    const cancelled = trade('C1');
    const executedNs = cancelled.executedNs - 60_000_000_000n;
    const input = accepted(cancelled);
    if (input.type !== 'ReportAccepted') throw new TypeError(input.type);
    const told: AnyEvent = { ...input, event: { ...input.event, executedNs, action: 'CANCEL' } };
    await model.apply(place([reportable(cancelled), told]));
    assert.equal((await model.queries.trade(idOf(cancelled)))?.used_ns, 9_000_000n);
    await model.apply(place([reportable(cancelled), told, met(cancelled)]).slice(2));
    assert.equal((await model.queries.trade(idOf(cancelled)))?.used_ns, 9_000_000n);
    const figures = await model.queries.histograms('total', 0, 2 ** 40, 1);
    assert.deepEqual([...figures.values()], [new Map([[bucketOfNs(9_000_000n), 1]])]);
    await model.close();
  });

  test('an obligation is open from the decision to the acceptance, nearest deadline first', async () => {
    const model = open();
    const [late, soon] = [trade('E1', { executedNs: TEN + 5n }), trade('E2')];
    await model.apply(place([reportable(late), reportable(soon)]));
    const { rows } = await model.queries.obligations({});
    assert.deepEqual(
      rows.map((row) => row.execution_id),
      [idOf(soon), idOf(late)],
    );
    await model.close();
  });

  test('an event given again, at its place or at a later one, counts once', async () => {
    const model = open();
    const t = trade('E1');
    const once = place(lives[2]!(t));
    await model.apply(once);
    const before = await seen(model);
    const { applied } = await model.apply(once);
    assert.equal(applied, 0);
    // An old one alone must not move the place to go on from back.
    await model.apply(once.slice(0, 1));
    await model.apply(once.slice(2, 3));
    assert.deepEqual(await seen(model), before);

    const again = once.map((item) => ({
      ...item,
      position: { ...item.position, offset: item.position.offset + 50n },
    }));
    await model.apply(again);
    assert.deepEqual(
      { ...(before as object), positions: null },
      { ...((await seen(model)) as object), positions: null },
    );
    await model.close();
  });

  test('an unreadable record is passed over and its place remembered', async () => {
    const model = open();
    const position = { topic: 'executions.received', partition: 3, offset: 41n };
    await model.apply([{ type: null, position, appendedNs: TEN }]);
    assert.equal((await model.positions()).get('executions.received/3'), 42n);
    await model.close();
  });

  test('a batch that fails leaves neither rows nor positions', async () => {
    const model = open();
    const [good, bad] = place([received(trade('E1')), reportable(trade('E1'))]) as [PlacedEvent, PlacedEvent];
    const broken = { ...bad, event: { ...bad.event, execution: null } } as unknown as PlacedEvent;
    await assert.rejects(async () => model.apply([good, broken]));
    assert.equal((await model.positions()).size, 0);
    assert.equal((await model.queries.trades({})).rows.length, 0);
    await model.close();
  });

  test('acceptance is final, whatever a slower instance still says', async () => {
    const model = open();
    const t = trade('E1');
    await model.apply(place([reportable(t), intended(t), accepted(t), inDoubt(t)]));
    assert.equal((await model.queries.trade(idOf(t)))?.state, 'ACCEPTED');
    await model.close();
  });

  test('a settled repair moves its execution on', async () => {
    const model = open();
    const [a, b] = [trade('E1'), trade('E2')];
    await model.apply(
      place([repairOpened(a), repairOpened(b), repairClosed(a), repairClosed(b, 'DISCARDED')]),
    );
    assert.equal((await model.queries.trade(idOf(a)))?.state, 'SUPERSEDED');
    assert.equal((await model.queries.trade(idOf(b)))?.state, 'DISCARDED');
    assert.equal((await model.queries.repair(repairOf(a)))?.actor, 'officer');
    assert.deepEqual((await model.queries.repairs({})).rows, []);
    await model.close();
  });

  test('pages follow one another without gap or repeat while new trades come in', async () => {
    const model = open();
    const trades = Array.from({ length: 25 }, (_, i) => trade(`E${i}`, { executedNs: TEN + BigInt(i % 7) }));
    await model.apply(place(trades.map(received)));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await model.queries.trades({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.rows.map((row) => row.execution_id));
      const newcomer = received(trade(`N${found.length}`, { executedNs: TEN + 1_000n }));
      const [placed] = place([newcomer]) as [PlacedEvent];
      await model.apply([
        { ...placed, position: { ...placed.position, offset: 100n + BigInt(found.length) } },
      ]);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.equal(found.length, 25);
    assert.deepEqual(new Set(found), new Set(trades.map(idOf)));
    await model.close();
  });

  test('search finds by symbol, firm, and the start of any id', async () => {
    const model = open();
    const [a, b] = [trade('ORD-1'), trade('ORD-2', { symbol: 'MSFT', executedNs: TEN + 1n })];
    await model.apply(place([received(a), reportable(a), received(b), reportable(b)]));
    const find = async (q: string) => (await model.queries.trades({ q })).rows.map((row) => row.execution_id);
    assert.deepEqual(await find('msft'), [idOf(b)]);
    assert.deepEqual(await find('TAPE'), [idOf(b), idOf(a)]);
    assert.deepEqual(await find(idOf(a).slice(0, 12)), [idOf(a)]);
    assert.deepEqual(await find(reportOf(b)), [idOf(b)]);
    assert.deepEqual(await find(lineageOf(a)), [idOf(a)]);
    assert.deepEqual(await find('ORD-2'), [idOf(b)]);
    assert.deepEqual(await find('nothing-like-it'), []);
    await model.close();
  });

  test('however batches are cut and topics woven, the model equals one built in a single go', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.infiniteStream(fc.nat()),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        async (all, dice, cuts) => {
          const straight = open();
          const placed = place(all.flat());
          await straight.apply(placed);

          const woven = open();
          const queues = new Map<string, PlacedEvent[]>();
          for (const item of placed) {
            const queue = queues.get(item.position.topic) ?? [];
            queue.push(item);
            queues.set(item.position.topic, queue);
          }
          const sequence: PlacedEvent[] = [];
          while (queues.size > 0) {
            const topics = [...queues.keys()];
            const topic = topics[dice.next().value! % topics.length]!;
            const queue = queues.get(topic)!;
            sequence.push(queue.shift()!);
            if (queue.length === 0) queues.delete(topic);
          }
          for (let from = 0, cut = 0; from < sequence.length; cut += 1) {
            const size = cuts[cut % cuts.length]!;
            // Each batch begins with what came before: a crash after the commit, before anybody knew.
            await woven.apply(sequence.slice(Math.max(0, from - 2), from + size));
            from += size;
          }
          assert.deepEqual(await seen(woven), await seen(straight));
          await Promise.all([straight.close(), woven.close()]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('after a reset nothing is left and the log can be read from its start', async () => {
    const model = open();
    await model.apply(place(lives[0]!(trade('E1'))));
    await model.reset();
    assert.equal((await model.positions()).size, 0);
    assert.equal((await model.queries.trades({})).rows.length, 0);
    await model.close();
  });
}
