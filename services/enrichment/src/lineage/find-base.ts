import type { Subject } from '../subject.ts';
import { LINEAGE_FINDINGS, type LineageFinding } from '../validation/lineage-rules.ts';
import { entryOf, type Lineage, type ToldReport } from './lineage.ts';

/** What a subject builds on: a report, nothing (a new one), or a finding that says why it cannot go on. */
export type Base =
  | { readonly finding: LineageFinding }
  | { readonly finding: null; readonly report: ToldReport | null };

const NOTHING: Base = { finding: null, report: null };

/** Finds the report that a cancel or correction is about. Pure. */
export function findBase(lineage: Lineage, subject: Subject): Base {
  if (subject.isResend) return findResendBase(lineage, subject);
  if (subject.action === 'NEW') return NOTHING;
  const cancels = subject.action === 'CANCEL';
  const target = entryOf(lineage, subject.refSourceExecutionId ?? '');
  const { told } = lineage;
  const refuse = (forCancel: LineageFinding, forCorrection: LineageFinding): Base => ({
    finding: cancels ? forCancel : forCorrection,
  });
  if (target === null) {
    return refuse(LINEAGE_FINDINGS.cancelOfUnknown, LINEAGE_FINDINGS.correctionOfUnknown);
  }
  if (target.action === 'CANCEL') {
    return refuse(LINEAGE_FINDINGS.cancelOfCancel, LINEAGE_FINDINGS.correctionOfCancel);
  }
  if (target.status !== 'TOLD' || told === null) {
    return refuse(LINEAGE_FINDINGS.cancelOfUnreported, LINEAGE_FINDINGS.correctionOfUnreported);
  }
  if (told.cancelledBy !== null) {
    return refuse(LINEAGE_FINDINGS.cancelOfCancelled, LINEAGE_FINDINGS.correctionOfCancelled);
  }
  // A source may name the first execution or the last correction: one trade stands per chain, and it is meant.
  return { finding: null, report: told };
}

/** A resend stands in for the refused report, so it builds on what that one built on. */
function findResendBase({ told }: Lineage, subject: Subject): Base {
  const { sourceExecutionId, action } = subject;
  if (told === null) return { finding: LINEAGE_FINDINGS.correctionOfUnknown };
  if (action === 'CANCEL') {
    return told.cancelledBy === sourceExecutionId
      ? { finding: null, report: { ...told, cancelledBy: null } }
      : { finding: LINEAGE_FINDINGS.resubmissionUnclear };
  }
  // Cancelled in the meantime: sending it again would report a trade that no longer stands.
  if (told.cancelledBy !== null) return { finding: LINEAGE_FINDINGS.correctionOfCancelled };
  if (told.sourceExecutionId !== sourceExecutionId) return { finding: LINEAGE_FINDINGS.resubmissionUnclear };
  if (told.sentAs !== 'CORRECT') return NOTHING;
  return told.before === null
    ? { finding: LINEAGE_FINDINGS.resubmissionUnclear }
    : { finding: null, report: told.before };
}
