import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import type { FileStore } from '@tapeclock/ports';
import { memoryFileStore, type VirtualClock, virtualClock } from '@tapeclock/ports/virtual';
import type { RecordEntry } from '../../src/cat/cat-journal.ts';
import { decompressBzip2 } from '../../src/cat/simulated-bzip2.ts';
import { CAT_JOURNAL_FILE, CatDesk, type CatDeskOptions, type CatJournalEntry } from '../../src/index.ts';
import { compress, dataFile, fileName, tradeLine } from './cat-files.ts';

interface Bench {
  readonly clock: VirtualClock;
  readonly files: FileStore;
  readonly desk: CatDesk;
  text(name: string): Promise<string | null>;
  journal(): Promise<CatJournalEntry[]>;
  records(): Promise<RecordEntry[]>;
  reopen(): Promise<Bench>;
}

async function bench(options: Partial<CatDeskOptions> = {}): Promise<Bench> {
  const clock = (options.clock as VirtualClock | undefined) ?? virtualClock();
  const files = options.files ?? memoryFileStore();
  const desk = await CatDesk.open({ clock, files, compress, ...options });
  const journal = async () =>
    new TextDecoder()
      .decode((await files.read(CAT_JOURNAL_FILE)) ?? new Uint8Array())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as CatJournalEntry);
  return {
    clock,
    files,
    desk,
    async text(name) {
      const bytes = await desk.read('feedback', name);
      if (bytes === null) return null;
      return new TextDecoder().decode(name.endsWith('.bz2') ? decompressBzip2(bytes, 1_000_000) : bytes);
    },
    journal,
    records: async () => (await journal()).filter((entry) => entry.kind === 'RECORD'),
    reopen: () => bench({ ...options, clock, files }),
  };
}

const SECONDS = 1_000_000_000n;
const BASE = fileName(1).replace('.json.bz2', '');

test('a good file is acknowledged, found whole and taken in, stage by stage', async () => {
  const cat = await bench();
  await cat.desk.take(fileName(1), dataFile(tradeLine('A'), tradeLine('B')));
  await cat.clock.advance(1n * SECONDS);
  assert.match((await cat.text(`${BASE}.ack.json`))!, /"stage":"FILE_ACKNOWLEDGEMENT".*"status":"Success"/);
  assert.equal(await cat.text(`${BASE}.integrity.json`), null);
  await cat.clock.advance(9n * SECONDS);
  assert.match((await cat.text(`${BASE}.integrity.json`))!, /"status":"Success"/);
  assert.doesNotMatch((await cat.text(`${BASE}.ingestion.json`))!, /errorCount/);
  assert.deepEqual(
    (await cat.records()).map(({ outcome }) => outcome),
    ['TAKEN', 'TAKEN'],
  );
});

const WRONG: readonly [name: string, change: Record<string, unknown>, code: number][] = [
  ['date in firmROEID', { firmROEID: '20261123_A' }, 2033],
  ['another IMID', { CATReporterIMID: 'ABCD' }, 2011],
  ['time to the second', { eventTimestamp: '20261124T095900' }, 2027],
  ['time in the future', { eventTimestamp: '20261124T110000.000' }, 2139],
  ['price as text', { price: '2.15' }, 2067],
  [
    'quantity with trailing zero is not seen by JSON.stringify, thirteen digits are',
    { quantity: 1_000_000_000_000 },
    2076,
  ],
  ['no link', { tapeTradeID: undefined }, 2169],
  ['no facility', { marketCenterID: undefined }, 2044],
  [
    'buyer on a one-sided sale',
    { buyDetails: [{ side: 'B', orderID: 'X', orderKeyDate: '20261124T000000' }] },
    2108,
  ],
  ['account of an agent', { capacity: 'A' }, 2259],
  ['cancel without time', { cancelFlag: true }, 2014],
  ['forbidden character', { tradeID: 'A|B' }, 2136],
  ['undefined field', { saleCondition: 'Z' }, 2133],
  ['another event', { type: 'MENO' }, 2105],
  ['repair of an error that was never told', { actionType: 'RPR', errorROEID: 5 }, 2026],
];
for (const [name, change, code] of WRONG) {
  test(`a record is rejected: ${name}`, async () => {
    const cat = await bench();
    await cat.desk.take(fileName(1), dataFile(tradeLine('A', change)));
    await cat.clock.advance(10n * SECONDS);
    assert.deepEqual((await cat.records())[0]?.codes, [code]);
  });
}

test('a rejected record comes back whole with an error id beyond a double, and can be repaired with it', async () => {
  const cat = await bench();
  const wrong = tradeLine('A', { capacity: 'Q' });
  await cat.desk.take(fileName(1), dataFile(tradeLine('B'), wrong, 'no json'));
  await cat.clock.advance(10n * SECONDS);
  assert.match((await cat.text(`${BASE}.ingestion.json`))!, /"errorCount":2/);
  const lines = (await cat.text(`${BASE}.ingestion.error.json.bz2`))!.trim().split('\n');
  assert.equal(
    lines[0],
    `{"errorCode":[2015,2259],"actionType":"RPR","errorROEID":18000000000000000001,"errorRecord":${JSON.stringify(wrong)}}`,
  );
  assert.match(lines[1]!, /^\{"errorCode":\[2134\].*"errorRecord":"no json"\}$/);
  const repair = tradeLine('A').replace('"NEW",', '"RPR","errorROEID":18000000000000000001,');
  await cat.desk.take(fileName(2), dataFile(repair));
  await cat.clock.advance(10n * SECONDS);
  assert.equal((await cat.records()).at(-1)?.outcome, 'TAKEN');
  await cat.desk.take(fileName(3), dataFile(repair));
  await cat.clock.advance(10n * SECONDS);
  assert.deepEqual((await cat.records()).at(-1)?.codes, [2026], 'an error is repaired once');
});

test('a trade told as new twice is caught, whatever file it is in', async () => {
  const cat = await bench();
  await cat.desk.take(fileName(1), dataFile(tradeLine('A')));
  await cat.desk.take(fileName(2), dataFile(tradeLine('A')));
  await cat.clock.advance(20n * SECONDS);
  const [, second] = await cat.records();
  assert.deepEqual([second?.outcome, second?.codes, second?.seenBefore], ['UNLINKED', [3002], true]);
  assert.match(
    (await cat.text('12345_TCLX_20261124_OrderEvents.linkage.error_000001.json.bz2'))!,
    /^\{"errorCode":\[3002\]/,
  );
});

test('two trades on one trade report are caught, and a trade report that the facility does not know', async () => {
  const cat = await bench({ facilityKnows: (_market, id) => id !== 'NC' });
  await cat.desk.take(
    fileName(1),
    dataFile(tradeLine('A'), tradeLine('B', { tapeTradeID: 'NA' }), tradeLine('C')),
  );
  await cat.clock.advance(10n * SECONDS);
  assert.deepEqual(
    (await cat.records()).map(({ codes }) => codes),
    [[], [4011], [4003]],
  );
});

test('a correction stands, a delete frees id and link', async () => {
  const cat = await bench();
  await cat.desk.take(fileName(1), dataFile(tradeLine('A')));
  await cat.desk.take(fileName(2), dataFile(tradeLine('A', { actionType: 'COR', price: 2.16 })));
  await cat.desk.take(fileName(3), dataFile('{"actionType":"DEL","firmROEID":"20261124_A"}', tradeLine('A')));
  await cat.clock.advance(30n * SECONDS);
  assert.deepEqual(
    (await cat.records()).map(({ outcome, seenBefore }) => [outcome, seenBefore]),
    [
      ['TAKEN', false],
      ['TAKEN', false],
      ['TAKEN', false],
      ['TAKEN', false],
    ],
  );
});

test('a torn or foreign file is refused as a whole', async () => {
  const cat = await bench();
  await cat.desk.take(fileName(1), dataFile(tradeLine('A')).subarray(0, 60));
  await cat.clock.advance(10n * SECONDS);
  assert.match(
    (await cat.text(`${BASE}.integrity.json`))!,
    /"status":"Failure","severity":"Error","code":\[2153\]/,
  );
  assert.equal(await cat.text(`${BASE}.ingestion.json`), null);
});

test('a malformed name is answered by its name', async () => {
  const cat = await bench();
  await cat.desk.take('trades.json.bz2', dataFile(tradeLine('A')));
  assert.equal(await cat.text('trades.json.bz2.ack.error'), '');
});

test('a used name is an error with other bytes, and harmless with the same', async () => {
  const cat = await bench();
  const bytes = dataFile(tradeLine('A'));
  await cat.desk.take(fileName(1), bytes);
  await cat.clock.advance(10n * SECONDS);
  await cat.desk.take(fileName(1), bytes);
  assert.match((await cat.text(`${BASE}.integrity.json`))!, /Success/);
  await cat.desk.take(fileName(1), dataFile(tradeLine('B')));
  assert.match((await cat.text(`${BASE}.integrity.json`))!, /\[1103\]/);
  const files = (await cat.journal()).filter((entry) => entry.kind === 'FILE');
  assert.deepEqual(
    files.map(({ again }) => again),
    [false, true, true],
  );
});

test('metadata is compared with the file', async () => {
  const cat = await bench();
  const verdicts: string[] = [];
  const bytes = dataFile(tradeLine('A'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  for (const [index, file] of [
    { recordCount: 1, compressedHash: sha256 },
    { recordCount: 2, compressedHash: sha256 },
    { recordCount: 1, compressedHash: 'ab' },
    null,
  ].entries()) {
    const name = fileName(index + 1);
    const meta = file === null ? 'garbage' : JSON.stringify({ files: [{ fileName: name, ...file }] });
    await cat.desk.take(name, bytes);
    await cat.desk.take(name.replace('.json.bz2', '.meta.json'), new TextEncoder().encode(meta));
    await cat.clock.advance(10n * SECONDS);
    const entry = (await cat.journal()).findLast(({ kind }) => kind === 'INTEGRITY');
    if (entry?.kind === 'INTEGRITY') verdicts.push(entry.metadata);
  }
  assert.deepEqual(verdicts, ['MATCH', 'COUNT_DIFFERS', 'HASH_DIFFERS', 'UNREADABLE']);
});

test('switched on, errors come by share, and the same records fail again in another run', async () => {
  const outcomes = async (): Promise<string[]> => {
    const cat = await bench({ faults: { rejectPercent: 30, unlinkedPercent: 20 } });
    await cat.desk.take(
      fileName(1),
      dataFile(...Array.from({ length: 200 }, (_, index) => tradeLine(`T${index}`))),
    );
    await cat.clock.advance(10n * SECONDS);
    return (await cat.records()).map(({ outcome }) => outcome);
  };
  const first = await outcomes();
  const share = (outcome: string): number => first.filter((one) => one === outcome).length / 200;
  assert.ok(share('REJECTED') > 0.2 && share('REJECTED') < 0.4);
  assert.ok(share('UNLINKED') > 0.05 && share('UNLINKED') < 0.3);
  assert.deepEqual(await outcomes(), first);
});

test('a file that was not answered before a crash is answered after it, and nothing is judged twice', async () => {
  const before = await bench();
  await before.desk.take(fileName(1), dataFile(tradeLine('A')));
  before.desk.stop();
  await before.clock.advance(10n * SECONDS);
  assert.equal(await before.text(`${BASE}.ack.json`), null);
  const after = await before.reopen();
  await after.clock.advance(10n * SECONDS);
  assert.match((await after.text(`${BASE}.ingestion.json`))!, /INGESTION/);
  const third = await after.reopen();
  await third.clock.advance(10n * SECONDS);
  assert.equal((await third.records()).length, 1);
  await third.desk.take(fileName(2), dataFile(tradeLine('A')));
  await third.clock.advance(10n * SECONDS);
  assert.equal((await third.records())[1]?.seenBefore, true, 'what was taken is remembered');
});

test('silent, it takes files and says nothing', async () => {
  const cat = await bench({ faults: { silent: true } });
  await cat.desk.take(fileName(1), dataFile(tradeLine('A')));
  await cat.clock.advance(10n * SECONDS);
  assert.deepEqual(await cat.desk.list('feedback'), []);
});
