import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { sleep, systemClock } from '@tapeclock/ports';
import { forkChild } from './child.ts';
import { ROLES, type Role } from './messages.ts';
import { openPlace, type Place } from './place.ts';

export interface SupervisorOptions {
  readonly roles: readonly Role[];
  readonly clockOffsetNs: Ns;
  readonly variables: NodeJS.ProcessEnv;
  readonly spare: boolean;
  readonly onOutput?: (role: Role, text: string) => void;
  readonly onNotice: (role: Role, text: string) => void;
  readonly onDeath: (role: Role, death: { pid: number; how: string; delayNs: Ns }) => void;
}

export interface Supervisor {
  /** Resolves once all processes have been ready, each at least once. */
  readonly ready: Promise<void>;
  pid(role: Role): number;
  isReady(role: Role): boolean;
  /** As an accident would: the process is replaced. */
  kill(role: Role, signal: NodeJS.Signals): void;
  /** Stops all within 5 s; what does not stop is killed. */
  stop(): Promise<void>;
  /** Ends everything at once, as a second ctrl-C asks. */
  abort(): void;
}

/** The bound that children are given, and a little for their exit. */
const STOP_BOUND_NS = 4_600n * NS_PER_MS;
/** How long the outside world is kept, so that the last answers still arrive. */
const OUTSIDE_KEPT_NS = 3n * NS_PER_SECOND;

/** Whose absence is taken from a window: the way of a trade, and the watch over it. */
const SPARED: ReadonlySet<Role> = new Set(['hot', 'watch']);

/** Starts the processes of the product and keeps each of them alive until told to stop. */
export function supervise(options: SupervisorOptions): Supervisor {
  const clock = systemClock();
  const notReady = new Set<Role>(options.roles);
  const { promise: ready, resolve: allReady } = Promise.withResolvers<void>();
  const places = new Map<Role, Place>(
    ROLES.filter((role) => options.roles.includes(role)).map((role) => [
      role,
      openPlace({
        role,
        clock,
        spare: options.spare && SPARED.has(role),
        fork: (handlers) => {
          const { onOutput } = options;
          return forkChild({
            role,
            clockOffsetNs: options.clockOffsetNs,
            variables: options.variables,
            ...(onOutput && { onOutput: (text: string) => onOutput(role, text) }),
            ...handlers,
          });
        },
        onReady() {
          notReady.delete(role);
          if (notReady.size === 0) allReady();
        },
        onNotice: (text) => options.onNotice(role, text),
        onDeath: (death) => options.onDeath(role, death),
      }),
    ]),
  );
  const all = [...places.values()];
  const abort = (): void => {
    for (const place of all) {
      place.stop();
      place.kill('SIGKILL');
    }
  };
  let stopped: Promise<void> | null = null;
  const stopAll = async (): Promise<void> => {
    const patience = new AbortController();
    const inner = all.filter(({ role }) => role !== 'outside');
    const outer = all.filter(({ role }) => role === 'outside');
    for (const place of inner) place.stop();
    const innerEmpty = Promise.all(inner.map(({ empty }) => empty));
    const kept = sleep(clock, OUTSIDE_KEPT_NS, patience.signal).catch(() => {});
    const bound = sleep(clock, STOP_BOUND_NS, patience.signal).then(abort, () => {});
    await Promise.race([innerEmpty, kept]);
    for (const place of outer) place.stop();
    const gone = Promise.all(all.map(({ empty }) => empty));
    await Promise.race([gone, bound]);
    await gone;
    patience.abort();
  };
  return {
    ready,
    pid: (role) => places.get(role)?.pid() ?? 0,
    isReady: (role) => places.get(role)?.ready() ?? false,
    kill: (role, signal) => places.get(role)?.kill(signal),
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
    abort,
  };
}
