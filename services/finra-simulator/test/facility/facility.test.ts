import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryFileStore, seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { JOURNAL_FILE } from '../../src/facility/journal.ts';
import { type FacilityFaults, type JournalEntry, NO_FAULTS, startFacility } from '../../src/index.ts';
import { newReport, TestClient } from './client.ts';

async function world(faults: Partial<FacilityFaults> = {}) {
  const clock = virtualClock();
  const network = virtualNetwork({ clock, random: seededRandom(1) });
  const files = memoryFileStore();
  const environment = { clock, random: seededRandom(2), network: network.host('facility'), files };
  const start = () => startFacility(environment, { faults: { ...NO_FAULTS, ...faults } });
  const journal = async (): Promise<JournalEntry[]> =>
    Buffer.from((await files.read(JOURNAL_FILE)) ?? new Uint8Array())
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  const kinds = async () =>
    (await journal()).map(({ kind }) => kind).filter((kind) => kind !== 'SESSION' && kind !== 'OUT');
  const connect = () => TestClient.connect(clock, network.host('client'));
  return { clock, network, start, journal, kinds, connect, facility: await start() };
}

test('a good report is journaled, then acknowledged with control number and date', async () => {
  const { clock, connect, kinds, journal } = await world();
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  const answer = client.last('AE');
  assert.deepEqual(
    [answer.get(572), answer.get(1011), answer.get(1003), answer.get(22011)],
    ['N1', 'ADEN', '2000000001', '20261124'],
  );
  assert.equal(answer.get(22003), null);
  assert.deepEqual(await kinds(), ['ACCEPTED']);
  const accepted = (await journal()).find((entry) => entry.kind === 'ACCEPTED');
  assert.equal(accepted?.kind === 'ACCEPTED' && accepted.late, false);
});

test('a report more than ten seconds after execution is taken and marked late', async () => {
  const { clock, connect } = await world();
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs() - 11_000_000_000n));
  assert.equal(client.last('AE').get(22003), 'Z');
});

test('each bad field is refused with its own code', async () => {
  const { clock, connect } = await world();
  const client = await connect();
  await client.logOn();
  const cases: [Readonly<Record<number, string>>, string][] = [
    [{ 48: 'ib m' }, '062'],
    [{ 32: '0' }, '078'],
    [{ 31: '1.1234567' }, '019'],
    [{ 60: 'yesterday' }, '178'],
    [{ 75: '20261123' }, '044'],
  ];
  for (const [change, code] of cases) {
    await client.send('AE', newReport('N1', clock.nowNs(), change));
    assert.equal(client.last('AR').get(751), code);
  }
});

test('a report id that was accepted is refused as a duplicate, and the journal says that it came twice', async () => {
  const { clock, connect, kinds } = await world();
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  await client.send('AE', newReport('N1', clock.nowNs()));
  assert.equal(client.last('AR').get(751), '040');
  assert.deepEqual(await kinds(), ['ACCEPTED', 'SEEN_TWICE', 'REJECTED']);
});

test('without duplicate detection a second report is accepted again and never hidden', async () => {
  const { clock, connect, kinds } = await world({ duplicateDetection: false });
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  await client.send('AE', newReport('N1', clock.nowNs()));
  assert.deepEqual(await kinds(), ['ACCEPTED', 'SEEN_TWICE', 'ACCEPTED']);
});

test('an answer lost in a cut is sent again on request, marked PossDup, and the report is taken once', async () => {
  const { clock, connect, kinds } = await world({ dropAfterPercent: 100 });
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  assert.equal(client.closed, true);
  const again = await connect();
  again.nextOut = client.nextOut;
  await again.logOn();
  await again.send('2', [
    [7, '2'],
    [16, '0'],
  ]);
  const answer = again.last('AE');
  assert.deepEqual([answer.get(43), answer.get(572)], ['Y', 'N1']);
  assert.deepEqual(await kinds(), ['ACCEPTED']);
});

test('a facility that keeps no copies fills the gap: the answer does not come, and the report is not taken twice', async () => {
  const { clock, connect, kinds } = await world({ dropAfterPercent: 100, resends: false });
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  const again = await connect();
  again.nextOut = client.nextOut;
  await again.logOn();
  await again.send('2', [
    [7, '2'],
    [16, '0'],
  ]);
  const fill = again.last('4');
  assert.deepEqual([fill.seq, fill.get(43), fill.get(123)], [2, 'Y', 'Y']);
  assert.deepEqual(
    again.heard.filter(({ type }) => type === 'AE'),
    [],
  );
  assert.deepEqual(await kinds(), ['ACCEPTED']);
});

test('a report lost in a cut is asked for again', async () => {
  const { clock, connect, kinds, facility } = await world({ dropBeforePercent: 100 });
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  assert.equal(client.closed, true);
  facility.faults.dropBeforePercent = 0;
  const again = await connect();
  await again.logOn({ seq: 3 });
  assert.deepEqual([again.last('2').get(7), again.last('2').get(16)], ['2', '0']);
  await again.send('AE', newReport('N1', clock.nowNs()), { seq: 2, header: [[43, 'Y']] });
  assert.deepEqual(await kinds(), ['ACCEPTED']);
});

test('a resend request is answered although messages before it are missing', async () => {
  const { clock, connect, facility } = await world({ dropAfterPercent: 100 });
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  facility.faults.dropAfterPercent = 0;
  const again = await connect();
  // Number 3 was lost on the way, so that both sides have something to ask for.
  await again.logOn({ seq: 4 });
  await again.send('2', [
    [7, '2'],
    [16, '0'],
  ]);
  assert.equal(again.last('2').get(7), '3');
  assert.deepEqual([again.last('AE').get(43), again.last('AE').get(572)], ['Y', 'N1']);
});

test('a restarted facility remembers reports, answers and sequence numbers', async () => {
  const { clock, connect, start, kinds, facility } = await world();
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  const heardUpTo = client.heard.at(-1)?.seq ?? 0;
  await facility.stop();
  await clock.advance(1_000_000_000n);
  await start();
  const again = await connect();
  await again.logOn({ seq: client.nextOut });
  assert.ok((again.last('A').seq ?? 0) > heardUpTo, 'its own numbers go on');
  assert.ok(!again.heard.some((message) => message.type === '2'), 'nothing of ours is missing');
  await again.send('AE', newReport('N1', clock.nowNs()));
  assert.equal(again.last('AR').get(751), '040');
  assert.deepEqual(await kinds(), ['ACCEPTED', 'SEEN_TWICE', 'REJECTED']);
});

test('a query says whether the facility has a report', async () => {
  const { clock, connect } = await world();
  const client = await connect();
  await client.logOn();
  await client.send('AE', newReport('N1', clock.nowNs()));
  await client.send('AD', [
    [568, 'Q1'],
    [569, '1'],
    [571, 'N1'],
  ]);
  assert.deepEqual(
    [client.last('AQ').get(748), client.last('AE').get(568), client.last('AE').get(1003)],
    ['1', 'Q1', '2000000001'],
  );
  await client.send('AD', [
    [568, 'Q2'],
    [569, '1'],
    [571, 'N9'],
  ]);
  assert.equal(client.last('AQ').get(748), '0');
});

test('cancel, correction and reversal need an open report to refer to', async () => {
  const { clock, connect } = await world();
  const client = await connect();
  await client.logOn();
  const nowNs = clock.nowNs();
  await client.send('AE', newReport('N1', nowNs));
  const refer = (id: string, transType: string) => [
    ...newReport(id, nowNs, { 487: transType, 552: '1' }),
    [1003, '2000000001'] as const,
  ];
  await client.send('AE', refer('K1', '2'));
  assert.equal(client.last('AE').get(1126), '2000000001');
  await client.send('AE', refer('C1', '1'));
  assert.equal(client.last('AR').get(751), '105', 'the corrected report is closed, its successor is open');
  await client.send('AE', [...newReport('C2', nowNs, { 487: '1', 552: '1' }), [1003, '2000000999']]);
  assert.equal(client.last('AR').get(751), '072');
});

test('silence takes reports without a word, and its end lets a resend bring the answers', async () => {
  const { clock, connect, kinds, facility } = await world();
  const client = await connect();
  await client.logOn();
  facility.faults.silent = true;
  await client.send('AE', newReport('N1', clock.nowNs()));
  assert.equal(client.heard.length, 1);
  assert.deepEqual(await kinds(), ['ACCEPTED']);
  facility.faults.silent = false;
  await client.send('2', [
    [7, '2'],
    [16, '0'],
  ]);
  assert.equal(client.last('AE').get(572), 'N1');
});

test('a second logon of a session that is on is refused, a wrong CompID ignored', async () => {
  const { connect } = await world();
  const client = await connect();
  await client.logOn();
  const second = await connect();
  await second.logOn();
  assert.deepEqual([second.closed, client.closed], [true, false]);
  const stranger = await connect();
  await stranger.send('A', [[98, '0']], { header: [[57, 'XX']] });
  assert.deepEqual(stranger.heard, []);
});
