import assert from 'node:assert/strict';
import test from 'node:test';
import { easternDate } from '@tapeclock/domain';
import { MS, reportIdFor, SECOND, T0, trade } from '../support/samples.ts';
import { codec, type World, world } from '../support/world.ts';

const A = reportIdFor('a');

/** A trade as of now, so that nothing is late. */
const now = (at: World, name: string, options = {}) =>
  trade(name, { executedNs: at.clock.nowNs(), ...options });

const onceEach = (at: World) => {
  for (const [wireId, controls] of at.facility.accepted) {
    assert.equal(controls.length, 1, `${wireId} was accepted ${controls.length} times`);
  }
};

test('a trade on the log becomes one accepted report, in the facility’s words', async () => {
  const at = await world();
  const service = await at.start();
  assert.equal(service.ready(), true);
  await at.trade(now(at, 'a'));
  await at.clock.advance(100n * MS);
  const [seen] = at.facility.seen;
  const message = seen?.message;
  assert.ok(message !== undefined);
  const told = [571, 487, 856, 570, 1015, 48, 22, 32, 31, 75, 852, 22001, 552].map((tag) =>
    message.string(tag),
  );
  assert.deepEqual(told, [A, '0', '0', 'N', '0', 'IBM', '8', '100.5', '101.25', '20261124', 'Y', '@', '2']);
  assert.equal(message.timestamp(60), T0 + 3n * SECOND);
  assert.equal(message.string(56), 'FNRA');
  assert.equal(message.string(57), 'ADF');
  assert.equal(message.string(54), '5');
  const [intent] = at.of('ReportIntended');
  assert.deepEqual(Buffer.from(intent?.message ?? []), Buffer.from(message.bytes));
  assert.equal(at.of('ReportAccepted')[0]?.controlNumber, at.facility.accepted.get(A)?.[0]);
  const { stamps } = at.of('ReportAccepted')[0]?.meta ?? {};
  assert.ok((stamps?.intendedNs ?? 0n) < (stamps?.sentNs ?? 0n), 'sent before the intent was durable');
  assert.ok((stamps?.sentNs ?? 0n) < (stamps?.answeredNs ?? 0n));
  assert.deepEqual(
    at.of('SessionStateChanged').map(({ state }) => state),
    ['CONNECTED', 'LOGGED_ON'],
  );
  assert.equal(easternDate(T0), '2026-11-24');
  await stopped(at, service.stop());
});

async function stopped(at: World, stopping: Promise<void>): Promise<void> {
  await at.clock.advance(5n * SECOND);
  await stopping;
}

test('a stop in good order leaves nothing in doubt, and the next life goes on with the same numbers', async () => {
  const at = await world();
  const first = await at.start();
  await at.trade(now(at, 'a'), now(at, 'b'));
  await stopped(at, first.stop());
  await at.start();
  await at.trade(now(at, 'c'));
  await at.clock.advance(SECOND);
  assert.equal(at.of('ReportInDoubt').length, 0);
  assert.equal(at.of('ReportAccepted').length, 3);
  const numbers = at.of('ReportIntended').map(({ msgSeqNum }) => msgSeqNum);
  assert.equal(new Set(numbers).size, 3);
  onceEach(at);
});

test('a stop waits for answers under way: a facility that hangs up at once leaves no doubt', async () => {
  const at = await world();
  at.facility.answerDelayNs = 400n * MS;
  const service = await at.start();
  await at.trade(now(at, 'a'));
  await at.clock.advance(20n * MS);
  await stopped(at, service.stop());
  assert.equal(at.of('ReportInDoubt').length, 0);
  assert.equal(at.of('ReportAccepted').length, 1);
});

test('a partition moves while answers are under way: the old owner logs them, the new one reads them', async () => {
  const at = await world();
  at.facility.answerDelayNs = 4n * SECOND;
  // Patient with the facility: this is about who hears the answer.
  const config = { settings: { answerPatienceNs: 60n * SECOND, resumePatienceNs: 20n * SECOND } };
  await at.start('one', config);
  await at.trade(...Array.from({ length: 20 }, (_, i) => now(at, `m${i}`)));
  await at.start('two', config);
  assert.ok(at.of('ReportInDoubt').length > 0, 'nothing has moved');
  await at.clock.advance(10n * SECOND);
  assert.equal(at.of('ReportAccepted').length, 20);
  assert.equal(at.facility.queries.length, 0);
  await at.clock.advance(60n * SECOND);
  assert.equal(at.facility.queries.length, 0, 'the new owner had not heard');
  assert.equal(at.facility.seen.length, 20);
  assert.equal(at.of('OperationsAlert').length, 0);
});

test('connection cut before the facility took it: FIX resend delivers the same message, marked PossDup', async () => {
  const at = await world();
  await at.start();
  at.facility.cutNext = 'before';
  await at.trade(now(at, 'a'));
  await at.clock.advance(3n * SECOND);
  assert.deepEqual(
    at.facility.seen.map(({ wireId, possDup, possResend }) => [wireId, possDup, possResend]),
    [[A, true, false]],
  );
  assert.equal(at.of('ReportIntended').length, 1);
  assert.equal(at.of('ReportAccepted').length, 1);
  onceEach(at);
});

test('connection cut after the facility took it: its answer comes by resend, and nothing is sent again', async () => {
  const at = await world();
  await at.start();
  at.facility.cutNext = 'after';
  await at.trade(now(at, 'a'));
  await at.clock.advance(3n * SECOND);
  assert.equal(at.facility.seen.length, 1);
  assert.equal(at.of('ReportInDoubt')[0]?.cause, 'DISCONNECTED');
  assert.equal(at.of('ReportAccepted')[0]?.resolvedBy, 'RESEND');
});

test('killed after the intent, before the bytes leave: delivered under the number of the intent', async () => {
  const at = await world();
  await at.start();
  const release = at.network.partition('hot', 'facility');
  await at.trade(now(at, 'a'));
  await at.clock.advance(100n * MS);
  assert.equal(at.of('ReportIntended').length, 1);
  at.crash();
  release();
  await at.start();
  await at.clock.advance(3n * SECOND);
  assert.equal(at.of('ReportInDoubt')[0]?.cause, 'RESTARTED');
  assert.deepEqual(
    at.facility.seen.map(({ wireId, seq, possDup }) => [wireId, BigInt(seq), possDup]),
    [[A, at.of('ReportIntended')[0]?.msgSeqNum, true]],
  );
  assert.equal(at.of('ReportAccepted').length, 1);
  onceEach(at);
});

test('killed before the intent is durable: nothing had left, and it is sent by the next life', async () => {
  const at = await world();
  await at.start();
  const lift = at.log.fault({ kind: 'stall', process: 'hot', topic: 'reports.outcome' });
  await at.trade(now(at, 'a'));
  await at.clock.advance(100n * MS);
  assert.equal(at.facility.seen.length, 0, 'bytes left before the intent was durable');
  at.crash();
  lift();
  await at.start();
  await at.clock.advance(3n * SECOND);
  assert.equal(at.facility.seen.length, 1);
  assert.equal(at.of('ReportInDoubt').length, 0);
  onceEach(at);
});

test('killed after sending, before the answer is durable: the answer is taken by the next life', async () => {
  const at = await world();
  await at.start();
  await at.trade(now(at, 'a'));
  while (at.facility.seen.length === 0) await at.clock.advance(MS / 10n);
  const lift = at.log.fault({ kind: 'stall', process: 'hot', topic: 'reports.outcome' });
  await at.clock.advance(100n * MS);
  assert.equal(at.of('ReportAccepted').length, 0);
  at.crash();
  lift();
  await at.start();
  await at.clock.advance(3n * SECOND);
  assert.equal(at.of('ReportAccepted').length, 1);
  assert.equal(at.facility.seen.length, 1);
  assert.equal(at.of('OperationsAlert').length, 0);
});

test('a failing disk delays reports, loses none and doubles none', async () => {
  const at = await world();
  await at.start();
  const lift = at.log.fault({ kind: 'DISK_FULL', process: 'hot' });
  await at.trade(now(at, 'a'), now(at, 'b'));
  await at.clock.advance(SECOND);
  assert.equal(at.facility.seen.length, 0);
  lift();
  await at.clock.advance(SECOND);
  assert.equal(at.facility.accepted.size, 2);
  onceEach(at);
});

test('a silent facility: in doubt within seconds, and settled when it speaks again', async () => {
  const at = await world();
  await at.start();
  at.facility.silent = true;
  await at.trade(now(at, 'a'));
  await at.clock.advance(4n * SECOND);
  assert.equal(at.of('ReportInDoubt')[0]?.cause, 'SILENCE');
  at.facility.silent = false;
  at.facility.cutAll();
  await at.clock.advance(5n * SECOND);
  assert.equal(at.of('ReportAccepted').length, 1);
  assert.equal(at.facility.seen.length, 1);
});

test('a refusal opens a repair item; one that passes is tried again', async () => {
  const at = await world();
  await at.start();
  at.facility.rejectNext = { code: '062', text: 'BAD SYMBOL' };
  await at.trade(now(at, 'a'));
  await at.clock.advance(100n * MS);
  assert.equal(at.of('RepairOpened')[0]?.issues[0]?.code, 'FACILITY_062');
  at.facility.rejectNext = { code: '021', text: 'ENTRY SUSPENDED' };
  await at.trade(now(at, 'b'));
  await at.clock.advance(4n * SECOND);
  assert.equal(at.of('ReportAccepted').length, 1);
});

test('a modifier that the rulebook cannot write goes to a person; the stream goes on', async () => {
  const at = await world();
  await at.start();
  const odd = now(at, 'a');
  await at.trade(
    { ...odd, decision: { ...odd.decision, modifiers: [{ field: 1, code: '?' }] } },
    now(at, 'b'),
  );
  await at.clock.advance(SECOND);
  assert.equal(at.of('RepairOpened')[0]?.issues[0]?.code, 'FACILITY_MODIFIER_NOT_MAPPED');
  assert.deepEqual([...at.facility.accepted.keys()], [reportIdFor('b')]);
});

test('a cancel carries the control number and date of what it takes back', async () => {
  const at = await world();
  await at.start();
  await at.trade(now(at, 'a'));
  await at.trade(now(at, 'a-cancel', { action: 'CANCEL', root: 'a', refReportId: A }));
  await at.clock.advance(SECOND);
  const message = at.facility.seen[1]?.message;
  assert.equal(message?.string(1003), at.facility.accepted.get(A)?.[0]);
  assert.equal(message?.string(22011), '20261124');
  assert.deepEqual([message?.string(487), message?.string(856), message?.string(552)], ['1', '6', '1']);
});

test('another instance takes over: what the dead one left is found by query, never sent again', async () => {
  const at = await world();
  await at.start('one');
  await at.start('two');
  at.facility.silent = true;
  const names = Array.from({ length: 20 }, (_, i) => `t${i}`);
  await at.trade(...names.map((name) => now(at, name)));
  await at.clock.advance(50n * MS);
  assert.equal(at.of('ReportIntended').length, 20);
  at.crash('one');
  at.facility.silent = false;
  at.facility.cutAll();
  await at.clock.advance(20n * SECOND);
  assert.equal(at.facility.seen.length, 20);
  assert.equal(at.of('ReportAccepted').length, 20);
  onceEach(at);
  assert.equal(at.of('OperationsAlert').filter(({ severity }) => severity === 'critical').length, 0);
});

test('commits trades only up to the first without an intent', async () => {
  const at = await world();
  await at.start();
  const held = now(at, 'a', { opensAtNs: at.clock.nowNs() + 60n * SECOND });
  await at.trade(held);
  // Same lineage key, so the same partition; another lineage would do as well.
  await at.trade({ ...now(at, 'b'), meta: { ...now(at, 'b').meta, lineageId: held.meta.lineageId } });
  await at.clock.advance(SECOND);
  const partition = at.source.partitionOf('trades.reportable', held.meta.lineageId);
  assert.equal(at.log.committed('facility-reporter', 'trades.reportable', partition) ?? 0n, 0n);
  await at.clock.advance(70n * SECOND);
  assert.equal(at.log.committed('facility-reporter', 'trades.reportable', partition), 2n);
  assert.equal(at.facility.accepted.size, 2);
});

test('a restart late in the day reports at once, and still knows what happened in the morning', async () => {
  const at = await world();
  const doubtful = reportIdFor('doubtful');
  at.facility.ignored.add(doubtful);
  await at.start();
  // Two lineages of different partitions, so that neither waits for the other.
  const partitionOf = (name: string) =>
    at.source.partitionOf('trades.reportable', now(at, name).meta.lineageId);
  const other = ['b', 'c', 'd', 'e', 'f'].find((name) => partitionOf(name) !== partitionOf('a')) ?? '';
  const morning = now(at, other);
  await at.trade(morning, now(at, 'a'), now(at, 'doubtful'));
  await at.clock.advance(600n * SECOND);
  // One more in every partition, so that the morning lies before what is read first.
  await at.trade(...Array.from({ length: 40 }, (_, i) => now(at, `noon${i}`)));
  await at.clock.advance(SECOND);
  const before = at.facility.seen.length;
  at.crash();
  at.facility.ignored.clear();
  // Before the next life: a trade of the morning comes again, one is taken back, and there is a new one.
  await at.trade(morning, now(at, 'a-cancel', { action: 'CANCEL', root: 'a', refReportId: A }));
  await at.trade(now(at, 'afternoon'));
  await at.start();
  await at.clock.advance(5n * SECOND);
  const sent = at.facility.seen.slice(before).map(({ wireId }) => wireId);
  assert.deepEqual(sent.sort(), [reportIdFor('a-cancel', 'CANCEL'), reportIdFor('afternoon')].sort());
  const cancel = at.facility.seen.find(({ wireId }) => wireId === reportIdFor('a-cancel', 'CANCEL'));
  assert.equal(cancel?.message.string(1003), at.facility.accepted.get(A)?.[0]);
  const resolved = at.of('ReportAccepted').find(({ reportId }) => reportId === doubtful);
  assert.equal(resolved?.resolvedBy, 'QUERY');
  onceEach(at);
  assert.equal(at.of('OperationsAlert').length, 0);
});

test('a session that comes back long after the others goes on with its own numbers', async () => {
  const at = await world();
  await at.start('one');
  await at.trade(...Array.from({ length: 10 }, (_, i) => now(at, `o${i}`)));
  await at.clock.advance(SECOND);
  at.crash('one');
  await at.start('two');
  for (let i = 0; i < 10; i += 1) {
    await at.trade(now(at, `t${i}`));
    await at.clock.advance(60n * SECOND);
  }
  await at.start('one');
  await at.trade(...Array.from({ length: 20 }, (_, i) => now(at, `l${i}`)));
  await at.clock.advance(5n * SECOND);
  assert.equal(at.facility.accepted.size, 40);
  onceEach(at);
  const numbers = at.of('ReportIntended').map(({ sessionId, msgSeqNum }) => `${sessionId} ${msgSeqNum}`);
  assert.equal(new Set(numbers).size, 40);
  assert.ok(at.facility.seen.every(({ possDup }) => !possDup));
});

test('a record that cannot be read is set aside and the stream goes on', async () => {
  const at = await world();
  await at.start();
  const good = codec.record('TradeReportable', now(at, 'a'));
  const appended = at.source.append([{ ...good, value: new Uint8Array([9, 9, 9]) }, good]);
  await at.clock.advance(SECOND);
  await appended;
  assert.equal(at.log.records('dead.letters').length, 1);
  assert.equal(at.facility.accepted.size, 1);
});
