/** A rulebook held to its vectors: every one of them true, and every entry tried by at least one. */
import type { Entry } from './entry.ts';
import { FaultList, type RulebookFiles } from './fault-list.ts';
import { readRulebook } from './parse-rulebook.ts';
import { entriesOf, type Rulebook } from './rulebook.ts';
import { RulebookError } from './rulebook-error.ts';
import { runVector } from './run-vector.ts';
import { readVectors, type Vector } from './vectors.ts';

export interface CheckedRulebook {
  readonly rulebook: Rulebook;
  readonly vectors: readonly Vector[];
}

/**
 * What `parseRulebook` refuses, and besides: a vector that does not hold, and an entry that no vector's answer names,
 * for nobody has said what it should do. Throws `RulebookError`.
 */
export function checkRulebook(files: RulebookFiles): CheckedRulebook {
  const faults = new FaultList(files);
  const rulebook = readRulebook(files, faults);
  const vectors = readVectors(files, faults);
  if (!faults.found) holdToVectors(rulebook, vectors, faults);
  if (faults.found) throw new RulebookError(faults.faults);
  return { rulebook, vectors };
}

function holdToVectors(rulebook: Rulebook, vectors: readonly Vector[], faults: FaultList): void {
  const answered = new Set<string>();
  for (const vector of vectors) {
    const { differences, ruleIds } = runVector(rulebook, vector);
    for (const id of ruleIds) answered.add(id);
    for (const difference of differences) {
      faults.at(vector.file, `${vector.path}.expect.${difference.split(':')[0]}`, {
        message: `the vector does not hold: ${difference}`,
        action: 'Correct the rule; or, if the rule is meant to change, the vector and its why.',
      });
    }
  }
  const complaint = {
    message: 'no test vector has it in its answer',
    action: 'Add a vector to vectors/ that shows what it does.',
  };
  for (const entry of untried(rulebook, answered)) faults.atEntry(entry, '', complaint);
}

function untried(rulebook: Rulebook, answered: ReadonlySet<string>): readonly Entry[] {
  return entriesOf(rulebook).filter(({ id }) => !answered.has(id));
}
