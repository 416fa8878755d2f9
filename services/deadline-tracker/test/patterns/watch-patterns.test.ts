import assert from 'node:assert/strict';
import test from 'node:test';
import { type MemoryLog, memoryEventLog } from '@tapeclock/event-log';
import { type VirtualClock, virtualClock } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  embeddedRegistry,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { parsePattern } from '../../src/patterns/pattern.ts';
import { PATTERN_FILES } from '../../src/patterns/pattern-files.ts';
import { watchPatterns } from '../../src/patterns/watch-patterns.ts';
import { accepted, SECOND, T0, trade } from '../samples.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const patterns = PATTERN_FILES.map(parsePattern);

function world() {
  const clock: VirtualClock = virtualClock(T0);
  const memory: MemoryLog = memoryEventLog({ clock, topics: topicDeclarations });
  const writer = memory.handle('writer');
  return {
    clock,
    memory,
    watch: (name: string) =>
      watchPatterns({ clock, codec, log: memory.handle(name), memberId: name }, patterns),
    /** A trade and, at once, its acceptance. Lineages differ, so that they are spread over all partitions. */
    async report(name: string, lateBy: bigint) {
      const nowNs = clock.nowNs();
      const executedNs = nowNs - 10n * SECOND - lateBy;
      await writer.append([codec.record('TradeReportable', trade(name, executedNs))]);
      await writer.append([codec.record('ReportAccepted', accepted(name, executedNs, nowNs))]);
      await clock.advance(SECOND);
    },
    said: () =>
      memory.records(TOPICS.obligationsAlerts).flatMap((record) => {
        const { type, event } = codec.decode(record.value);
        return type === 'OperationsAlert' ? [`${event.subject} ${event.state}: ${event.text}`] : [];
      }),
  };
}

const RAISED = 'pattern/late-streak/OMS RAISED: 5 reports of OMS in a row were late';

test('a streak over all partitions raises one alert, and a report in time clears it', async () => {
  const { clock, report, said, watch } = world();
  await watch('watch');
  for (let n = 0; n < 4; n += 1) await report(`L${n}`, SECOND);
  assert.deepEqual(said(), []);
  await report('L4', SECOND);
  await clock.advance(SECOND);
  assert.deepEqual(said(), [RAISED]);
  await report('L5', SECOND);
  await report('M', -SECOND);
  await clock.advance(SECOND);
  assert.equal(said().length, 2);
  assert.match(said()[1] ?? '', /^pattern\/late-streak\/OMS CLEARED/);
});

test('whoever takes over knows the windows and what was raised: nothing twice, and nothing left standing', async () => {
  const { clock, memory, report, said, watch } = world();
  await watch('watch-1');
  for (let n = 0; n < 3; n += 1) await report(`L${n}`, SECOND);
  memory.crash('watch-1');
  await watch('watch-2');
  await clock.advance(5n * SECOND);
  for (let n = 3; n < 5; n += 1) await report(`L${n}`, SECOND);
  await clock.advance(SECOND);
  assert.deepEqual(said(), [RAISED], 'three seen by the first count for the second');
  memory.crash('watch-2');
  await clock.advance(400n * SECOND);
  await watch('watch-3');
  await clock.advance(20n * SECOND);
  assert.equal(said().length, 2);
  assert.match(said()[1] ?? '', /CLEARED/, 'the window went by while nobody watched');
});

test('an alert that lasts is told again, so that it can be found without reading a day back', async () => {
  const { clock, report, said, watch } = world();
  await watch('watch');
  for (let n = 0; n < 320; n += 1) await report(`L${n}`, SECOND);
  await clock.advance(SECOND);
  assert.deepEqual(
    said().map((text) => text.split(':')[0]),
    ['pattern/late-streak/OMS RAISED', 'pattern/late-streak/OMS RAISED'],
  );
});

test('with nothing going on it asks the log nothing', async () => {
  const { clock, report, memory } = world();
  const log = memory.handle('watch');
  let reads = 0;
  const counting: typeof log = {
    ...log,
    read(...place) {
      reads += 1;
      return log.read(...place);
    },
  };
  await watchPatterns({ clock, codec, log: counting, memberId: 'watch' }, patterns);
  await report('A', -SECOND);
  await clock.advance(400n * SECOND);
  const before = reads;
  await clock.advance(3_600n * SECOND);
  assert.equal(reads, before);
});
