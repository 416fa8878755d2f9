import type { Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { Child } from './child.ts';
import type { FromChild, Role } from './messages.ts';
import { restartDelayNs } from './restart-policy.ts';

const LIVES_KEPT = 32;

export interface PlaceOptions {
  readonly role: Role;
  readonly clock: Clock;
  /** Whether a second, loaded process waits beside the working one. */
  readonly spare: boolean;
  readonly fork: (handlers: {
    onMessage: (message: FromChild) => void;
    onExit: (code: number | null, signal: NodeJS.Signals | null) => void;
  }) => Child;
  readonly onReady: () => void;
  readonly onNotice: (text: string) => void;
  readonly onDeath: (death: { readonly pid: number; readonly how: string; readonly delayNs: Ns }) => void;
}

/** The place of one process: whoever dies in it is replaced, by the spare if there is one. */
export interface Place {
  readonly role: Role;
  /** Process id of the working one, 0 while there is none. */
  pid(): number;
  ready(): boolean;
  stop(): void;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when nothing of this place lives any more. */
  readonly empty: Promise<void>;
}

interface Life {
  readonly child: Child;
  readonly bornNs: Ns;
  loaded: boolean;
  begun: boolean;
}

export function openPlace(options: PlaceOptions): Place {
  const { role, clock } = options;
  const { promise: empty, resolve: onEmpty } = Promise.withResolvers<void>();
  const alive = new Set<Life>();
  const lives: Ns[] = [];
  let working: Life | null = null;
  let waiting: Life | null = null;
  let isReady = false;
  let stopping = false;
  let timer: Timer | null = null;

  const begin = (life: Life): void => {
    if (life.begun || !life.loaded) return;
    life.begun = true;
    life.child.send({ kind: 'begin' });
  };
  const birth = (): Life => {
    const life: Life = {
      bornNs: clock.monotonicNs(),
      loaded: false,
      begun: false,
      child: options.fork({
        onMessage: (message) => hear(life, message),
        onExit: (code, signal) => bury(life, signal ?? `status ${code}`),
      }),
    };
    alive.add(life);
    return life;
  };
  const fill = (): void => {
    if (stopping) return;
    working = waiting ?? birth();
    waiting = null;
    begin(working);
  };
  const hear = (life: Life, message: FromChild): void => {
    if (message.kind === 'notice') options.onNotice(message.text);
    if (message.kind === 'loaded') {
      life.loaded = true;
      if (life === working) begin(life);
    }
    if (message.kind === 'ready' && life === working) {
      isReady = true;
      options.onReady();
      // Only now: until then the processor time belongs to the one that takes over.
      if (options.spare && waiting === null && !stopping) waiting = birth();
    }
  };
  const bury = (life: Life, how: string): void => {
    alive.delete(life);
    if (waiting === life) waiting = null;
    if (working === life) {
      working = null;
      isReady = false;
      lives.push(clock.monotonicNs() - life.bornNs);
      if (lives.length > LIVES_KEPT) lives.shift();
      const delayNs = restartDelayNs(lives);
      if (!stopping) options.onDeath({ pid: life.child.pid, how, delayNs });
      if (delayNs === 0n) fill();
      else timer = clock.after(delayNs, fill);
    }
    if (stopping && alive.size === 0) onEmpty();
  };

  fill();
  return {
    role,
    pid: () => working?.child.pid ?? 0,
    ready: () => isReady,
    stop() {
      stopping = true;
      timer?.cancel();
      for (const { child } of alive) child.send({ kind: 'stop' });
      if (alive.size === 0) onEmpty();
    },
    kill(signal) {
      if (stopping) for (const { child } of alive) child.kill(signal);
      else working?.child.kill(signal);
    },
    empty,
  };
}
