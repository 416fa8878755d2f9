import { lineOf, type SourceFile } from './source-files.ts';

/** What must not stand in any text of the repository, and why. Written apart, so that this file passes itself. */
const RULES: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  {
    pattern: new RegExp('\\b(TO' + 'DO|FIX' + 'ME|XX' + 'X)\\b', 'g'),
    because: 'open ends belong into the tracker',
  },
  { pattern: /(?<![\w.~-])\/(?:home|root|Users|work)\/[a-z][\w.-]*/g, because: 'a path of one machine' },
  { pattern: /<{7} |>{7} /g, because: 'an unresolved merge' },
  {
    pattern: new RegExp('-----BEGIN (?:RSA |EC |OPENSSH )?PRIV' + 'ATE KEY-----', 'g'),
    because: 'a private key',
  },
];

export function textRules(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => !/\.(png|woff2?|bz2|sqlite|ico|zip)$/.test(path) && path !== 'package-lock.json')
    .flatMap(({ path, text }) =>
      RULES.flatMap(({ pattern, because }) =>
        [...text.matchAll(pattern)].map(
          (match) => `${path}:${lineOf(text, match.index)} has ${match[0].trim()}: ${because}`,
        ),
      ),
    );
}
