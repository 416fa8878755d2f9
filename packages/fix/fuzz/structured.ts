import fc from 'fast-check';
import type { Corpus } from './corpus.ts';
import { CORPORA } from './corpus.ts';
import { Exercise, type ExerciseOptions } from './exercise.ts';
import type { FuzzCase } from './fuzz.ts';
import { framed, withHeader } from './peer.ts';

const MSG_TYPES = ['0', '1', '2', '3', '4', '5', 'A', 'D', '8', 'AE', 'j', 'd', 'C', '*'];
const TAGS = [
  7, 16, 36, 43, 45, 58, 95, 96, 97, 98, 108, 112, 115, 122, 123, 128, 141, 386, 336, 453, 448, 452, 802, 523,
];

/** A body as fast-check makes it: session fields, groups and data more often than others, and shrinks where it fails. */
const body = fc
  .tuple(
    fc.constantFrom(...MSG_TYPES),
    fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...TAGS) },
          { weight: 1, arbitrary: fc.integer({ min: -2, max: 1700 }) },
        ),
        fc.oneof(
          fc.constantFrom('Y', 'N', '0', '1', '2', '3', '20261124-15:00:00', ''),
          fc.integer().map(String),
          fc.string({ maxLength: 12 }),
        ),
      ),
      { maxLength: 12 },
    ),
  )
  .map(([type, fields]) => `35=${type}|${fields.map(([tag, value]) => `${tag}=${value}|`).join('')}`);

interface Sent {
  readonly text: string;
  /** Added to the number the session waits for. */
  readonly ahead: number;
}

const conversation = fc.record({
  corpus: fc.constantFrom(...CORPORA),
  isChecked: fc.boolean(),
  resyncAt: fc.constantFrom('start' as const, 'trailer' as const),
  sent: fc.array(fc.record({ text: body, ahead: fc.constantFrom(0, 0, 0, 1, 2, -1) }), {
    minLength: 1,
    maxLength: 30,
  }),
});

/** Plays `runs` conversations; the smallest that fails, or how many messages they had. */
export function structured(seed: number, runs: number): number | FuzzCase {
  let inputs = 0;
  const details = fc.check(
    fc.property(conversation, ({ corpus, sent, ...rest }) => {
      inputs += play(corpus, { ...rest, beginString: corpus.beginString }, sent).length;
    }),
    { numRuns: runs, seed },
  );
  if (!details.failed || details.counterexample === null) return inputs;
  const [{ corpus, sent, ...rest }] = details.counterexample;
  const options: ExerciseOptions = { ...rest, beginString: corpus.beginString };
  const played: Uint8Array[] = [];
  try {
    play(corpus, options, sent, played);
  } catch {
    // Known by now; what was sent up to it is what counts.
  }
  return { text: String(details.errorInstance), options, steps: played };
}

function play(
  corpus: Corpus,
  options: ExerciseOptions,
  sent: readonly Sent[],
  played: Uint8Array[] = [],
): readonly Uint8Array[] {
  const exercise = new Exercise(options);
  const send = (text: string, seq: number) => {
    const bytes = framed(corpus.beginString, withHeader(text, seq));
    played.push(bytes);
    exercise.feed(bytes);
  };
  send(corpus.logon, 1);
  for (const { text, ahead } of sent) {
    if (exercise.isEnded) break;
    send(text, exercise.expectedIn + ahead);
  }
  return played;
}
