import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { executionId, lineageId, reportId } from '../src/index.ts';

test('ids depend on every part and on where one part ends', () => {
  assert.equal(executionId('OMS', 'A1', 0), executionId('OMS', 'A1', 0));
  assert.notEqual(executionId('OMS', 'A1', 0), executionId('OMS', 'A1', 1));
  assert.notEqual(executionId('OMS', 'A1', 0), executionId('OM', 'SA1', 0));
  assert.notEqual(lineageId('OMS', 'A1').slice(1), executionId('OMS', 'A1', 0).slice(1));
});

test('a report id fits TradeReportID: at most 20 characters of digits and capitals', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (source, id) => {
      assert.match(reportId(executionId(source, id, 0), 'NEW'), /^[0-9A-Z]{20}$/);
    }),
  );
});
