/** Faults in the code that decides: comparisons, signs, numbers, conditions and flags, changed one at a time. */
import type { Mutant } from './mutant.ts';

/** What stands in a statement, with spaces as the formatter sets them, and what it becomes. */
const CHANGES: readonly { readonly pattern: RegExp; readonly becomes: (found: string) => string | null }[] = [
  { pattern: / (?:===|!==) /g, becomes: (found) => (found === ' === ' ? ' !== ' : ' === ') },
  { pattern: / <= /g, becomes: () => ' < ' },
  { pattern: / < /g, becomes: () => ' <= ' },
  { pattern: / >= /g, becomes: () => ' > ' },
  { pattern: / > /g, becomes: () => ' >= ' },
  { pattern: / (?:&&|\|\|) /g, becomes: (found) => (found === ' && ' ? ' || ' : ' && ') },
  { pattern: / [+-] (?=[\w(])/g, becomes: (found) => (found === ' + ' ? ' - ' : ' + ') },
  { pattern: /\b(?:true|false)\b/g, becomes: (found) => (found === 'true' ? 'false' : 'true') },
  { pattern: /(?<![\w.])\d[\d_]*n?\b/g, becomes: nextNumber },
  { pattern: /(?<=[(\s])!(?=[\w(])/g, becomes: () => '' },
];

function nextNumber(found: string): string {
  const big = found.endsWith('n');
  const next = BigInt(found.replaceAll('_', '').replace('n', '')) + 1n;
  return `${next}${big ? 'n' : ''}`;
}

/** Mutants of one source file, in the order of its text. Types, imports, comments and texts are left alone. */
export function sourceMutants(file: string, text: string): readonly Mutant[] {
  const code = statementsOnly(text);
  const mutants: { readonly at: number; readonly mutant: Mutant }[] = [];
  for (const { pattern, becomes } of CHANGES) {
    for (const match of code.matchAll(pattern)) {
      const other = becomes(match[0]);
      if (other === null) continue;
      const mutated = text.slice(0, match.index) + other + text.slice(match.index + match[0].length);
      const before = text.slice(0, match.index);
      const line = before.split('\n').length;
      const whole = (text.split('\n')[line - 1] ?? '').trim();
      const place = `${file}:${line}:${match.index - before.lastIndexOf('\n')}`;
      const change = `${match[0].trim()} → ${other.trim() || 'nothing'} in ${whole.slice(0, 90)}`;
      mutants.push({
        at: match.index,
        mutant: { place, change, where: { kind: 'source', file, text: mutated } },
      });
    }
  }
  return mutants.sort((a, b) => a.at - b.at).map(({ mutant }) => mutant);
}

/** The text with everything that is not a statement blanked, character for character. */
function statementsOnly(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, '\u0001');
  return text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/\/\/[^\n]*/g, blank)
    .replace(/^(?:import|export type|type)\b[\s\S]*?;$/gm, blank)
    .replace(/^(?:export )?interface [\s\S]*?^}$/gm, blank)
    .replace(/'(?:[^'\\\n]|\\.)*'/g, blank)
    .replace(/^const [A-Z_0-9]+ =\s*\/.*\/[a-z]*;$/gm, blank)
    .replace(/`(?:[^`\\]|\\.)*`/g, blank);
}
