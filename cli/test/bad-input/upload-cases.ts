import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { repairItem } from './repair-item.ts';
import { type Answer, accepted, type World } from './world.ts';

const MEGABYTE = 1024 * 1024;
const NDJSON = { 'content-type': 'application/x-ndjson' };
const CSV = { 'content-type': 'text/csv' };
const GZIP = { 'content-encoding': 'gzip' };

/** Files that end too soon, hold nothing, or hold too much. */
export async function uploadCases(t: TestContext, world: World): Promise<void> {
  const upload = (body: string | Uint8Array, headers: Readonly<Record<string, string>>): Promise<Answer> =>
    world.post('/v1/executions/upload', body, headers);

  await t.test('an empty file, and one with a header alone, hold no record', async () => {
    for (const [body, headers] of [
      ['', NDJSON],
      ['\n\n', NDJSON],
      ['executionId,symbol\n', CSV],
      [gzipSync(''), { ...NDJSON, ...GZIP }],
    ] as const) {
      const { status, body: problem } = await upload(body, headers);
      assert.deepEqual([status, problem.code], [400, 'UPLOAD_EMPTY'], JSON.stringify(problem));
      assert.equal(problem.action, 'Send at least one record.');
    }
    await world.goesOn();
  });

  await t.test(
    'a truncated file says how much was taken; sent again whole, nothing is taken twice',
    async () => {
      const records = Array.from({ length: 1_200 }, () => world.execution());
      const whole = gzipSync(records.map((record) => JSON.stringify(record)).join('\n'));
      const { status, body } = await upload(whole.subarray(0, whole.length - 20), { ...NDJSON, ...GZIP });
      assert.deepEqual([status, body.code], [400, 'UPLOAD_UNREADABLE'], JSON.stringify(body));
      const taken = body.taken?.accepted ?? 0;
      assert.ok(taken > 0 && taken < records.length, `${taken} were taken`);
      assert.match(body.action ?? '', /again from the start/);
      const again = await upload(whole, { ...NDJSON, ...GZIP });
      assert.equal(again.status, 202);
      assert.deepEqual(
        [again.body.records, again.body.accepted, again.body.duplicate],
        [records.length, records.length - taken, taken],
      );
      world.good.push(...records.slice(0, -1).map(({ executionId }) => executionId));
      await accepted(world, records.at(-1)?.executionId ?? '');
      await world.goesOn();
    },
  );

  await t.test('a file cut inside a line: the whole lines are taken, the torn one is named', async () => {
    const [first, second] = [world.execution(), world.execution()];
    const { status, body } = await upload(
      `${JSON.stringify(first)}\n${JSON.stringify(second).slice(0, -9)}`,
      NDJSON,
    );
    assert.equal(status, 202);
    assert.deepEqual([body.accepted, body.refused], [1, 1]);
    const [result] = body.results as { index: number; issues: { code: string; message: string }[] }[];
    assert.equal(result?.index, 1);
    assert.ok(result?.issues[0]?.message, 'it says what is wrong with the line');
    await accepted(world, first.executionId);
  });

  await t.test('a gzip bomb is stopped after its first megabytes', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE, '\n'));
    const { status, body } = await upload(bomb, { ...NDJSON, ...GZIP });
    assert.deepEqual([status, body.code], [413, 'UPLOAD_TOO_LARGE'], JSON.stringify(body));
    assert.equal(body.action, 'Split it.');
    await world.goesOn();
  });

  await t.test('a file that says gzip and is none is unreadable', async () => {
    const { status, body } = await upload(JSON.stringify(world.execution()), { ...NDJSON, ...GZIP });
    assert.deepEqual([status, body.code], [400, 'UPLOAD_UNREADABLE'], JSON.stringify(body));
    await world.goesOn();
  });

  await t.test('a line that never ends is not gathered in memory', async () => {
    const { status, body } = await upload(Buffer.alloc(8 * MEGABYTE, 'x'), NDJSON);
    assert.equal(status, 400, JSON.stringify(body));
    assert.equal(body.code, 'UPLOAD_UNREADABLE');
    await world.goesOn();
  });

  await t.test('a bad row of a CSV file stops no other row, and waits with the row beside it', async () => {
    const [good, bad] = [world.execution(), world.execution({ quantity: '-5' })];
    const names = Object.keys(good);
    const row = (record: Readonly<Record<string, unknown>>): string =>
      names.map((name) => record[name]).join(',');
    const { status, body } = await upload([names.join(','), row(bad), row(good)].join('\n'), CSV);
    assert.equal(status, 202, JSON.stringify(body));
    assert.equal(body.accepted, 2);
    const expected = { code: 'QUANTITY_NOT_POSITIVE', field: 'quantity', value: '-5' };
    const item = await repairItem(world, bad.executionId, expected, '"quantity":"-5"');
    assert.equal(item.repair.channel, 'FILE');
    await accepted(world, good.executionId);
  });

  await t.test('a body that is too large for one request names the way out', async () => {
    const { status, body } = await world.send(world.execution({ memo: 'x'.repeat(2 * MEGABYTE) }));
    assert.deepEqual([status, body.code], [413, 'BODY_TOO_LARGE']);
    assert.match(body.action ?? '', /upload/);
    await world.goesOn();
  });

  await t.test('a wrong key and a wrong content type have codes of their own', async () => {
    const record = JSON.stringify(world.execution());
    const stranger = await world.post('/v1/executions', record, { authorization: 'Bearer guess' });
    assert.deepEqual([stranger.status, stranger.body.code], [401, 'KEY_MISSING']);
    const picture = await world.post('/v1/executions', record, { 'content-type': 'image/png' });
    assert.deepEqual([picture.status, picture.body.code], [415, 'CONTENT_TYPE']);
    await world.goesOn();
  });
}
