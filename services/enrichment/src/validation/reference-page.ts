import { cancelRules, validationRules } from './catalogue.ts';
import { LINEAGE_FINDINGS } from './lineage-rules.ts';
import { textRules } from './text-rules.ts';

/** docs/reference/validation.md, from the catalogue. A test compares the two. */
export function validationPage(): string {
  const cancelCodes = new Set(cancelRules.map(({ code }) => code));
  const rules = validationRules.map((rule) => ({
    ...rule,
    field: rule.field === '' ? '' : `\`${rule.field}\``,
    cancel: cancelCodes.has(rule.code) ? 'yes' : '',
  }));
  return `# Validation

Made from the catalogue in \`services/enrichment/src/validation/\` by
\`node services/enrichment/src/validation/write-reference-page.ts\`. Do not edit.

Every issue of a record is shown at once. **terminal**: the record as it stands can never pass, someone must change
it. **retryable**: the very same record may pass later, once reference data or a clock has been put right.

A record with an issue goes to the repair queue with its original beside it, and the stream goes on.

## Fields

${table(
  ['Code', 'Field', 'What is wrong', 'What to do', 'Kind', 'Source', 'Also for cancels'],
  rules.map((rule) => [
    `\`${rule.code}\``,
    rule.field,
    rule.message,
    rule.action,
    rule.kind,
    rule.source ?? '',
    rule.cancel,
  ]),
)}

## Text of any field

${table(
  ['Code', 'What is wrong', 'What to do', 'Kind', 'Source'],
  textRules.map(({ code, message, action, kind, source }) => [
    `\`${code}\``,
    message,
    action,
    kind,
    source ?? '',
  ]),
)}

## What came before

${table(
  ['Code', 'What is wrong', 'What to do', 'Kind'],
  Object.values(LINEAGE_FINDINGS).map(({ code, message, action, kind }) => [
    `\`${code}\``,
    message,
    action,
    kind,
  ]),
)}

The rulebook may refuse an event as well, with codes of its own: an execution before its first or after its last day
(\`OUTSIDE_RULEBOOK\`), or a cancellation before the execution.
`;
}

/** Columns are padded, as the formatter would do it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...escaped.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = escaped;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}
