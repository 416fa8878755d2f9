import type { Issue } from '@tapeclock/domain';
import { cancelRules, validationRules } from './catalogue.ts';
import type { ValidationLimits } from './limits.ts';
import type { LineageFinding } from './lineage-rules.ts';
import type { Reading } from './reading.ts';
import type { FieldName, IssueField } from './rule.ts';
import { PLAIN_TEXT, textRules } from './text-rules.ts';

/** Longest value repeated in an issue. */
const VALUE_LENGTH_MAX = 200;

/** Every issue of a record at once, so that a person mends it in one go. Empty when it may go on. */
export function validate(reading: Reading, limits: ValidationLimits): readonly Issue[] {
  const issues: Issue[] = [];
  for (const rule of reading.action === 'CANCEL' ? cancelRules : validationRules) {
    if (rule.broken(reading, limits)) issues.push(issueOf(rule, valueAt(reading, rule.field)));
  }
  checkText(reading, limits, issues);
  return issues;
}

function checkText(reading: Reading, limits: ValidationLimits, issues: Issue[]): void {
  for (const field of FIELD_NAMES) {
    const text = reading.fields[field];
    if (text === null || text === '') continue;
    if (text.length <= limits.textLengthMax && PLAIN_TEXT.test(text) && !hasSpacesAround(text)) continue;
    for (const rule of textRules) {
      if (rule.broken(text, limits.textLengthMax)) issues.push(issueOf({ ...rule, field }, text));
    }
  }
}

/** Listed, not looked up: decoded records inherit members, and a list costs the hot path nothing. */
const FIELD_NAMES = Object.keys({
  symbol: true,
  side: true,
  quantity: true,
  price: true,
  executedAt: true,
  mpid: true,
  contraMpid: true,
  capacity: true,
  contraCapacity: true,
  shortSale: true,
  facility: true,
  reportType: true,
  tradeType: true,
  referenceAt: true,
  settlement: true,
  tradeThrough: true,
  executingParty: true,
  account: true,
  accountHolderType: true,
  orderId: true,
  orderKeyDate: true,
  contraOrderId: true,
  clearingFirm: true,
  branchSequence: true,
  memo: true,
} satisfies Record<FieldName, true>) as readonly FieldName[];

function hasSpacesAround(text: string): boolean {
  return text.charCodeAt(0) === 32 || text.charCodeAt(text.length - 1) === 32;
}

function valueAt(reading: Reading, field: IssueField): string {
  if (field === '') return '';
  if (field === 'sourceExecutionId') return reading.sourceExecutionId;
  if (field === 'refSourceExecutionId') return reading.refSourceExecutionId ?? '';
  return reading.fields[field] ?? '';
}

/** An issue about one value. The value is made well-formed: what cannot be written cannot be shown. */
export function issueOf(
  rule: Pick<LineageFinding, 'code' | 'message' | 'action'> & { readonly field: string },
  value: string,
): Issue {
  return {
    code: rule.code,
    field: rule.field,
    value: value.slice(0, VALUE_LENGTH_MAX).toWellFormed(),
    message: rule.message,
    action: rule.action,
  };
}
