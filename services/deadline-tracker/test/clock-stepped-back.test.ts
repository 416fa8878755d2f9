import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  embeddedRegistry,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { runProcessor } from '@tapeclock/service';
import { deadlineTracker } from '../src/tracker.ts';
import { TRACKER_DEFAULTS } from '../src/tracker-config.ts';
import { accepted, SECOND, T0, trade } from './samples.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

async function world() {
  const clock = virtualClock(T0);
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const writer = memory.handle('writer');
  await runProcessor(deadlineTracker(TRACKER_DEFAULTS), {
    clock,
    codec,
    log: memory.handle('watch'),
    memberId: 'watch',
  });
  return {
    clock,
    enter: (name: string, executedNs: bigint) =>
      writer.append([codec.record('TradeReportable', trade(name, executedNs))]),
    accept: (name: string, executedNs: bigint, atNs: bigint) =>
      writer.append([codec.record('ReportAccepted', accepted(name, executedNs, atNs))]),
    /** What was said, with the wall clock's second when it was. */
    said: () =>
      memory.records(TOPICS.obligationsAlerts).flatMap((record) => {
        const { type, event } = codec.decode(record.value);
        const second = Number((event.meta.recordedNs - T0) / SECOND);
        if (type === 'ObligationWarned')
          return [`${second} s: warned ${event.executionId} ${event.percentUsed}%`];
        if (type === 'ObligationBreached') return [`${second} s: breached ${event.executionId}`];
        return type === 'ObligationMet' ? [`met ${event.executionId}${event.late ? ' late' : ''}`] : [];
      }),
  };
}

test('a clock stepped back while trades wait breaches none early, and each of them in its time', async () => {
  const { clock, enter, said } = await world();
  await enter('A', T0);
  await clock.advance(6n * SECOND);
  assert.deepEqual(said(), ['5 s: warned A 50%']);
  clock.step(-5n * SECOND);
  // The wall clock reads 1 s; eight more seconds are still within the window.
  await clock.advance(7n * SECOND + SECOND / 2n);
  assert.deepEqual(
    said().slice(1),
    ['8 s: warned A 80%'],
    'warned by what the wall clock says, and no breach',
  );
  await clock.advance(3n * SECOND);
  assert.deepEqual(said().slice(2), ['10 s: breached A']);
});

test('a trade that comes after the step is warned of in its own time, before those that are due later', async () => {
  const { clock, enter, accept, said } = await world();
  await enter('A', T0);
  await accept('A', T0, T0 + SECOND);
  await enter('LATER', T0 + 30n * SECOND);
  await clock.advance(60n * SECOND);
  const of = (...names: string[]) =>
    inOrder(said().filter((text) => names.some((name) => text.includes(` ${name}`))));
  clock.step(-60n * SECOND);
  await enter('B', T0 + SECOND);
  await enter('C', T0);
  await clock.advance(9n * SECOND + SECOND / 2n);
  assert.deepEqual(of('B', 'C'), [
    '5 s: warned C 50%',
    '6 s: warned B 50%',
    '8 s: warned C 80%',
    '9 s: warned B 80%',
  ]);
  await clock.advance(2n * SECOND);
  assert.deepEqual(of('B', 'C').slice(4), ['10 s: breached C', '11 s: breached B']);
});

test('a facility that answers before the execution by our stepped clock ends the obligation without a fault', async () => {
  const { clock, enter, accept, said } = await world();
  await enter('A', T0);
  clock.step(-3_600n * SECOND);
  await accept('A', T0, T0 - 3_599n * SECOND);
  await clock.advance(7_200n * SECOND);
  assert.deepEqual(said(), ['met A']);
});

/** Each partition is told in order; side by side they are put in order of time. */
const inOrder = (told: readonly string[]) =>
  told.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
