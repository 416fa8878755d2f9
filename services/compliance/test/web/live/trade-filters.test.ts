import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filtersFrom, filtersQuery, matchesFilters } from '../../../web/src/live/trade-filters.ts';
import { withQuery } from '../../../web/src/router/match-path.ts';
import { tradeRow } from './trade-row.ts';

const filters = (search: string) => filtersFrom(new URLSearchParams(search));

test('the address bar says what is shown, and reading it gives the same again', () => {
  const wanted = filters('q=%20E1%20&symbol=aapl&mpid=tclk&facility=ADF&state=SENT&late=true');
  assert.deepEqual(wanted, {
    q: 'E1',
    symbol: 'AAPL',
    mpid: 'TCLK',
    facility: 'ADF',
    state: 'SENT',
    late: true,
  });
  assert.deepEqual(filters(withQuery('', filtersQuery(wanted)).slice(1)), wanted);
  assert.equal(withQuery('/trades', filtersQuery(filters('q=%20&late=no'))), '/trades');
});

test('a trade that comes live is held to each filter', () => {
  const row = tradeRow('E17', 1, { controlNumber: '2000000169' });
  for (const fits of ['', 'symbol=AAPL', 'mpid=TCLK', 'facility=ADF', 'state=ACCEPTED']) {
    assert.equal(matchesFilters(row, filters(fits)), true, fits);
  }
  for (const not of ['symbol=MSFT', 'mpid=ALPB', 'facility=ORF', 'state=SENT', 'late=true']) {
    assert.equal(matchesFilters(row, filters(not)), false, not);
  }
});

test('a search finds a symbol or firm whole and an id by its start, as the server does', () => {
  const row = tradeRow('E17', 1, { controlNumber: '2000000169' });
  for (const fits of ['AAPL', 'TCLK', 'E1', 'LE17', 'SE1', 'RE17', '20000001']) {
    assert.equal(matchesFilters(row, filters(`q=${fits}`)), true, fits);
  }
  for (const not of ['AAP', '17', '169']) assert.equal(matchesFilters(row, filters(`q=${not}`)), false, not);
});

test('late only shows a window that has closed, whether or not the report was accepted since', () => {
  const late = filters('late=true');
  assert.equal(matchesFilters(tradeRow('E1', 1, { late: true }), late), true);
  assert.equal(matchesFilters(tradeRow('E1', 1, { late: null, breached: true }), late), true);
});
