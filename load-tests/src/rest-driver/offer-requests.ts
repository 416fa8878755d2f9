import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type Clock, type Random, sleep } from '@tapeclock/ports';
import { executionIdOf } from '../account/hold-against-log.ts';
import { Ledger } from '../account/ledger.ts';
import { loadRecord } from '../executions/load-record.ts';
import type { Universe } from '../executions/universe.ts';
import { LEAD_NS } from '../fix-driver/load-options.ts';
import { arrivals } from '../fix-driver/schedule.ts';
import type { Post } from './http-post.ts';
import { type Form, fatesFrom, type KnownFate, type Reading, readAnswer } from './read-answer.ts';
import type { RestLoadOptions, RestLoadSummary } from './rest-load-options.ts';

const TICK_NS = NS_PER_MS;
/** What had no answer is sent again after this long, each time twice as long: a crowd that comes back at once is a second burst. */
const REPEAT_AFTER_NS = 500n * NS_PER_MS;
const REPEAT_AFTER_NS_MAX = 16n * NS_PER_SECOND;
const REPEATS_MAX = 12;

const REQUESTS = {
  single: { path: '/v1/executions', contentType: 'application/json' },
  batch: { path: '/v1/executions/batch', contentType: 'application/json' },
  upload: { path: '/v1/executions/upload', contentType: 'application/x-ndjson' },
} as const satisfies Record<Form, { readonly path: string; readonly contentType: string }>;

/**
 * Offers executions to the REST ingest by an open schedule: what is due is sent, whatever became of what went before.
 * A refusal is final and counted. What has no answer is sent again, the same bytes, until one says what became of it.
 * Resolves when every execution has its fate.
 */
export async function offerRequests(
  environment: {
    readonly clock: Clock;
    readonly random: Random;
    readonly universe: Universe;
    readonly post: Post;
  },
  options: RestLoadOptions,
): Promise<Omit<RestLoadSummary, 'cpuSeconds'>> {
  const { clock, random, universe, post } = environment;
  const { form, recordsPerRequest } = options;
  const { path, contentType } = REQUESTS[form];
  const ledger = new Ledger();
  const tallies = { answers: new Map<string, number>(), failures: new Map<string, number>() };
  const times = { answered: [] as number[], sent: [] as number[], refused: [] as number[] };
  const underWay = new Set<Promise<void>>();
  let repeated = 0;
  let withoutRetryAfter = 0;

  const steadyStartNs = clock.monotonicNs() + LEAD_NS;
  const startNs = clock.nowNs() + LEAD_NS;

  const send = async (body: Buffer): Promise<Reading | null> => {
    try {
      const reading = readAnswer(form, recordsPerRequest, await post(path, contentType, body));
      count(tallies.answers, reading.label);
      if (reading.isTemporary && reading.retryAfterSeconds === null) withoutRetryAfter += 1;
      return reading;
    } catch (error) {
      count(tallies.failures, error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  /** Fates in the order of the records. The same bytes again, until an answer says what became of the first ones. */
  const fatesOf = async (body: Buffer, dueNs: Ns): Promise<readonly KnownFate[] | null> => {
    const sentNs = clock.monotonicNs();
    let pauseNs = REPEAT_AFTER_NS;
    for (let tries = 0; ; tries += 1) {
      const reading = await send(body);
      const fates = reading === null ? null : fatesFrom(reading, tries > 0);
      if (fates !== null) {
        if (tries === 0) note(fates, sentNs, dueNs);
        return fates;
      }
      if (tries === REPEATS_MAX) return null;
      const toldNs = BigInt(reading?.retryAfterSeconds ?? 0) * NS_PER_SECOND;
      await sleep(clock, toldNs > pauseNs ? toldNs : pauseNs);
      pauseNs = pauseNs * 2n < REPEAT_AFTER_NS_MAX ? pauseNs * 2n : REPEAT_AFTER_NS_MAX;
      repeated += 1;
    }
  };
  const note = (fates: readonly KnownFate[], sentNs: Ns, dueNs: Ns): void => {
    const answeredNs = clock.monotonicNs();
    const tookMs = millis(answeredNs - steadyStartNs - dueNs);
    if (!fates.includes('taken')) times.refused.push(tookMs);
    else {
      times.answered.push(tookMs);
      times.sent.push(millis(answeredNs - sentNs));
    }
  };
  const offer = (dueNs: Ns): void => {
    const numbers = Array.from({ length: recordsPerRequest }, () => ledger.offer());
    if (underWay.size >= options.inFlightMax) {
      for (const number of numbers) ledger.settle(number, 'unsent');
      return;
    }
    const records = numbers.map((number) =>
      loadRecord(random, universe, {
        id: executionIdOf(options.runId, number),
        mpid: options.mpid,
        executedNs: startNs + dueNs,
      }),
    );
    const settling: Promise<void> = fatesOf(bodyOf(form, records), dueNs).then((fates) => {
      numbers.forEach((number, index) => {
        ledger.settle(number, fates?.[index] ?? 'unknown');
      });
      underWay.delete(settling);
    });
    underWay.add(settling);
  };

  const perRequest = options.phases.map(({ ratePerSecond, seconds }) => ({
    ratePerSecond: ratePerSecond / recordsPerRequest,
    seconds,
  }));
  const schedule = arrivals(perRequest, options.spacing, random);
  for (let next = schedule.next(); next.done !== true; ) {
    const elapsedNs = clock.monotonicNs() - steadyStartNs;
    while (next.done !== true && next.value <= elapsedNs) {
      offer(next.value);
      next = schedule.next();
    }
    await sleep(clock, TICK_NS);
  }
  while (underWay.size > 0) await Promise.all(underWay);
  return {
    ledger: ledger.written(),
    startNs,
    answers: Object.fromEntries(tallies.answers),
    failures: Object.fromEntries(tallies.failures),
    repeated,
    withoutRetryAfter,
    scheduledToAnswerMs: Float64Array.from(times.answered),
    sentToAnswerMs: Float64Array.from(times.sent),
    scheduledToRefusalMs: Float64Array.from(times.refused),
  };
}

function bodyOf(form: Form, records: readonly object[]): Buffer {
  if (form === 'single') return Buffer.from(JSON.stringify(records[0]));
  if (form === 'batch') return Buffer.from(JSON.stringify({ executions: records }));
  return Buffer.from(`${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
}

function millis(ns: Ns): number {
  return Number(ns) / 1e6;
}

function count(tally: Map<string, number>, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}
