import assert from 'node:assert/strict';
import { NS_PER_MS } from '@tapeclock/domain';
import { memoryEventLog } from '../../src/index.ts';
import { eventLogContract } from '../contract/event-log-contract.ts';
import { virtualClock } from '../virtual-clock.ts';

eventLogContract('memory', async (topics) => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics });
  return {
    open: async (process) => log.handle(process),
    kill: async (process) => log.crash(process),
    async until(condition) {
      for (let round = 0; !(await condition()); round += 1) {
        assert.ok(round < 1000, 'did not come about in 20 s of virtual time');
        await clock.advance(20n * NS_PER_MS);
      }
    },
    dispose: async () => {},
  };
});
