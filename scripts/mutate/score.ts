import type { Outcome } from './judge-all.ts';

export interface Score {
  /** Share noticed by vectors and properties of the mutants that the rulebook's checks let through. */
  readonly percent: number;
  readonly survivors: readonly Outcome[];
  readonly lines: readonly string[];
}

/** What the checks refuse never reaches a decision and is counted apart: it says nothing about vectors. */
export function scoreOf(outcomes: readonly Outcome[]): Score {
  const lines: string[] = [];
  let through = 0;
  let noticed = 0;
  for (const kind of ['data', 'source'] as const) {
    const of = outcomes.filter(({ mutant }) => mutant.where.kind === kind);
    const count = (...verdicts: readonly string[]) =>
      of.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const passed = of.length - count('checks');
    const caught = count('vectors', 'properties', 'timeout');
    through += passed;
    noticed += caught;
    lines.push(
      `${kind}: ${of.length} mutants, ${count('checks')} refused by the checks; of the other ${passed} ` +
        `vectors noticed ${count('vectors')}, properties ${count('properties')}, timeouts ${count('timeout')}, ` +
        `${count('survived')} survived: ${percentOf(caught, passed).toFixed(1)} %`,
    );
  }
  const percent = percentOf(noticed, through);
  lines.push(`score: ${noticed} of ${through} noticed, ${percent.toFixed(1)} %`);
  return { percent, survivors: outcomes.filter(({ verdict }) => verdict === 'survived'), lines };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : (part * 100) / whole;
}
