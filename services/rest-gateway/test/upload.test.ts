import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { AUTH, restWorld, trade } from './world.ts';

const upload = (type: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  ({
    method: 'POST',
    url: '/v1/executions/upload',
    payload,
    headers: { ...AUTH, 'content-type': type, ...headers },
  }) as const;
const ndjson = (count: number) =>
  Array.from({ length: count }, (_, i) => JSON.stringify(trade(`U${i}`))).join('\n');

test('an NDJSON file is taken whole, in chunks, with a result for what was not simply accepted', async () => {
  const { app, received } = await restWorld();
  const answer = await app.inject(
    upload('application/x-ndjson', `${ndjson(1_200)}\n\nnot json\n${JSON.stringify(trade('U0'))}\n`),
  );
  const { results, ...counts } = answer.json();
  assert.deepEqual(counts, {
    records: 1_202,
    accepted: 1_200,
    duplicate: 1,
    conflict: 0,
    refused: 1,
    resultsLeftOut: 0,
  });
  assert.deepEqual(
    results.map((result: { index: number; status: string }) => [result.index, result.status]),
    [
      [1_200, 'refused'],
      [1_201, 'duplicate'],
    ],
  );
  assert.equal(received().length, 1_200);
  assert.equal(received()[0]?.channel, 'FILE');
});

test('a CSV file is read by its header; formulas stay the text they are', async () => {
  const { app, received } = await restWorld();
  const csv = '\ufeffexecutionId,symbol,quantity,price,memo\r\nC1,IBM,100,10.25,"=1+1"\r\nC2,"AAPL",5,1,\r\n';
  const answer = await app.inject(upload('text/csv', csv));
  assert.equal(answer.json().accepted, 2);
  assert.deepEqual(
    received()
      .map(({ sourceExecutionId, fields }) => [sourceExecutionId, fields.memo])
      .sort(),
    [
      ['C1', '=1+1'],
      ['C2', null],
    ],
  );
});

test('a gzip file is taken like a plain one', async () => {
  const { app, received } = await restWorld();
  const answer = await app.inject(
    upload('application/x-ndjson', gzipSync(ndjson(10)), { 'content-encoding': 'gzip' }),
  );
  assert.equal(answer.json().accepted, 10);
  assert.equal(received().length, 10);
});

test('an empty file is refused', async () => {
  const { app } = await restWorld();
  assert.equal((await app.inject(upload('application/x-ndjson', ''))).json().code, 'UPLOAD_EMPTY');
  assert.equal((await app.inject(upload('text/csv', 'executionId,symbol\n'))).json().code, 'UPLOAD_EMPTY');
});

test('a truncated gzip file says how much was taken, and sending it again takes nothing twice', async () => {
  const { app, received } = await restWorld();
  const whole = gzipSync(ndjson(3_000), { level: 0 });
  const cut = await app.inject(
    upload('application/x-ndjson', whole.subarray(0, whole.length / 2), { 'content-encoding': 'gzip' }),
  );
  assert.deepEqual([cut.statusCode, cut.json().code], [400, 'UPLOAD_UNREADABLE']);
  const taken = cut.json().taken.accepted;
  assert.ok(taken > 0 && taken === received().length);
  const again = await app.inject(upload('application/x-ndjson', whole, { 'content-encoding': 'gzip' }));
  assert.equal(again.json().duplicate, taken);
  assert.equal(received().length, 3_000);
});

test('a gzip bomb is stopped long before it has unfolded', async () => {
  const { app, received } = await restWorld();
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, '\n'));
  const answer = await app.inject(upload('application/x-ndjson', bomb, { 'content-encoding': 'gzip' }));
  assert.deepEqual([answer.statusCode, answer.json().code], [413, 'UPLOAD_TOO_LARGE']);
  assert.equal(received().length, 0);
});

test('a line without an end is not kept in memory for ever', async () => {
  const { app } = await restWorld();
  const answer = await app.inject(upload('application/x-ndjson', 'x'.repeat(300_000)));
  assert.ok([400, 413].includes(answer.statusCode), answer.body);
});

test('a CSV file that breaks off or is too large is answered, like any other, and ends nothing but itself', async () => {
  const { app, received } = await restWorld();
  const rows = Array.from({ length: 3_000 }, (_, i) => `V${i},IBM,100,10.25`).join('\n');
  const whole = gzipSync(`executionId,symbol,quantity,price\n${rows}\n`, { level: 0 });
  const gzip = { 'content-encoding': 'gzip' };
  const cut = await app.inject(upload('text/csv', whole.subarray(0, whole.length / 2), gzip));
  assert.deepEqual([cut.statusCode, cut.json().code], [400, 'UPLOAD_UNREADABLE']);
  assert.equal(cut.json().taken.accepted, received().length);
  const tiny = await app.inject(upload('text/csv', whole.subarray(0, 60), gzip));
  assert.deepEqual([tiny.statusCode, tiny.json().code], [400, 'UPLOAD_UNREADABLE']);
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, '\n'));
  const stopped = await app.inject(upload('text/csv', bomb, gzip));
  assert.deepEqual([stopped.statusCode, stopped.json().code], [413, 'UPLOAD_TOO_LARGE']);
  const again = await app.inject(upload('text/csv', whole, gzip));
  assert.equal(again.json().accepted + again.json().duplicate, 3_000);
});
