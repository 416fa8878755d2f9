import type { RuleKind } from './rule.ts';

/** A check that applies to the text of any field, whatever it means. */
export interface TextRule {
  readonly code: string;
  readonly message: string;
  readonly action: string;
  readonly kind: RuleKind;
  readonly source: string | null;
  readonly broken: (text: string, textLengthMax: number) => boolean;
}

/** Fast answer for nearly every field: plain printable ASCII needs none of the character rules. */
export const PLAIN_TEXT = /^[ -~]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const REPLACEMENT = /\ufffd/;

export const textRules: readonly TextRule[] = [
  {
    code: 'TEXT_CONTROL_CHARACTERS',
    message: 'The field holds control characters.',
    action: 'Remove them; check how the source separates its fields.',
    kind: 'terminal',
    source: 'FIX 4.4 character set',
    broken: (text) => CONTROL.test(text),
  },
  {
    code: 'TEXT_NOT_UTF8',
    message: 'The field was not valid UTF-8 when it arrived.',
    action: 'Compare with the original; have the source send UTF-8.',
    kind: 'terminal',
    source: 'FIX 4.4 character set',
    broken: (text) => REPLACEMENT.test(text) || !text.isWellFormed(),
  },
  {
    code: 'TEXT_NOT_ASCII',
    message: 'Facilities and CAT take 7-bit ASCII only.',
    action: 'Write the field in plain letters, digits and punctuation.',
    kind: 'terminal',
    source: 'FIX 4.4 character set; CAT Text',
    broken: (text) =>
      !PLAIN_TEXT.test(text) && !CONTROL.test(text) && !REPLACEMENT.test(text) && text.isWellFormed(),
  },
  {
    code: 'TEXT_SPACES_AROUND',
    message: 'The field begins or ends with a space.',
    action: 'Remove the spaces: the same id with and without them would be two ids.',
    kind: 'terminal',
    source: null,
    broken: (text) => text.startsWith(' ') || text.endsWith(' '),
  },
  {
    code: 'TEXT_TOO_LONG',
    message: 'The field is longer than any facility takes.',
    action: 'Shorten it; check whether two fields have run together.',
    kind: 'terminal',
    source: null,
    broken: (text, textLengthMax) => text.length > textLengthMax,
  },
];
