/** A rulebook held to its vectors: every one of them true, and every entry tried by at least one. */
import { FaultList, type RulebookFiles } from './fault-list.ts';
import { readRulebook } from './parse-rulebook.ts';
import { entriesOf, type Rulebook } from './rulebook.ts';
import { RulebookError } from './rulebook-error.ts';
import { runVector, type VectorOutcome } from './run-vector.ts';
import { readVectors, type Vector } from './vectors.ts';

export interface CheckedRulebook {
  readonly rulebook: Rulebook;
  readonly vectors: readonly Vector[];
  /** Vectors of the base that do not hold under a draft: what it changes. They change with it when it is put into force. */
  readonly changed: readonly VectorOutcome[];
}

/**
 * What `parseRulebook` refuses, and besides: a vector that does not hold, and an entry that no vector's answer names,
 * for nobody has said what it should do. A draft must hold to its own vectors. Throws `RulebookError`.
 */
export function checkRulebook(files: RulebookFiles): CheckedRulebook {
  const faults = new FaultList(files);
  const rulebook = readRulebook(files, faults);
  const vectors = readVectors(files, faults);
  const isDraft = Object.keys(files).some((file) => file.startsWith('drafts/'));
  const changed = faults.found ? [] : holdToVectors(rulebook, vectors, isDraft, faults);
  if (faults.found) throw new RulebookError(faults.faults);
  return { rulebook, vectors, changed };
}

function holdToVectors(
  rulebook: Rulebook,
  vectors: readonly Vector[],
  isDraft: boolean,
  faults: FaultList,
): readonly VectorOutcome[] {
  const answered = new Set<string>();
  const changed: VectorOutcome[] = [];
  for (const vector of vectors) {
    const outcome = runVector(rulebook, vector);
    if (outcome.differences.length > 0 && isDraft && !vector.file.startsWith('drafts/')) {
      changed.push(outcome);
      continue;
    }
    for (const id of outcome.ruleIds) answered.add(id);
    for (const difference of outcome.differences) {
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
  for (const entry of entriesOf(rulebook)) {
    // What the base says was tried there; a draft answers for what it brings.
    const owes = !isDraft || entry.file.startsWith('drafts/');
    if (owes && !answered.has(entry.id)) faults.atEntry(entry, '', complaint);
  }
  return changed;
}
