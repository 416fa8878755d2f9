import type { RuleKind } from './rule.ts';

/** Findings that no field shows: how a message sits with what came before it. Raised by the step, not by a check. */
export interface LineageFinding {
  readonly code: string;
  readonly field: 'sourceExecutionId' | 'refSourceExecutionId' | '';
  readonly message: string;
  readonly action: string;
  readonly kind: RuleKind;
  /** Whether something may be due to a facility all the same, so that the repair item shows a deadline. */
  readonly isDue: boolean;
}

export const LINEAGE_FINDINGS = {
  duplicateOtherContent: {
    code: 'DUPLICATE_ID_OTHER_CONTENT',
    field: 'sourceExecutionId',
    message: 'This id came before with other content; the first one stands.',
    action:
      'Discard it if the first is right. Resubmit it to correct the first; give another trade its own id.',
    kind: 'terminal',
    isDue: false,
  },
  cancelOfUnknown: {
    code: 'CANCEL_OF_UNKNOWN',
    field: 'refSourceExecutionId',
    message: 'No execution of this id has come from this source.',
    action:
      'Wait for the execution and resubmit the cancel then; discard it if the execution will never come.',
    kind: 'retryable',
    isDue: true,
  },
  cancelOfCancel: {
    code: 'CANCEL_OF_CANCEL',
    field: 'refSourceExecutionId',
    message: 'It refers to a cancel. A cancel cannot be undone.',
    action: 'Send the trade again as a new execution with an id of its own, then discard this.',
    kind: 'terminal',
    isDue: false,
  },
  cancelOfCancelled: {
    code: 'CANCEL_OF_CANCELLED',
    field: 'refSourceExecutionId',
    message: 'The execution has been cancelled already.',
    action: 'Discard it.',
    kind: 'terminal',
    isDue: false,
  },
  cancelOfUnreported: {
    code: 'CANCEL_OF_UNREPORTED',
    field: 'refSourceExecutionId',
    message: 'The execution it cancels was never reported: it waits in the repair queue or was discarded.',
    action: 'Discard both; or repair the execution first and resubmit the cancel then.',
    kind: 'retryable',
    isDue: false,
  },
  correctionOfUnknown: {
    code: 'CORRECTION_OF_UNKNOWN',
    field: 'refSourceExecutionId',
    message: 'No execution of this id has come from this source.',
    action: 'Wait for the execution and resubmit the correction then; discard it if it will never come.',
    kind: 'retryable',
    isDue: true,
  },
  correctionOfCancel: {
    code: 'CORRECTION_OF_CANCEL',
    field: 'refSourceExecutionId',
    message: 'It refers to a cancel, which has nothing to correct.',
    action: 'Put the reference right, or discard it.',
    kind: 'terminal',
    isDue: false,
  },
  correctionOfCancelled: {
    code: 'CORRECTION_OF_CANCELLED',
    field: 'refSourceExecutionId',
    message: 'The execution has been cancelled; nothing is left to correct.',
    action: 'Send the trade as a new execution with an id of its own, then discard this.',
    kind: 'terminal',
    isDue: false,
  },
  correctionOfUnreported: {
    code: 'CORRECTION_OF_UNREPORTED',
    field: 'refSourceExecutionId',
    message: 'The execution it corrects was never reported: it waits in the repair queue or was discarded.',
    action: 'Repair the waiting execution with these values, then discard this.',
    kind: 'retryable',
    isDue: false,
  },
  resubmissionUnclear: {
    code: 'RESUBMISSION_UNCLEAR',
    field: '',
    message: 'Another report of this trade has gone out since the one that was refused.',
    action: 'Look at the whole trade; put right at the facility what is wrong there, then discard this.',
    kind: 'terminal',
    isDue: true,
  },
  enrichmentFailed: {
    code: 'ENRICHMENT_FAILED',
    field: '',
    message: 'A fault of ours stopped the decision on this record.',
    action: 'Tell engineering, with the repair item; report by another way if the deadline is near.',
    kind: 'retryable',
    isDue: true,
  },
} as const satisfies Readonly<Record<string, LineageFinding>>;
