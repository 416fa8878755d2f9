import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NS_PER_MS } from '@tapeclock/domain';
import { sleep, systemClock } from '@tapeclock/ports';
import { type EmbeddedEventLog, type EmbeddedLogOptions, openEmbeddedLog } from '../../src/index.ts';

export const clock = systemClock();

/** Waits for a condition; the runner's timeout ends what never comes about. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(clock, 5n * NS_PER_MS);
}

export interface EmbeddedWorld {
  readonly directory: string;
  open(process: string, options?: Partial<EmbeddedLogOptions>): Promise<EmbeddedEventLog>;
  kill(process: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Logs in one throw-away directory; those left open are aborted at the end. */
export function embeddedWorld(topics: EmbeddedLogOptions['topics']): EmbeddedWorld {
  const directory = mkdtempSync(join(tmpdir(), 'event-log-'));
  const logs = new Map<string, EmbeddedEventLog>();
  return {
    directory,
    async open(process, options = {}) {
      const log = await openEmbeddedLog({ directory, clock, topics, ...options });
      logs.set(process, log);
      return log;
    },
    async kill(process) {
      await logs.get(process)?.abort();
    },
    async dispose() {
      for (const log of logs.values()) await log.abort();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
