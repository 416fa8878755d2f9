import assert from 'node:assert/strict';
import test from 'node:test';
import type { ExecutionFields } from '@tapeclock/schemas';
import fc from 'fast-check';
import { bench, GOOD_FIELDS, received } from '../support/fixtures.ts';

const names = Object.keys(GOOD_FIELDS) as (keyof ExecutionFields)[];

const awkward = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e308',
    'NaN',
    'Infinity',
    `1${'0'.repeat(30)}`,
    '0.000000000001',
    '9223372036854775807',
    '9223372036854.775807',
    '2025-03-04T15:30:00Z',
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '__proto__',
    'constructor',
    'C',
    'TCLR',
    'TCKSU',
    'ORF',
    'PRP',
    'X',
    '\u0000',
    '\ud800',
  ),
);

const garbage = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.oneof(awkward, fc.constant(GOOD_FIELDS[name]))])),
) as unknown as fc.Arbitrary<ExecutionFields>;

test('whatever is in the fields: exactly one of trade, repair item or silent repeat, and never a throw', () => {
  const service = bench();
  fc.assert(
    fc.property(
      garbage,
      fc.constantFrom('NEW', 'CANCEL', 'CORRECT' as const),
      fc.constantFrom('A', 'B', 'C', 'D'),
      fc.option(fc.constantFrom('A', 'B', 'C', 'D', '')),
      (fields, action, id, ref) => {
        const before = service.store.counts.duplicates;
        const options = { action, fields, root: 'A', ...(ref === null ? {} : { ref }) } as const;
        const outputs = service.receive(received(id, options));
        const trades = outputs.filter(({ type }) => type === 'TradeReportable').length;
        const repairs = outputs.filter(({ type }) => type === 'RepairOpened').length;
        const repeats = service.store.counts.duplicates - before;
        // A correction may be told as a pair; it is still one outcome.
        assert.equal(Number(trades > 0) + repairs + repeats, 1);
        for (const output of outputs) {
          if (output.type === 'RepairOpened') assert.ok(output.event.issues.length > 0);
        }
      },
    ),
    { numRuns: 1_500 },
  );
});
