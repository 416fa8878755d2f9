import { lineOf, type SourceFile } from './source-files.ts';

const PAGES = ['docs/reference/errors.md', 'docs/reference/validation.md'];
/** A code that is written where an error, an issue or a refusal is made. */
const CODE = /\bcode(?::| =) '([A-Z][A-Z_]{3,})'/g;

/** Codes of errors and issues in the product's sources that no reference page names. */
export function undocumentedCodes(files: readonly SourceFile[]): readonly string[] {
  const pages = files.filter(({ path }) => PAGES.includes(path)).map(({ text }) => text);
  return files
    .filter(
      ({ path }) =>
        /^(packages|services|cli|schemas)\/(.*\/)?src\/.*\.ts$/.test(path) && !path.includes('/web/'),
    )
    .flatMap(({ path, text }) =>
      [...text.matchAll(CODE)]
        .filter(([, code = '']) => pages.every((page) => !page.includes(`\`${code}\``)))
        .map(
          (match) => `${path}:${lineOf(text, match.index)} ${match[1]} is on neither ${PAGES.join(' nor ')}`,
        ),
    );
}
