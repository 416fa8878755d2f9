import type { EventLog, MemoryLog } from '@tapeclock/event-log';

/**
 * The log of a process that may read while another life of the same name is still writing: it reads through a handle of its
 * own, which the other's crash leaves alone, and writes and joins under the name, once it works.
 */
export function standbyLog(log: MemoryLog, name: string): EventLog {
  const reading = log.handle(`${name}, reading`);
  return {
    ...reading,
    append: (records) => log.handle(name).append(records),
    join: (options) => log.handle(name).join(options),
    close: () => log.handle(name).close(),
  };
}
