import { eventLogContract } from '../contract/event-log-contract.ts';
import { embeddedWorld, until } from './embedded-world.ts';

eventLogContract('embedded', async (topics) => {
  const world = embeddedWorld(topics);
  return { open: (process) => world.open(process), kill: world.kill, until, dispose: world.dispose };
});
