import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnyEvent, BacklogForecast } from '@tapeclock/schemas';
import { sqliteReadModel } from '../../src/read-model/sqlite/sqlite-read-model.ts';
import { breached, TEN, trade } from '../events.ts';

const { meta } = breached(trade('E1')).event;

function told(partition: number, open: number): AnyEvent {
  const event: BacklogForecast = {
    meta: {
      ...meta,
      eventId: `F${partition}`,
      lineageId: `forecast/ADF/${partition}`,
      recordedNs: TEN,
    },
    facility: 'ADF',
    open,
    serviceRateE3: 1_200n,
    breachInNs: null,
    nearestDueNs: null,
  };
  return { type: 'BacklogForecast', event };
}

async function shown(...events: readonly [partition: number, event: AnyEvent][]) {
  const model = sqliteReadModel(':memory:');
  for (const [partition, input] of events) {
    const position = { topic: 'obligations.alerts', partition, offset: 0n };
    await model.apply([{ ...input, position, appendedNs: TEN, value: Buffer.from('') }]);
  }
  const rows = await model.queries.forecasts();
  await model.close();
  return rows;
}

test('the forecasts of two partitions stand beside each other, in whatever order they come', async () => {
  const one = await shown([0, told(0, 3)], [1, told(1, 7)]);
  const other = await shown([1, told(1, 7)], [0, told(0, 3)]);
  assert.deepEqual(one, other);
  assert.deepEqual(
    one.map(({ open }) => open),
    [3n, 7n],
  );
});
