import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Work that is done in a process of its own. */
export interface OwnProcess<Result> {
  readonly pid: number;
  readonly result: Promise<Result>;
  /** Ends it at once, without a result. */
  kill(): void;
}

/**
 * Starts the module at `entry`, which calls `answerParent`, and gives it its options. Bigint and typed arrays pass as
 * they are. `result` rejects when the process ends without one.
 */
export function startOwnProcess<Result>(entry: URL, options: object): OwnProcess<Result> {
  const child = fork(fileURLToPath(entry), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  promise.catch(() => {});
  child.once('message', (result) => resolve(result as Result));
  child.once('error', reject);
  child.once('exit', (code, signal) => {
    reject(new Error(`the load driver ended with ${signal ?? `status ${code}`} and no result`));
  });
  child.send(options);
  return {
    pid: child.pid ?? 0,
    result: promise,
    kill: () => void child.kill('SIGKILL'),
  };
}
