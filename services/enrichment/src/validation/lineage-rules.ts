import type { RuleKind } from './rule.ts';

/** Findings that no field shows: how a message sits with what came before it. Raised by the step, not by a check. */
export interface LineageFinding {
  readonly code: string;
  readonly field: 'sourceExecutionId' | 'refSourceExecutionId' | '';
  readonly message: string;
  readonly action: string;
  readonly kind: RuleKind;
}

export const LINEAGE_FINDINGS = {
  duplicateOtherContent: {
    code: 'DUPLICATE_ID_OTHER_CONTENT',
    field: 'sourceExecutionId',
    message: 'This id came before with other content; the first one stands.',
    action:
      'Discard it if the first is right. Resubmit it to correct the first; give another trade its own id.',
    kind: 'terminal',
  },
  cancelOfUnknown: {
    code: 'CANCEL_OF_UNKNOWN',
    field: 'refSourceExecutionId',
    message: 'No execution of this id has come from this source.',
    action:
      'Wait for the execution and resubmit the cancel then; discard it if the execution will never come.',
    kind: 'retryable',
  },
  cancelOfCancel: {
    code: 'CANCEL_OF_CANCEL',
    field: 'refSourceExecutionId',
    message: 'It refers to a cancel. A cancel cannot be undone.',
    action: 'Send the trade again as a new execution with an id of its own, then discard this.',
    kind: 'terminal',
  },
  cancelOfCancelled: {
    code: 'CANCEL_OF_CANCELLED',
    field: 'refSourceExecutionId',
    message: 'The execution has been cancelled already.',
    action: 'Discard it.',
    kind: 'terminal',
  },
  cancelOfUnreported: {
    code: 'CANCEL_OF_UNREPORTED',
    field: 'refSourceExecutionId',
    message: 'The execution it cancels waits in the repair queue and was never reported.',
    action: 'Discard both; or repair the execution first and resubmit the cancel then.',
    kind: 'retryable',
  },
  correctionOfUnknown: {
    code: 'CORRECTION_OF_UNKNOWN',
    field: 'refSourceExecutionId',
    message: 'No execution of this id has come from this source.',
    action: 'Wait for the execution and resubmit the correction then; discard it if it will never come.',
    kind: 'retryable',
  },
  correctionOfCancel: {
    code: 'CORRECTION_OF_CANCEL',
    field: 'refSourceExecutionId',
    message: 'It refers to a cancel, which has nothing to correct.',
    action: 'Put the reference right, or discard it.',
    kind: 'terminal',
  },
  correctionOfCancelled: {
    code: 'CORRECTION_OF_CANCELLED',
    field: 'refSourceExecutionId',
    message: 'The execution has been cancelled; nothing is left to correct.',
    action: 'Send the trade as a new execution with an id of its own, then discard this.',
    kind: 'terminal',
  },
  correctionOfUnreported: {
    code: 'CORRECTION_OF_UNREPORTED',
    field: 'refSourceExecutionId',
    message: 'The execution it corrects waits in the repair queue and was never reported.',
    action: 'Repair the waiting execution with these values, then discard this.',
    kind: 'retryable',
  },
  enrichmentFailed: {
    code: 'ENRICHMENT_FAILED',
    field: '',
    message: 'A fault of ours stopped the decision on this record.',
    action: 'Tell engineering, with the repair item; report by another way if the deadline is near.',
    kind: 'retryable',
  },
} as const satisfies Readonly<Record<string, LineageFinding>>;
