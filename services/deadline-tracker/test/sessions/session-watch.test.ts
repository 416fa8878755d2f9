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
import { sessionWatch } from '../../src/sessions/session-watch.ts';
import { meta, SECOND, T0 } from '../samples.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const SESSION = 'TAPE1-ADF->FNRA/ADF';

function world() {
  const clock = virtualClock(T0);
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const writer = memory.handle('writer');
  let changes = 0;
  return {
    clock,
    memory,
    watch: (name: string) =>
      runProcessor(sessionWatch, { clock, codec, log: memory.handle(name), memberId: name }),
    async change(state: string, role = 'facility') {
      changes += 1;
      await writer.append([
        codec.record('SessionStateChanged', {
          meta: { ...meta(`change-${changes}`, SESSION), recordedNs: clock.nowNs() },
          sessionId: role === 'facility' ? SESSION : 'DEMO44',
          role,
          state,
          process: 'hot',
          text: null,
        }),
      ]);
    },
    said: () =>
      memory.records(TOPICS.obligationsAlerts).flatMap((record) => {
        const { type, event } = codec.decode(record.value);
        return type === 'OperationsAlert' ? [`${event.alert} ${event.subject} ${event.state}`] : [];
      }),
  };
}

const RAISED = `facility-session-down session/${SESSION} RAISED`;
const CLEARED = `facility-session-down session/${SESSION} CLEARED`;

test('a facility session that stays away is an alert until it is back; a quick reconnect is none', async () => {
  const { clock, watch, change, said } = world();
  await watch('watch');
  await change('LOGGED_ON');
  await change('DISCONNECTED');
  await clock.advance(SECOND);
  await change('LOGGED_ON');
  await clock.advance(5n * SECOND);
  assert.deepEqual(said(), []);
  await change('DISCONNECTED');
  // Trying again does not begin the wait anew.
  await clock.advance(SECOND);
  await change('CONNECTED');
  await clock.advance(1_100_000_000n);
  assert.deepEqual(said(), [RAISED]);
  await change('LOGGED_ON');
  await clock.advance(SECOND);
  assert.deepEqual(said(), [RAISED, CLEARED]);
});

test('a trading system that leaves is no alert', async () => {
  const { clock, watch, change, said } = world();
  await watch('watch');
  await change('DISCONNECTED', 'gateway');
  await clock.advance(60n * SECOND);
  assert.deepEqual(said(), []);
});

test('an alert raised by a watch that died is cleared by the next one, also when the session came back in between', async () => {
  for (const backFirst of [true, false]) {
    const { clock, memory, watch, change, said } = world();
    await watch('watch-1');
    await change('DISCONNECTED');
    await clock.advance(3n * SECOND);
    memory.crash('watch-1');
    if (backFirst) await change('LOGGED_ON');
    await watch('watch-2');
    await clock.advance(2n * SECOND);
    if (!backFirst) {
      assert.deepEqual(said(), [RAISED], 'raised a second time');
      await change('LOGGED_ON');
      await clock.advance(SECOND);
    }
    assert.deepEqual(said(), [RAISED, CLEARED]);
  }
});
