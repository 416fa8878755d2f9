import type { PreparePart } from '../world/parts.ts';

/** Where the past begins, it says, is the end: nothing is read back. */
export function loseTimersOnRestart(start: PreparePart): PreparePart {
  return (environment) => {
    const { log } = environment;
    return start({
      ...environment,
      log: { ...log, offsetAt: (topic, partition) => log.endOffset(topic, partition) },
    });
  };
}
