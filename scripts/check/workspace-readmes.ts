import type { SourceFile } from './source-files.ts';

/** Less than this says nothing: a title and a sentence or two. */
const LINES_MIN = 8;

/** Workspaces without a README that begins with a title and says something. */
export function workspaceReadmes(files: readonly SourceFile[]): readonly string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return files
    .filter(({ path }) => /.\/package\.json$/.test(path))
    .flatMap(({ path }) => {
      const readme = path.replace(/package\.json$/, 'README.md');
      const text = texts.get(readme);
      if (text === undefined)
        return [`${readme} is missing: say what it does, what it guarantees and what not`];
      const isThin = text.split('\n').length <= LINES_MIN;
      return /^# \S/.test(text) && !isThin
        ? []
        : [`${readme} needs a title and ${LINES_MIN} lines or more that say something`];
    });
}
