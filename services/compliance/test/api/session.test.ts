import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MINUTE } from '@tapeclock/domain';
import { BOARD, PASSWORD, startHarness } from '../harness.ts';

type Harness = Awaited<ReturnType<typeof startHarness>>;
const signIn = (h: Harness, name: string, password: string, headers: Record<string, string> = BOARD) =>
  h.app.inject({ method: 'POST', url: '/api/session', headers, payload: { name, password } });

test('the right password opens a session that scripts and other sites cannot use', async () => {
  const h = await startHarness();
  const answer = await signIn(h, 'officer', PASSWORD);
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.json().role, 'officer');
  const cookie = String(answer.headers['set-cookie']);
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  const who = await h.app.inject({ url: '/api/session', headers: { cookie: cookie.split(';')[0]! } });
  assert.equal(who.json().name, 'officer');
  await h.stop();
});

test('a wrong password and an unknown name get the same answer', async () => {
  const h = await startHarness();
  const wrong = await signIn(h, 'officer', 'guess');
  const unknown = await signIn(h, 'nobody', 'guess');
  assert.equal(wrong.statusCode, 401);
  assert.deepEqual(wrong.json(), unknown.json());
  assert.equal(wrong.json().code, 'CREDENTIALS_WRONG');
  assert.match(String(wrong.headers['content-type']), /application\/problem\+json/);
  await h.stop();
});

test('guessing is slowed down, also for the right password, until the window has passed', async () => {
  const h = await startHarness();
  for (let i = 0; i < 5; i += 1) assert.equal((await signIn(h, 'officer', 'guess')).statusCode, 401);
  const refused = await signIn(h, 'officer', PASSWORD);
  assert.equal(refused.statusCode, 429);
  assert.equal(refused.json().code, 'RATE_LIMITED');
  assert.equal(refused.headers['retry-after'], '300');
  await h.clock.advance(5n * NS_PER_MINUTE);
  assert.equal((await signIn(h, 'officer', PASSWORD)).statusCode, 200);
  await h.stop();
});

test('nothing but sign-in is answered without a session', async () => {
  const h = await startHarness();
  for (const url of ['/api/overview', '/api/trades', '/api/live', '/api/export/trades.csv', '/api/nothing']) {
    const answer = await h.app.inject({ url });
    assert.equal(answer.statusCode, 401, url);
    assert.equal(answer.json().code, 'NOT_SIGNED_IN');
  }
  await h.stop();
});

test('a session ends when it is left alone, at the latest after twelve hours, and at sign-out', async () => {
  const h = await startHarness();
  assert.equal((await h.as('viewer', 'GET', '/api/session')).statusCode, 200);
  await h.clock.advance(29n * NS_PER_MINUTE);
  assert.equal((await h.as('viewer', 'GET', '/api/session')).statusCode, 200);
  await h.clock.advance(31n * NS_PER_MINUTE);
  assert.equal((await h.as('viewer', 'GET', '/api/session')).statusCode, 401);

  assert.equal((await h.as('officer', 'GET', '/api/session')).statusCode, 200);
  assert.equal((await h.as('officer', 'DELETE', '/api/session')).statusCode, 204);
  assert.equal((await h.as('officer', 'GET', '/api/session')).statusCode, 401);

  const { token } = h.context.sessions.open('viewer', 'viewer');
  for (let minutes = 0n; minutes < 12n * 60n; minutes += 20n) {
    assert.notEqual(h.context.sessions.find(token), null);
    await h.clock.advance(20n * NS_PER_MINUTE);
  }
  assert.equal(h.context.sessions.find(token), null);
  await h.stop();
});

test('a request from a foreign page is refused', async () => {
  const h = await startHarness();
  const bare = await signIn(h, 'officer', PASSWORD, {});
  assert.equal(bare.statusCode, 403);
  assert.equal(bare.json().code, 'ORIGIN_REFUSED');
  for (const origin of ['https://evil.example', 'null']) {
    const foreign = await signIn(h, 'officer', PASSWORD, { ...BOARD, origin, host: 'localhost:8080' });
    assert.equal(foreign.statusCode, 403, origin);
  }
  const own = await signIn(h, 'officer', PASSWORD, {
    ...BOARD,
    origin: 'http://localhost:8080',
    host: 'localhost:8080',
  });
  assert.equal(own.statusCode, 200);
  await h.stop();
});
