/** Holds one version of domain and rules to what is known of them, and says what notices a fault first. */
import { DECISION_PROPERTIES, type Domain } from '../../packages/domain/test/decision/decision-properties.ts';
import type { Verdict } from './mutant.ts';

const SEED = 6282;
/** Runs of each property per mutant: most faults lie where every run passes, and there are thousands of mutants. */
const RUNS_MAX = 200;

export interface Judged {
  readonly verdict: Verdict;
  /** The vector or property that noticed. */
  readonly by: string;
}

/** `drafts` are held to their own vectors besides: what only they use is decided by the same code. */
export function judge(
  domain: Domain,
  files: Readonly<Record<string, string>>,
  drafts: readonly Readonly<Record<string, string>>[] = [],
): Judged {
  let rulebook: ReturnType<Domain['parseRulebook']>;
  let vectors: ReturnType<Domain['parseVectors']>;
  try {
    rulebook = domain.parseRulebook(files);
    vectors = domain.parseVectors(files);
  } catch (error) {
    return { verdict: 'checks', by: firstLine(error) };
  }
  for (const vector of vectors) {
    try {
      if (domain.runVector(rulebook, vector).differences.length > 0)
        return { verdict: 'vectors', by: vector.id };
    } catch (error) {
      return { verdict: 'vectors', by: `${vector.id}: ${firstLine(error)}` };
    }
  }
  for (const draft of drafts) {
    try {
      domain.checkRulebook(draft);
    } catch (error) {
      return { verdict: 'vectors', by: `a draft: ${firstLine(error)}` };
    }
  }
  for (const { name, runs, check } of DECISION_PROPERTIES) {
    try {
      check({ domain, rulebook, vectors }, Math.min(runs, RUNS_MAX), SEED);
    } catch {
      return { verdict: 'properties', by: name };
    }
  }
  return { verdict: 'survived', by: '' };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .slice(0, 120);
}
