import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Ns } from '@tapeclock/domain';
import type { FromChild, Role, ToChild } from './messages.ts';

const ENTRY = fileURLToPath(new URL('../process.ts', import.meta.url));

export interface ChildOptions {
  readonly role: Role;
  /** Shifts the child's clock; known at its birth, so that a spare can prepare everything. */
  readonly clockOffsetNs: Ns;
  readonly variables: NodeJS.ProcessEnv;
  /** Where the child's output goes. @default the terminal's */
  readonly onOutput?: (text: string) => void;
  readonly onMessage: (message: FromChild) => void;
  readonly onExit: (code: number | null, signal: NodeJS.Signals | null) => void;
}

export interface Child {
  readonly pid: number;
  send(message: ToChild): void;
  kill(signal: NodeJS.Signals): void;
}

/** Forks one process of the product. It ends by itself when the channel to us closes, however we die. */
export function forkChild(options: ChildOptions): Child {
  const { role, variables, onOutput } = options;
  const child: ChildProcess = fork(ENTRY, [role, String(options.clockOffsetNs)], {
    env: variables,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: [
      'ignore',
      onOutput === undefined ? 'inherit' : 'pipe',
      onOutput === undefined ? 'inherit' : 'pipe',
      'ipc',
    ],
  });
  child.stdout?.on('data', (text) => onOutput?.(String(text)));
  child.stderr?.on('data', (text) => onOutput?.(String(text)));
  child.on('message', (message) => options.onMessage(message as FromChild));
  child.on('error', () => {});
  child.once('exit', options.onExit);
  return {
    pid: child.pid ?? 0,
    send(message) {
      // A child that has just died answers nothing; its exit is being told anyway.
      if (child.connected) child.send(message, () => {});
    },
    kill: (signal) => void child.kill(signal),
  };
}
