import assert from 'node:assert/strict';
import test from 'node:test';
import { AUTH, restWorld, trade } from './world.ts';

const post = (url: string, payload: unknown, headers: Record<string, string> = AUTH) =>
  ({ method: 'POST', url, payload: payload as object, headers }) as const;

test('an execution is on the log when 202 is answered', async () => {
  const { app, received } = await restWorld();
  const answer = await app.inject(post('/v1/executions', trade('A1')));
  assert.deepEqual([answer.statusCode, answer.json()], [202, { executionId: 'A1', status: 'accepted' }]);
  const [event] = received();
  assert.deepEqual(
    [event?.source, event?.sourceExecutionId, event?.channel, event?.fields.price],
    ['OMS', 'A1', 'REST', '10.25'],
  );
  assert.equal(event?.meta.stamps.executedNs, 1_795_532_400_000_000_001n);
});

test('the same again is a duplicate, the same id with other content a conflict that a person will see', async () => {
  const { app, received } = await restWorld();
  await app.inject(post('/v1/executions', trade('A1')));
  assert.equal((await app.inject(post('/v1/executions', trade('A1')))).json().status, 'duplicate');
  const conflict = await app.inject(post('/v1/executions', trade('A1', { price: '11' })));
  assert.deepEqual([conflict.statusCode, conflict.json().code], [409, 'ID_CONFLICT']);
  assert.match(String(conflict.headers['content-type']), /^application\/problem\+json/);
  assert.equal(received().length, 2, 'the conflict is appended for enrichment to open a repair item');
});

test('without a valid key nothing is taken', async () => {
  const { app, received } = await restWorld();
  for (const headers of [
    {},
    { authorization: 'Bearer wrong' },
    { authorization: 'Basic c2VjcmV0' },
  ] as Record<string, string>[]) {
    const answer = await app.inject(post('/v1/executions', trade('A1'), headers));
    assert.deepEqual([answer.statusCode, answer.json().code], [401, 'KEY_MISSING']);
  }
  assert.equal(received().length, 0);
});

test('a malformed record is refused field by field: code, field, value, what to do', async () => {
  const { app } = await restWorld();
  const answer = await app.inject(post('/v1/executions', { executionId: 'A 1', price: 10.25, symbl: 'IBM' }));
  assert.equal(answer.statusCode, 400);
  const issues = Object.fromEntries(
    answer.json().issues.map((issue: { field: string }) => [issue.field, issue]),
  );
  assert.deepEqual(Object.keys(issues).sort(), ['executionId', 'price', 'symbl']);
  assert.deepEqual([issues.price.value, issues.price.action], ['10.25', 'Send "10.25" in quotes.']);
});

test('a cancel without a reference is refused', async () => {
  const { app } = await restWorld();
  const answer = await app.inject(post('/v1/executions', { executionId: 'A2', action: 'CANCEL' }));
  assert.equal(answer.json().issues[0].field, 'refExecutionId');
});

test('a missing execution time is taken for enrichment to judge, and stays missing', async () => {
  const { app, received } = await restWorld();
  const { executedAt: _left, ...rest } = trade('A1');
  assert.equal((await app.inject(post('/v1/executions', rest))).statusCode, 202);
  assert.equal(received()[0]?.fields.executedAt, null);
  assert.equal(received()[0]?.meta.stamps.executedNs, null);
});

test('a batch has one result for each record, in order, and its bad records do not stop the good ones', async () => {
  const { app, received } = await restWorld();
  const answer = await app.inject(
    post('/v1/executions/batch', { executions: [trade('A1'), { nonsense: 1 }, trade('A1'), trade('A2')] }),
  );
  assert.equal(answer.statusCode, 202);
  const { results, ...counts } = answer.json();
  assert.deepEqual(counts, { accepted: 2, duplicate: 1, conflict: 0, refused: 1 });
  assert.deepEqual(
    results.map((result: { index: number; status: string }) => [result.index, result.status]),
    [
      [0, 'accepted'],
      [1, 'refused'],
      [2, 'duplicate'],
      [3, 'accepted'],
    ],
  );
  assert.equal(received().length, 2);
});

test('a batch that is empty, too long or no list is refused whole', async () => {
  const { app } = await restWorld({ batchRecordsMax: 2 });
  for (const executions of [[], 'x', [trade('1'), trade('2'), trade('3')]]) {
    assert.equal((await app.inject(post('/v1/executions/batch', { executions }))).statusCode, 400);
  }
});

test('a body that is too large, no JSON, or of another type has its own code', async () => {
  const { app } = await restWorld({ bodyBytesMax: 200 });
  assert.equal(
    (await app.inject(post('/v1/executions', trade('A1', { memo: 'x'.repeat(300) })))).json().code,
    'BODY_TOO_LARGE',
  );
  assert.equal(
    (
      await app.inject({
        method: 'POST',
        url: '/v1/executions',
        payload: '{',
        headers: { ...AUTH, 'content-type': 'application/json' },
      })
    ).statusCode,
    400,
  );
  assert.equal(
    (
      await app.inject({
        method: 'POST',
        url: '/v1/executions',
        payload: '<a/>',
        headers: { ...AUTH, 'content-type': 'text/xml' },
      })
    ).json().code,
    'CONTENT_TYPE',
  );
});

test('a full log refuses with 503 and when to come back; the same again is then taken', async () => {
  const { app, memory, received } = await restWorld();
  const heal = memory.fault({ kind: 'DISK_FULL' });
  const answer = await app.inject(post('/v1/executions', trade('A1')));
  assert.deepEqual(
    [answer.statusCode, answer.json().code, answer.headers['retry-after']],
    [503, 'LOG_UNAVAILABLE', '1'],
  );
  heal();
  assert.equal((await app.inject(post('/v1/executions', trade('A1')))).json().status, 'accepted');
  assert.equal(received().length, 1);
});

test('a key that sends too fast is told when to come back, and may go on then', async () => {
  const { app, clock } = await restWorld({ recordsPerSecond: 1 });
  for (let i = 0; i < 4; i += 1)
    assert.equal((await app.inject(post('/v1/executions', trade(`A${i}`)))).statusCode, 202);
  const limited = await app.inject(post('/v1/executions', trade('A9')));
  assert.deepEqual([limited.statusCode, limited.headers['retry-after']], [429, '1']);
  await clock.advance(1_000_000_000n);
  assert.equal((await app.inject(post('/v1/executions', trade('A9')))).statusCode, 202);
});

test('more requests at once than the limit are told to come back', async () => {
  const { app, memory } = await restWorld({ requestsMax: 1 });
  const heal = memory.fault({ kind: 'stall' });
  // inject starts only when somebody waits for it
  const first = app.inject(post('/v1/executions', trade('A1'))).then((answer) => answer.statusCode);
  const second = await app.inject(post('/v1/executions', trade('A2')));
  assert.deepEqual([second.statusCode, second.json().code], [503, 'OVERLOADED']);
  heal();
  assert.equal(await first, 202);
});

test('the API describes itself', async () => {
  const { app } = await restWorld();
  const document = (await app.inject({ method: 'GET', url: '/documentation/json' })).json();
  assert.deepEqual(Object.keys(document.paths), [
    '/v1/executions',
    '/v1/executions/batch',
    '/v1/executions/upload',
  ]);
  const answer = await app.inject({ method: 'GET', url: '/nowhere' });
  assert.equal(answer.json().code, 'NOT_FOUND');
});
