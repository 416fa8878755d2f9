/** Judges many mutants on a few threads, each mutant within a time: a fault can also be a loop that never ends. */
import { Worker } from 'node:worker_threads';
import { type Clock, systemClock } from '@tapeclock/ports';
import type { Judged } from './judge.ts';
import type { Rules, ThreadMessage } from './judge-thread.ts';
import type { Mutant } from './mutant.ts';

export interface Outcome extends Judged {
  readonly mutant: Mutant;
}

const PER_MUTANT_NS = 30_000_000_000n;

/** `tell` is called after each, with the number done so far. Outcomes come in the order of the mutants. */
export async function judgeAll(
  mutants: readonly Mutant[],
  rules: Rules,
  threads: number,
  tell: (done: number) => void = () => {},
): Promise<readonly Outcome[]> {
  const clock = systemClock();
  const outcomes = new Map<number, Outcome>();
  let next = 0;
  const work = async (): Promise<void> => {
    let thread = openThread(rules);
    try {
      for (let index = next++; index < mutants.length; index = next++) {
        const mutant = mutants[index];
        if (mutant === undefined) break;
        const judged = await judgeOn(thread, mutant, clock);
        if (judged.verdict === 'timeout') {
          await thread.terminate();
          thread = openThread(rules);
        }
        outcomes.set(index, { ...judged, mutant });
        tell(outcomes.size);
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return mutants.flatMap((_mutant, index) => outcomes.get(index) ?? []);
}

function openThread(rules: Rules): Worker {
  const thread = new Worker(new URL('./judge-thread.ts', import.meta.url));
  thread.postMessage(rules satisfies ThreadMessage);
  return thread;
}

function judgeOn(thread: Worker, mutant: Mutant, clock: Clock): Promise<Judged> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void) => {
      timer.cancel();
      thread.off('message', onMessage);
      thread.off('error', onError);
      act();
    };
    const onMessage = (judged: Judged) => done(() => resolve(judged));
    const onError = (error: Error) => done(() => reject(error));
    const timer = clock.after(PER_MUTANT_NS, () =>
      done(() => resolve({ verdict: 'timeout', by: 'it did not come to an end' })),
    );
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.postMessage({ mutant } satisfies ThreadMessage);
  });
}
