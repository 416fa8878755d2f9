import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { systemClock } from '@tapeclock/ports';
import type { FromDriver, LoadCounts, LoadOptions, LoadSummary, ToDriver } from './load-options.ts';

/** A load driver at work in a process of its own. */
export interface Load {
  readonly pid: number;
  /** As of at most 100 ms ago. */
  counts(): LoadCounts;
  /** Resolves when every execution of the schedule has been given a number or refused. */
  readonly offered: Promise<LoadSummary>;
  /** Logs out and ends the process. Until then it sends again whatever the gateway asks for. */
  stop(): Promise<LoadSummary>;
}

const ENTRY = fileURLToPath(new URL('./process.ts', import.meta.url));
const READY_NS = 20n * NS_PER_SECOND;
const NONE: LoadCounts = { offered: 0, sent: 0, refused: 0, waiting: 0, sessionsUp: 0 };

/** Starts the driver, waits until all its sessions are logged on, and lets it begin. Rejects when they are not in 20 s. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const child = fork(ENTRY, [JSON.stringify({ ...options, clockOffsetNs: String(options.clockOffsetNs) })], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let latest = NONE;
  const ready = Promise.withResolvers<void>();
  const offered = Promise.withResolvers<LoadSummary>();
  const ended = Promise.withResolvers<LoadSummary>();
  for (const { promise } of [ready, offered, ended]) promise.catch(() => {});
  child.on('message', (message: FromDriver) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'progress') latest = message.counts;
    else {
      const { summary } = message;
      const read = { ...summary, startNs: BigInt(summary.startNs), endNs: BigInt(summary.endNs) };
      latest = read;
      if (message.kind === 'offered') offered.resolve(read);
      else ended.resolve(read);
    }
  });
  child.once('exit', (code, signal) => {
    const error = new Error(`the load driver ended with ${signal ?? `status ${code}`}`);
    for (const { reject } of [ready, offered, ended]) reject(error);
  });
  const timer = systemClock().after(READY_NS, () => {
    ready.reject(new Error(`not all of ${options.senderCompIds.join(', ')} logged on in 20 s`));
  });
  try {
    await ready.promise;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    timer.cancel();
  }
  const say = (message: ToDriver): void => void child.send(message);
  say({ kind: 'begin' });
  return {
    pid: child.pid ?? 0,
    counts: () => latest,
    offered: offered.promise,
    stop() {
      if (child.connected) say({ kind: 'stop' });
      return ended.promise;
    },
  };
}
