import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { seededRandom, virtualClock } from '@tapeclock/ports/virtual';
import { Ledger } from '../../src/account/ledger.ts';
import type { Post } from '../../src/rest-driver/http-post.ts';
import { offerRequests } from '../../src/rest-driver/offer-requests.ts';
import type { Answer } from '../../src/rest-driver/read-answer.ts';
import type { RestLoadOptions } from '../../src/rest-driver/rest-load-options.ts';

const TAKEN: Answer = { status: 202, retryAfter: null, body: '{"status":"accepted"}' };
const LIMITED: Answer = { status: 429, retryAfter: '1', body: '{"code":"RATE_LIMITED"}' };

/** Ten executions a second for three seconds, on virtual time. */
function offering(post: Post, change: Partial<RestLoadOptions> = {}) {
  const clock = virtualClock();
  const result = offerRequests(
    {
      clock,
      random: seededRandom(1),
      universe: { nms: ['IBM'], otc: ['OTCX'], contras: ['ALPB'] },
      post,
    },
    {
      url: '',
      key: '',
      form: 'single',
      recordsPerRequest: 1,
      phases: [{ ratePerSecond: 10, seconds: 3 }],
      spacing: 'even',
      seed: 1,
      mpid: 'TCLK',
      runId: 'T',
      clockOffsetNs: 0n,
      connections: 0,
      inFlightMax: 2_000,
      ...change,
    },
  );
  return { clock, result };
}

test('the schedule goes on when the system does not answer at all', async () => {
  const open: ((answer: Answer) => void)[] = [];
  const { clock, result } = offering(() => new Promise((resolve) => open.push(resolve)));
  await clock.advance(2n * NS_PER_SECOND);
  assert.ok(open.length >= 19 && open.length <= 21, `${open.length} under way after 2 s`);
  await clock.advance(2n * NS_PER_SECOND);
  assert.equal(open.length, 30);
  for (const answer of open) answer(TAKEN);
  await clock.advance(NS_PER_SECOND);
  const { ledger, scheduledToAnswerMs } = await result;
  assert.deepEqual(new Ledger(ledger).counts().taken, 30);
  // The last one waited one second, the first four: the time before the answer counts from the scheduled instant.
  assert.ok(scheduledToAnswerMs[0]! > 3_900 && scheduledToAnswerMs[29]! < 1_200);
});

test('what finds no room is never sent and is accounted for as unsent', async () => {
  let answer: (given: Answer) => void = () => {};
  const first = new Promise<Answer>((resolve) => {
    answer = resolve;
  });
  const { clock, result } = offering(() => first, { inFlightMax: 1 });
  await clock.advance(4n * NS_PER_SECOND);
  answer(TAKEN);
  await clock.advance(NS_PER_SECOND);
  const { taken, unsent } = new Ledger((await result).ledger).counts();
  assert.deepEqual([taken, unsent], [1, 29]);
});

test('a refusal is final; one without Retry-After is counted', async () => {
  const { clock, result } = offering(async () => ({ ...LIMITED, retryAfter: null }));
  await clock.advance(5n * NS_PER_SECOND);
  const { ledger, repeated, withoutRetryAfter, answers } = await result;
  assert.deepEqual([new Ledger(ledger).counts().refused, repeated, withoutRetryAfter], [30, 0, 30]);
  assert.deepEqual(answers, { '429 RATE_LIMITED': 30 });
});

test('without an answer the same bytes are sent again until one says what became of them', async () => {
  const seen = new Map<string, number>();
  const { clock, result } = offering(async (_path, _type, body) => {
    const times = (seen.get(body.toString()) ?? 0) + 1;
    seen.set(body.toString(), times);
    if (times === 1) throw new Error('socket hang up');
    // Refused on the second try: that says nothing of the first one.
    return times === 2 ? LIMITED : TAKEN;
  });
  await clock.advance(10n * NS_PER_SECOND);
  const { ledger, failures, repeated } = await result;
  assert.deepEqual(new Ledger(ledger).counts().taken, 30);
  assert.deepEqual([failures, repeated, seen.size], [{ 'socket hang up': 30 }, 60, 30]);
});

test('what never gets an answer ends as unknown, and is sent again less and less often until then', async () => {
  const { clock, result } = offering(async () => {
    throw new Error('connect ECONNREFUSED');
  });
  await clock.advance(130n * NS_PER_SECOND + 3n * NS_PER_SECOND);
  const { ledger, repeated } = await result;
  assert.deepEqual([new Ledger(ledger).counts().unknown, repeated], [30, 30 * 12]);
});

test('a batch is due as a whole, at the rate of its executions', async () => {
  const bodies: { readonly executions: readonly { readonly executedAt: string }[] }[] = [];
  const { clock, result } = offering(
    async (_path, _type, body) => {
      const batch = JSON.parse(body.toString()) as (typeof bodies)[number];
      bodies.push(batch);
      const results = batch.executions.map((_, index) => ({ index, status: 'accepted' }));
      return { status: 202, retryAfter: null, body: JSON.stringify({ results }) };
    },
    { form: 'batch', recordsPerRequest: 5 },
  );
  await clock.advance(5n * NS_PER_SECOND);
  assert.equal(new Ledger((await result).ledger).counts().taken, 30);
  assert.equal(bodies.length, 6);
  assert.equal(new Set(bodies.map(({ executions }) => executions[0]?.executedAt)).size, 6);
});
