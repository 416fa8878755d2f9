import assert from 'node:assert/strict';
import test from 'node:test';
import { eventId, FACILITIES } from '@tapeclock/domain';
import { NO_STAMPS, type ReferenceUpdated } from '@tapeclock/schemas';
import { loadReference } from '../../src/reference/load-reference.ts';
import { parseReference } from '../../src/reference/parse-files.ts';
import { ReferenceBook } from '../../src/reference/reference-book.ts';
import { facilityTakes } from '../../src/validation/vocabulary.ts';
import { at, bench, demoBase, NOW_NS, only, received } from '../support/fixtures.ts';

function update(table: string, key: string, row: object | null, effective: string): ReferenceUpdated {
  return {
    meta: {
      eventId: eventId('ReferenceUpdated', table, key, effective),
      lineageId: `${table}/${key}`,
      schemaVersion: 1,
      recordedNs: NOW_NS,
      producer: 'compliance',
      traceparent: null,
      stamps: NO_STAMPS,
    },
    table,
    key,
    op: row === null ? 'DELETE' : 'UPSERT',
    row: row === null ? '' : JSON.stringify(row),
    effectiveNs: at(effective),
    actor: 'olga',
  };
}

const APPLE = {
  symbol: 'AAPL',
  name: 'Apple',
  class: 'NMS',
  exchange: 'NASDAQ',
  tape: 'C',
  roundLot: 40,
  status: 'ACTIVE',
  listedFrom: '2000-01-03',
};

test('the demo set is whole: enough of each class, and every route leads to a facility that takes the class', () => {
  const { securities, mpids, routing } = demoBase.rows;
  const count = (name: string) => securities.filter(({ symbolClass }) => symbolClass === name).length;
  assert.ok(count('NMS') >= 200 && count('OTC_EQUITY') >= 30);
  assert.ok(count('RESTRICTED_144A') > 0 && count('DPP') > 0);
  assert.ok(mpids.length >= 25);
  for (const { preferred, second, symbolClass } of routing) {
    assert.ok(facilityTakes(preferred, symbolClass));
    assert.ok(second === null || facilityTakes(second, symbolClass));
  }
  for (const { facilities } of mpids) assert.ok(facilities.every((name) => FACILITIES.includes(name)));
});

test('an update holds from its effective instant on; an older trade meets the older row', () => {
  const book = new ReferenceBook(demoBase);
  book.apply(update('securities', 'AAPL', APPLE, '2025-03-04T00:00:00Z'));
  assert.equal(book.security('AAPL', at('2025-03-03T23:59:59Z'))?.roundLot, 100);
  assert.equal(book.security('AAPL', at('2025-03-04T00:00:00Z'))?.roundLot, 40);
});

test('updates told out of order are put in order of their effective instants', () => {
  const book = new ReferenceBook(demoBase);
  book.apply(update('securities', 'AAPL', null, '2025-03-06T00:00:00Z'));
  book.apply(update('securities', 'AAPL', APPLE, '2025-03-04T00:00:00Z'));
  assert.equal(book.security('AAPL', at('2025-03-05T00:00:00Z'))?.roundLot, 40);
  assert.equal(book.security('AAPL', at('2025-03-06T00:00:00Z')), null);
});

test('the version names the files and how many updates were taken', () => {
  const book = new ReferenceBook(demoBase);
  const before = book.version;
  assert.equal(new ReferenceBook(demoBase).version, before);
  book.apply(update('securities', 'AAPL', APPLE, '2025-03-04T00:00:00Z'));
  assert.notEqual(book.version, before);
});

test('a halt told as an event stops the trades executed in it, and only those', () => {
  const service = bench();
  const halt = { symbol: 'AAPL', code: 'T1', from: '2025-03-04T15:30:00Z', to: null };
  only(service.receive(received('X1')), 'TradeReportable');
  const key = `AAPL@${at(halt.from)}`;
  service.reference.apply(update('halts', key, halt, halt.from));
  const repair = only(service.receive(received('X2')), 'RepairOpened');
  assert.deepEqual(
    repair.issues.map(({ code }) => code),
    ['SYMBOL_HALTED'],
  );
  const earlier = received('X3', { fields: { executedAt: '2025-03-04T15:29:59.999Z' } });
  only(service.receive(earlier), 'TradeReportable');
  service.reference.apply(update('halts', key, { ...halt, to: '2025-03-04T15:30:00.1Z' }, halt.from));
  only(service.receive(received('X4')), 'TradeReportable');
});

test('an MPID without its preferred facility is sent to the second, and the reason says why', () => {
  const service = bench();
  const withoutAdf = {
    mpid: 'TCLK',
    firm: 'Tapeclock Demo Securities LLC',
    kind: 'BROKER',
    clearingNumber: '9001',
    facilities: ['TRF_CARTERET'],
    effectiveFrom: '2015-01-02',
  };
  service.reference.apply(update('mpids', 'TCLK', withoutAdf, '2025-03-04T15:00:00Z'));
  const trade = only(service.receive(received('X1')), 'TradeReportable');
  assert.equal(trade.facility, 'TRF_CARTERET');
  assert.match(trade.facilityReason, /Second choice.*ADF is not open to TCLK/);
});

test('an update that cannot be used is refused by name and changes nothing', () => {
  const book = new ReferenceBook(demoBase);
  const before = book.version;
  const when = '2025-03-04T00:00:00Z';
  const refused: [ReferenceUpdated, RegExp][] = [
    [update('prices', 'AAPL', APPLE, when), /table prices/],
    [update('securities', 'AAPL', { ...APPLE, class: 'CRYPTO' }, when), /class must be one of/],
    [update('securities', 'MSFT', APPLE, when), /key is MSFT, row says AAPL/],
    [{ ...update('securities', 'AAPL', APPLE, when), row: '{' }, /not JSON/],
    [{ ...update('securities', 'AAPL', APPLE, when), op: 'MERGE' }, /op must be/],
    [
      update('halts', 'AAPL@0', { symbol: 'AAPL', code: 'T1', from: when, to: '2025-03-03T00:00:00Z' }, when),
      /ends before/,
    ],
  ];
  for (const [event, message] of refused) assert.throws(() => book.apply(event), message);
  assert.equal(book.version, before);
  assert.equal(book.security('AAPL', NOW_NS)?.roundLot, 100);
});

test('a faulty file is refused with its line', () => {
  const empty = { mpidsJson: '[]', haltsJson: '[]', routingJson: '[]' };
  const header = 'symbol,name,class,exchange,tape,roundLot,status,listedFrom,delistedFrom\n';
  const row = 'A,Agilent,NMS,NYSE,A,100,ACTIVE,2000-01-03,\n';
  assert.equal(parseReference({ ...empty, securitiesCsv: header + row }).rows.securities.length, 1);
  const refused = (line: string, message: RegExp) =>
    assert.throws(() => parseReference({ ...empty, securitiesCsv: header + row + line }), message);
  refused('B,Barnes,NMS,NYSE', /securities.csv:3: 4 cells/);
  refused('B,"Barnes",NMS,NYSE,A,100,ACTIVE,2000-01-03,', /securities.csv:3: quoted/);
  refused('B,Barnes,NMS,NYSE,A,0,ACTIVE,2000-01-03,', /securities.csv:3: roundLot/);
  refused('B,Barnes,NMS,NYSE,A,100,ACTIVE,2000-13-03,', /securities.csv:3: listedFrom/);
});

test('a missing file is told by its name', async () => {
  await assert.rejects(
    loadReference({ read: async () => null }, 'ref'),
    /ref\/securities.csv: file is missing/,
  );
});
