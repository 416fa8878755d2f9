import type { SourceFile } from './source-files.ts';

const LINES_MAX = 600;
/** A file is named for the one thing in it; these name nothing. */
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|managers?|commons?|misc)(\.[^/]*)?(\/|$)/i;

export interface Shape {
  readonly complaints: readonly string[];
  readonly medianLines: number;
  readonly ninetyPercentLines: number;
}

/** Lengths and names of the code's files; generated ones do not count. */
export function fileShape(files: readonly SourceFile[]): Shape {
  const code = files.filter(({ path }) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.generated.ts'));
  const lengths = code.map(({ text }) => text.split('\n').length - 1).sort((a, b) => a - b);
  return {
    complaints: [
      ...code
        .filter(({ text }) => text.split('\n').length - 1 > LINES_MAX)
        .map(
          ({ path, text }) => `${path} has ${text.split('\n').length - 1} lines; split it below ${LINES_MAX}`,
        ),
      ...files
        .filter(({ path }) => EMPTY_NAMES.test(path))
        .map(({ path }) => `${path}: name it for the one thing in it`),
    ],
    medianLines: lengths[Math.floor(lengths.length / 2)] ?? 0,
    ninetyPercentLines: lengths[Math.floor(lengths.length * 0.9)] ?? 0,
  };
}
