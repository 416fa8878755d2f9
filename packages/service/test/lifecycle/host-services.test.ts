import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { virtualClock } from '@tapeclock/ports/virtual';
import { silentLogger } from '@tapeclock/telemetry';
import { hostServices } from '../../src/index.ts';

function recorded() {
  const events: string[] = [];
  const service = (name: string, stop: () => Promise<void> = async () => {}) => ({
    name,
    start: async () => ({
      ready: () => name !== 'unready',
      stop: async () => {
        events.push(`stop ${name}`);
        await stop();
      },
    }),
  });
  return { events, service };
}

test('stops in the order given, one after the other, once', async () => {
  const { events, service } = recorded();
  const clock = virtualClock();
  const host = await hostServices([service('gateway'), service('reporter')], { clock, logger: silentLogger });
  assert.equal(host.ready(), true);
  const [first, second] = await Promise.all([host.stop(), host.stop()]);
  assert.deepEqual(events, ['stop gateway', 'stop reporter']);
  assert.deepEqual([first, second], [[], []]);
  assert.equal(host.ready(), false);
});

test('a service that does not stop is left behind when the bound is over, and named', async () => {
  const { service } = recorded();
  const clock = virtualClock();
  const hangs = service('stuck', () => new Promise(() => {}));
  const host = await hostServices([service('gateway'), hangs], {
    clock,
    logger: silentLogger,
    stopBoundNs: 3n * NS_PER_SECOND,
  });
  const stopped = host.stop();
  await clock.advance(4n * NS_PER_SECOND);
  assert.deepEqual(await stopped, ['stuck']);
});

test('when one cannot start the others are stopped again and its error is thrown', async () => {
  const { events, service } = recorded();
  const broken = { name: 'broken', start: () => Promise.reject(new Error('port taken')) };
  const starting = hostServices([service('gateway'), broken], {
    clock: virtualClock(),
    logger: silentLogger,
  });
  await assert.rejects(starting, /port taken/);
  assert.deepEqual(events, ['stop gateway']);
});

test('readiness names each service', async () => {
  const { service } = recorded();
  const host = await hostServices([service('a'), service('unready')], {
    clock: virtualClock(),
    logger: silentLogger,
  });
  assert.equal(host.ready(), false);
  assert.deepEqual(host.readiness(), [
    { name: 'a', ready: true },
    { name: 'unready', ready: false },
  ]);
});
