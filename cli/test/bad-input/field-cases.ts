import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { rfc3339FromNs } from '@tapeclock/domain';
import { type Expected, repairItem } from './repair-item.ts';
import type { Body, World } from './world.ts';

const HOUR_NS = 3_600_000_000_000n;
const YEARS_NS = 24n * 365n * 5n * HOUR_NS;

interface FieldCase {
  readonly name: string;
  readonly wrong: Body;
  readonly expected: Expected;
  /** @default what is wrong, as it was sent */
  readonly original?: string;
}

function cases({ clock }: World): readonly FieldCase[] {
  const one = (name: string, field: string, value: string | undefined, code: string): FieldCase => ({
    name,
    wrong: { [field]: value },
    expected: { code, field, value: value ?? '' },
  });
  const future = rfc3339FromNs(clock.nowNs() + HOUR_NS);
  const ancient = rfc3339FromNs(clock.nowNs() - YEARS_NS);
  return [
    one('a missing execution time', 'executedAt', undefined, 'EXECUTION_TIME_MISSING'),
    one('an unreadable execution time', 'executedAt', 'yesterday at ten', 'EXECUTION_TIME_UNREADABLE'),
    one('a time without a zone', 'executedAt', '2026-11-24T10:00:00', 'EXECUTION_TIME_UNREADABLE'),
    one('a date that does not exist', 'executedAt', '2026-02-30T10:00:00Z', 'EXECUTION_TIME_UNREADABLE'),
    one('a future execution time', 'executedAt', future, 'EXECUTION_TIME_IN_FUTURE'),
    one('an ancient execution time', 'executedAt', ancient, 'EXECUTION_TIME_ANCIENT'),
    one('the epoch', 'executedAt', '1970-01-01T00:00:00Z', 'EXECUTION_TIME_ANCIENT'),
    one('a quantity of zero', 'quantity', '0', 'QUANTITY_NOT_POSITIVE'),
    one('a negative quantity', 'quantity', '-100', 'QUANTITY_NOT_POSITIVE'),
    one('a quantity of 10^30', 'quantity', `1${'0'.repeat(30)}`, 'QUANTITY_TOO_LARGE'),
    one('a quantity with an exponent', 'quantity', '1e30', 'QUANTITY_UNREADABLE'),
    one('a price with 12 decimals', 'price', '231.123456789012', 'PRICE_TOO_MANY_DECIMALS'),
    one('a price with an exponent', 'price', '2.3125e2', 'PRICE_UNREADABLE'),
    one('a price that is NaN', 'price', 'NaN', 'PRICE_UNREADABLE'),
    one('an infinite price', 'price', 'Infinity', 'PRICE_UNREADABLE'),
    one('an unknown symbol', 'symbol', 'ZZZZQ', 'SYMBOL_UNKNOWN'),
    one('an unknown MPID', 'mpid', 'QQQQ', 'MPID_UNKNOWN'),
    one('an unknown contra', 'contraMpid', 'QQQQ', 'CONTRA_UNKNOWN'),
    one('an unknown capacity', 'capacity', 'Q', 'CAPACITY_UNKNOWN'),
    one('a symbol in a halt', 'symbol', 'TCKSU', 'SYMBOL_HALTED'),
  ];
}

/** Values that cannot be: each waits for a person with code, field, value and the original, and the next one passes. */
export async function fieldCases(t: TestContext, world: World): Promise<void> {
  for (const { name, wrong, expected } of cases(world)) {
    await t.test(name, async () => {
      const record = world.execution(wrong);
      const answer = await world.send(record);
      assert.equal(answer.status, 202, 'what a value means is judged behind the gateway');
      const item = await repairItem(world, record.executionId, expected, JSON.stringify(record));
      assert.equal(item.fields[expected.field] ?? '', expected.value, 'the field stands as it came');
      if (expected.code === 'EXECUTION_TIME_MISSING' || expected.code === 'EXECUTION_TIME_UNREADABLE') {
        assert.equal(item.repair.dueAt, null, 'no time stands in for the execution time, so none is due');
        const trades = await world.board.trades(record.executionId);
        assert.ok(trades.every(({ executedAt }) => executedAt === null));
      }
      await world.goesOn();
    });
  }

  await t.test(
    'a number that is no text is refused at the door: JSON numbers are floating point',
    async () => {
      const record = world.execution({ price: 231.25 });
      const { status, body } = await world.send(record);
      assert.equal(status, 400);
      assert.equal(body.code, 'REQUEST_INVALID');
      assert.deepEqual(body.issues, [
        {
          code: 'RECORD_SHAPE',
          field: 'price',
          value: '231.25',
          message: 'price must be text: JSON numbers are floating point',
          action: 'Send "231.25" in quotes.',
        },
      ]);
      await world.goesOn();
    },
  );

  await t.test('every mistake of one record is shown at once', async () => {
    const record = world.execution({ executedAt: undefined, quantity: '0', price: 'NaN', capacity: 'Q' });
    await world.send(record);
    const expected = { code: 'PRICE_UNREADABLE', field: 'price', value: 'NaN' };
    const { repair } = await repairItem(world, record.executionId, expected, record.executionId);
    assert.deepEqual(repair.issues.map(({ code }) => code).sort(), [
      'CAPACITY_UNKNOWN',
      'EXECUTION_TIME_MISSING',
      'PRICE_UNREADABLE',
      'QUANTITY_NOT_POSITIVE',
    ]);
    await world.goesOn();
  });
}
