import type { SeedResult } from './run-seed.ts';

const SHOWN_MAX = 5;

/** What was found in a seed, so that it can be understood and run again. */
export function violationLines(result: SeedResult, options: readonly string[] = []): readonly string[] {
  const { seed, violations, layout, intensity } = result;
  if (violations.length === 0) return [];
  const lines = [`seed ${seed} (${layout}, ${intensity}): ${violations.length} violations`];
  for (const { invariant, subject, text, history } of violations.slice(0, SHOWN_MAX)) {
    lines.push(`  ${invariant} ${subject}: ${text}`, ...history.map((line) => `      ${line}`));
  }
  if (violations.length > SHOWN_MAX) lines.push(`  … and ${violations.length - SHOWN_MAX} more`);
  const again = ['--seed', String(seed), ...options].join(' ');
  lines.push(`  run it again: npm run simulate -- ${again}   (with every step: --trace)`);
  return lines;
}
