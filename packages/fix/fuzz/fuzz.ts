import type { Random } from '@tapeclock/ports';
import { seededRandom } from '@tapeclock/ports/virtual';
import { Exercise, type ExerciseOptions, FuzzFailure } from './exercise.ts';
import { below } from './mutate.ts';
import { FuzzPeer } from './peer.ts';

export interface FuzzCount {
  readonly inputs: number;
  readonly conversations: number;
  /** Inputs that reached the session as whole messages. */
  readonly frames: number;
}

/** A conversation that broke something, to be kept and played again. */
export interface FuzzCase {
  readonly text: string;
  readonly options: ExerciseOptions;
  readonly steps: readonly FuzzStep[];
}

/** Bytes as they arrived, or milliseconds that passed. */
export type FuzzStep = Uint8Array | number;

const INPUTS_MAX = 200;
const PAUSE_MS_MAX = 40_000;

/** Plays conversations until `inputs` are done; stops at the first failure. */
export function fuzz(
  seed: number,
  inputs: number,
  onProgress: (done: number) => void = () => {},
): FuzzCount | FuzzCase {
  let done = 0;
  let conversations = 0;
  let frames = 0;
  while (done < inputs) {
    const random = seededRandom((seed + conversations) >>> 0);
    conversations += 1;
    const peer = new FuzzPeer(random);
    const options: ExerciseOptions = {
      beginString: peer.corpus.beginString,
      isChecked: below(random, 2) === 0,
      resyncAt: below(random, 4) === 0 ? 'trailer' : 'start',
    };
    const steps: FuzzStep[] = [];
    try {
      const exercise = new Exercise(options);
      done += converse(exercise, peer, random, steps);
      frames += exercise.frameCount;
    } catch (error) {
      if (!(error instanceof FuzzFailure)) throw error;
      const text = error.cause instanceof Error ? (error.cause.stack ?? error.message) : error.message;
      return { text, options, steps };
    }
    if (conversations % 1000 === 0) onProgress(done);
  }
  return { inputs: done, conversations, frames };
}

/** Returns how many messages were sent; `steps` says what was done, also where something breaks. */
function converse(exercise: Exercise, peer: FuzzPeer, random: Random, steps: FuzzStep[]): number {
  const play = (step: FuzzStep) => {
    steps.push(step);
    take(exercise, step);
  };
  play(peer.logon());
  let sent = 1;
  for (; !exercise.isEnded && sent < INPUTS_MAX; sent += 1) {
    const bytes = peer.next(exercise.expectedIn);
    const cut = below(random, 8) === 0 ? below(random, bytes.length + 1) : 0;
    if (cut > 0) play(bytes.subarray(0, cut));
    play(bytes.subarray(cut));
    if (below(random, 16) === 0) play(below(random, PAUSE_MS_MAX));
  }
  return sent;
}

function take(exercise: Exercise, step: FuzzStep): void {
  if (typeof step === 'number') exercise.pass(BigInt(step) * 1_000_000n);
  else exercise.feed(step);
}

/** Plays a kept conversation again; throws what it throws. */
export function replay({ options, steps }: Pick<FuzzCase, 'options' | 'steps'>): void {
  const exercise = new Exercise(options);
  for (const step of steps) take(exercise, step);
}
