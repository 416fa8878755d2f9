import type { Distribution } from '../account/distribution.ts';

const QUANTILES = ['p50', 'p90', 'p99', 'p999', 'p9999', 'max'] as const;
export const QUANTILE_HEADS = ['p50', 'p90', 'p99', 'p99.9', 'p99.99', 'max'] as const;

/** A table in Markdown: text to the left, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** Milliseconds with as many digits as mean something. */
export function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The cells below `QUANTILE_HEADS`; dashes where nothing was measured. */
export function quantileCells(found: Distribution): readonly string[] {
  return QUANTILES.map((quantile) => (found.count === 0 ? '–' : ms(found[quantile])));
}
