import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import test from 'node:test';
import { received, trade } from '../events.ts';
import { startHarness } from '../harness.ts';

test('the feed comes over a real socket as server-sent events', async (t) => {
  const h = await startHarness();
  t.after(() => h.stop());
  const { token } = h.context.sessions.open('viewer', 'viewer');
  const url = await h.app.listen({ host: '127.0.0.1', port: 0 });
  const request = get(`${url}/api/live`, { headers: { cookie: `tapeclock_session=${token}` } });
  const [response] = await once(request, 'response');
  assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8');
  response.setEncoding('utf8');
  let text = '';
  response.on('data', (chunk: string) => {
    text += chunk;
    response.emit('more');
  });
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) await once(response, 'more');
  };
  await until(/event: hello\ndata: .*\n\n/);
  await h.see(received(trade('E1')));
  await until(/id: 1\nevent: change\ndata: .*"trades".*\n\n/);
  const closed = new Promise((resolve) => response.on('close', resolve));
  response.on('error', () => {});
  request.destroy();
  await closed;
});

test('without a session the feed is a problem, not a stream', async () => {
  const h = await startHarness();
  const answer = await h.app.inject({ url: '/api/live' });
  assert.equal(answer.json().code, 'NOT_SIGNED_IN');
  await h.stop();
});
