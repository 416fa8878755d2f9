import type { ExecutionFields } from '@tapeclock/schemas';
import type { ValidationLimits } from './limits.ts';
import type { Reading } from './reading.ts';

export type FieldName = keyof ExecutionFields;

/** Fields an issue may be about: those of the execution, or the reference of a cancel or correction. */
export type IssueField = FieldName | 'sourceExecutionId' | 'refSourceExecutionId' | '';

/**
 * `terminal`: the record as it stands can never pass; someone must change it.
 * `retryable`: the same record may pass later, once reference data or a clock is put right.
 */
export type RuleKind = 'terminal' | 'retryable';

/** One check of one thing. The catalogue of these is the code, the document and the tests' list at once. */
export interface ValidationRule {
  readonly code: string;
  readonly field: IssueField;
  /** Whole sentence: what is wrong. */
  readonly message: string;
  /** What the person who repairs it does. */
  readonly action: string;
  readonly kind: RuleKind;
  /** Rule, notice or specification behind it; null for plain sense. */
  readonly source: string | null;
  /** Pure; must hold for any text in any field. */
  readonly broken: (reading: Reading, limits: ValidationLimits) => boolean;
}
