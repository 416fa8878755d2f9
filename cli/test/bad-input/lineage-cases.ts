import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { rfc3339FromNs } from '@tapeclock/domain';
import { repairItem } from './repair-item.ts';
import { accepted, type World } from './world.ts';

/** Ids that come again, and messages that refer to what is not there. */
export async function lineageCases(t: TestContext, world: World): Promise<void> {
  await t.test('the same id with the same content is a duplicate: one report, no repair item', async () => {
    const record = world.execution();
    assert.deepEqual((await world.send(record)).body, {
      executionId: record.executionId,
      status: 'accepted',
    });
    const again = await world.send(record);
    assert.equal(again.status, 202);
    assert.equal(again.body.status, 'duplicate');
    await accepted(world, record.executionId);
    const repairs = await world.board.repairs();
    assert.ok(repairs.every(({ sourceExecutionId }) => sourceExecutionId !== record.executionId));
  });

  await t.test(
    'the same id with other content is a conflict: the first stands, a person decides',
    async () => {
      const record = world.execution();
      await world.send(record);
      await accepted(world, record.executionId);
      const other = { ...record, quantity: '200' };
      const answer = await world.send(other);
      assert.equal(answer.status, 409);
      assert.equal(answer.body.code, 'ID_CONFLICT');
      assert.match(answer.body.action ?? '', /new id|correction/);
      await repairItem(
        world,
        record.executionId,
        { code: 'DUPLICATE_ID_OTHER_CONTENT', field: 'sourceExecutionId', value: record.executionId },
        JSON.stringify(other),
      );
      assert.equal((await world.send(record)).body.status, 'duplicate', 'the first is still the truth');
      await world.goesOn();
    },
  );

  await t.test(
    'a cancel before its execution waits for a person; the execution itself is reported',
    async () => {
      const record = world.execution();
      const cancel = world.execution({ action: 'CANCEL', refExecutionId: record.executionId });
      assert.equal((await world.send(cancel)).status, 202);
      const item = await repairItem(
        world,
        cancel.executionId,
        { code: 'CANCEL_OF_UNKNOWN', field: 'refSourceExecutionId', value: record.executionId },
        JSON.stringify(cancel),
      );
      assert.equal(item.repair.action, 'CANCEL');
      await world.send(record);
      await accepted(world, record.executionId);
      // Now it has something to cancel: the officer resubmits it as it is.
      const acted = await world.board.act(`/api/repairs/${item.repair.repairId}/resubmit`, {
        fields: { ...item.fields, executedAt: rfc3339FromNs(world.clock.nowNs()) },
        reason: 'the execution has come',
      });
      assert.equal(acted.status, 202, JSON.stringify(acted.body));
      await accepted(world, cancel.executionId);
    },
  );

  await t.test('a cancel of a cancel, and of what is cancelled, wait for a person', async () => {
    const record = world.execution();
    await world.send(record);
    await accepted(world, record.executionId);
    const cancel = world.execution({ action: 'CANCEL', refExecutionId: record.executionId });
    await world.send(cancel);
    await accepted(world, cancel.executionId);
    for (const [code, refExecutionId] of [
      ['CANCEL_OF_CANCEL', cancel.executionId],
      ['CANCEL_OF_CANCELLED', record.executionId],
    ] as const) {
      const second = world.execution({ action: 'CANCEL', refExecutionId });
      await world.send(second);
      const expected = { code, field: 'refSourceExecutionId', value: refExecutionId };
      await repairItem(world, second.executionId, expected, JSON.stringify(second));
    }
    await world.goesOn();
  });

  await t.test('a correction of the unknown waits for a person', async () => {
    const nobody = world.id();
    const correction = world.execution({ action: 'CORRECT', refExecutionId: nobody });
    await world.send(correction);
    const expected = { code: 'CORRECTION_OF_UNKNOWN', field: 'refSourceExecutionId', value: nobody };
    await repairItem(world, correction.executionId, expected, JSON.stringify(correction));
    await world.goesOn();
  });

  await t.test('a cancel that names nothing is refused at the door', async () => {
    const { status, body } = await world.send(world.execution({ action: 'CANCEL' }));
    assert.equal(status, 400);
    assert.equal(body.issues?.[0]?.code, 'RECORD_SHAPE');
    assert.equal(body.issues?.[0]?.field, 'refExecutionId');
    assert.equal(body.issues?.[0]?.action, 'Add refExecutionId.');
    await world.goesOn();
  });

  await t.test(
    'an item mended on the board is reported as the next revision, and closed with who and why',
    async () => {
      const record = world.execution({ symbol: 'ZZZZQ' });
      await world.send(record);
      const expected = { code: 'SYMBOL_UNKNOWN', field: 'symbol', value: 'ZZZZQ' };
      const item = await repairItem(world, record.executionId, expected, JSON.stringify(record));
      const path = `/api/repairs/${item.repair.repairId}/resubmit`;
      const mended = { fields: { ...item.fields, symbol: 'AAPL' }, reason: 'typing error of the desk' };
      assert.equal((await world.board.act(path, mended)).status, 202);
      await accepted(world, record.executionId);
      const trades = await world.board.trades(record.executionId);
      assert.deepEqual(trades.map(({ revision, state }) => `${revision} ${state}`).sort(), [
        '0 SUPERSEDED',
        '1 ACCEPTED',
      ]);
      const { repair } = await world.until('the closed item', async () => {
        const found = await world.board.repair(item.repair.repairId);
        return found.repair.state === 'CLOSED' && found;
      });
      assert.deepEqual([repair.resolution, repair.actor], ['RESUBMITTED', 'officer']);
      const again = await world.board.act(path, mended);
      assert.equal(again.status, 409);
      assert.equal((again.body as { code: string }).code, 'ALREADY_SETTLED');
      assert.equal((await world.board.act(path, { fields: { symbol: 'A\u0000' }, reason: 'x' })).status, 400);
    },
  );
}
