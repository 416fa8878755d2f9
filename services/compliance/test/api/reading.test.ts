import assert from 'node:assert/strict';
import test from 'node:test';
import { Value } from 'typebox/value';
import * as contract from '../../src/api/contract.ts';
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
  repairOf,
  repairOpened,
  reportable,
  session,
  TEN,
  trade,
  warned,
} from '../events.ts';
import { startHarness } from '../harness.ts';

const [fine, late, doubtful, broken] = ['E1', 'E2', 'E3', 'E4'].map((id, index) =>
  trade(id, { executedNs: TEN + BigInt(index) }),
) as [ReturnType<typeof trade>, ReturnType<typeof trade>, ReturnType<typeof trade>, ReturnType<typeof trade>];

async function filled() {
  const h = await startHarness();
  await h.see(
    ...[received, reportable, intended, accepted, met].map((make) => make(fine)),
    received(late),
    reportable(late),
    intended(late),
    warned(late, 50),
    breached(late),
    accepted(late, 12_000n),
    met(late, 12_000n),
    received(doubtful),
    reportable(doubtful),
    intended(doubtful),
    inDoubt(doubtful),
    received(broken),
    repairOpened(broken),
    rejected(trade('E5')),
    session('ADF1', 'LOGGED_ON'),
    alert('facility-session-down', 'ADF2', 'RAISED'),
  );
  return h;
}

test('every answer is as the contract says', async () => {
  const h = await filled();
  for (const [url, schema] of [
    ['/api/overview', contract.Overview],
    ['/api/series?points=30', contract.Series],
    ['/api/series?resolution=minute&points=3', contract.Series],
    ['/api/trades', contract.TradesPage],
    [`/api/trades/${idOf(late)}`, contract.TradeDetail],
    ['/api/obligations', contract.ObligationsPage],
    ['/api/late', contract.LatePage],
    ['/api/in-doubt', contract.InDoubtPage],
    ['/api/repairs', contract.RepairsPage],
    [`/api/repairs/${repairOf(broken)}`, contract.RepairDetail],
    ['/api/alerts', contract.AlertsPage],
    ['/api/sessions', contract.SessionsView],
    ['/api/cat/files', contract.CatFilesPage],
    ['/api/dead-letters', contract.DeadLettersPage],
    ['/api/desk-actions', contract.DeskActionsPage],
  ] as const) {
    const answer = await h.as('viewer', 'GET', url);
    assert.equal(answer.statusCode, 200, `${url}: ${answer.body.slice(0, 300)}`);
    assert.deepEqual([...Value.Errors(schema, answer.json())].slice(0, 3), [], url);
  }
  assert.deepEqual(h.faults, []);
  await h.stop();
});

test('the overview counts what happened and what stands open', async () => {
  const h = await filled();
  const { counts, facilities, inWindowRatio } = (await h.as('viewer', 'GET', '/api/overview')).json();
  assert.partialDeepStrictEqual(counts, {
    received: 4,
    accepted: 2,
    late: 1,
    breached: 1,
    open: 3,
    inDoubt: 1,
    repairsOpen: 1,
    alertsRaised: 1,
    rejected: 1,
  });
  assert.equal(inWindowRatio, 0.5);
  assert.equal(facilities[0].facility, 'ADF');
  await h.stop();
});

test('latency percentiles are never told better than they were', async () => {
  const h = await filled();
  await h.clock.advance(15_000_000_000n);
  const { used } = (await h.as('viewer', 'GET', '/api/overview')).json();
  assert.equal(used.count, 2);
  assert.ok(used.p50Ms >= 9 && used.p50Ms < 9 * 1.04, String(used.p50Ms));
  assert.ok(used.p99Ms >= 12_000 && used.p99Ms < 12_000 * 1.04, String(used.p99Ms));
  await h.stop();
});

test('a trade page tells the whole life, the raw messages, the rule and the time per stage', async () => {
  const h = await filled();
  const detail = (await h.as('viewer', 'GET', `/api/trades/${idOf(fine)}`)).json() as contract.TradeDetail;
  assert.deepEqual(
    detail.lifecycle.map(({ type }) => type),
    ['ExecutionReceived', 'TradeReportable', 'ReportIntended', 'ObligationMet', 'ReportAccepted'],
  );
  assert.deepEqual(
    detail.rawMessages.map(({ direction, what, raw }) => [direction, what, raw.text.slice(0, 12)]),
    [
      ['IN', 'original', '8=FIX.4.4|35'],
      ['OUT', 'report', '8=FIX.4.4|35'],
      ['IN', 'answer', '8=FIX.4.4|35'],
    ],
  );
  assert.equal(detail.decision?.trace[0]?.clause, '6282(a)(1)');
  assert.equal(detail.reports[0]?.controlNumber, 'C1');
  assert.deepEqual(
    detail.stages.map(({ stage, sincePreviousMs }) => [stage, sincePreviousMs]),
    [
      ['executed', null],
      ['received', 1],
      ['logged', 1],
      ['enriched', 2],
      ['intended', 2],
      ['sent', 1],
      ['answered', 2],
    ],
  );
  assert.equal(detail.trade.price, '187.25');
  assert.equal((await h.as('viewer', 'GET', '/api/trades/XNONE')).json().code, 'NOT_FOUND');
  await h.stop();
});

test('a late trade says by how much and which stage it was', async () => {
  const h = await filled();
  const [item] = (await h.as('viewer', 'GET', '/api/late')).json().items;
  assert.equal(item.trade.executionId, idOf(late));
  assert.equal(item.reason, 'Accepted 2000 ms after the window closed; stage facility took 11993 ms.');
  await h.stop();
});

test('lists page by cursor; a cursor or limit that is none is refused', async () => {
  const h = await filled();
  const first = (await h.as('viewer', 'GET', '/api/trades?limit=2')).json();
  const second = (await h.as('viewer', 'GET', `/api/trades?limit=2&cursor=${first.nextCursor}`)).json();
  const ids = [...first.items, ...second.items].map((row: contract.TradeRow) => row.executionId);
  assert.equal(new Set(ids).size, 4);
  const forged = await h.as('viewer', 'GET', '/api/trades?cursor=Zm9v');
  assert.equal(forged.json().code, 'CURSOR_INVALID');
  for (const url of [
    '/api/trades?limit=0',
    '/api/trades?limit=x',
    '/api/trades?unknown=1',
    '/api/trades?state=WHAT',
  ]) {
    assert.equal((await h.as('viewer', 'GET', url)).json().code, 'REQUEST_INVALID', url);
  }
  await h.stop();
});

test('filters: symbol, state, facility, late, and one box for any id', async () => {
  const h = await filled();
  const ids = async (query: string) =>
    (await h.as('viewer', 'GET', `/api/trades?${query}`))
      .json()
      .items.map((row: contract.TradeRow) => row.executionId);
  assert.deepEqual(await ids('late=true'), [idOf(late)]);
  assert.deepEqual(await ids('state=IN_DOUBT'), [idOf(doubtful)]);
  assert.deepEqual(await ids('state=REPAIR&facility=ADF'), [idOf(broken)]);
  assert.deepEqual(await ids(`q=${lineageOf(fine)}`), [idOf(fine)]);
  assert.deepEqual(await ids('symbol=NONE'), []);
  await h.stop();
});

test('an unforeseen fault is told without its inside and reported to the engineers', async () => {
  const h = await startHarness();
  h.context.queries.sessions = () => Promise.reject(new Error('inside'));
  const answer = await h.as('viewer', 'GET', '/api/sessions');
  assert.equal(answer.statusCode, 500);
  assert.equal(answer.json().code, 'INTERNAL');
  assert.doesNotMatch(answer.body, /inside/);
  assert.equal(h.faults.length, 1);
  await h.stop();
});

test('pages carry headers that keep foreign scripts and frames out; answers are not stored', async () => {
  const h = await startHarness();
  const answer = await h.as('viewer', 'GET', '/api/overview');
  assert.match(
    String(answer.headers['content-security-policy']),
    /default-src 'self'.*frame-ancestors 'none'/,
  );
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.equal(answer.headers['cache-control'], 'no-store');
  await h.stop();
});

test('without a built board the page says what to do; unknown API paths are problems', async () => {
  const h = await startHarness();
  const page = await h.app.inject({ url: '/trades/42' });
  assert.equal(page.statusCode, 503);
  assert.match(page.body, /not built yet/);
  assert.equal((await h.as('viewer', 'GET', '/api/nothing')).json().code, 'NOT_FOUND');
  await h.stop();
});

test('the API describes itself', async () => {
  const h = await startHarness();
  assert.equal((await h.app.inject({ url: '/documentation/' })).statusCode, 200);
  const paths = Object.keys((await h.app.inject({ url: '/documentation/json' })).json().paths);
  assert.ok(paths.includes('/api/repairs/{repairId}/resubmit'));
  await h.stop();
});
