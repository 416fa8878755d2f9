import { executionId } from '@tapeclock/domain';
import type { DeskActed, ExecutionAction, ExecutionFields, ReportAction } from '@tapeclock/schemas';
import { type Enricher, enrich } from './enrich.ts';
import { type Entry, entryOf, type Lineage, repairOf } from './lineage/lineage.ts';
import { closedOutput, type Moment, type Output, outputIds } from './outputs.ts';
import { hashOfAct, subjectOfAct } from './subject.ts';

/** Repair items of these stages are settled here; those of CAT are the CAT reporter's. */
const STAGES_SETTLED_HERE: ReadonlySet<string> = new Set(['gateway', 'enrichment', 'facility']);

/** True for the acts that this service answers. */
export function isForEnrichment(act: DeskActed): boolean {
  return (
    (act.verb === 'RESUBMIT' || act.verb === 'DISCARD') &&
    (act.repairStage === null || STAGES_SETTLED_HERE.has(act.repairStage))
  );
}

/** A person dropped a repair item. */
export function discard(lineage: Lineage, act: DeskActed, moment: Moment): readonly Output[] {
  if (isClosed(lineage, act.subject)) return [];
  const { actor, reason } = act;
  const closing = {
    repairId: act.subject,
    resolution: 'DISCARDED',
    actor,
    reason,
    executionId: null,
  } as const;
  return [closedOutput(act.meta, closing, moment)];
}

/**
 * A person sends a record again, repaired. It becomes the next revision of its execution, whatever comes of it, and
 * the item is closed: a fault that remains opens a new item. Throws a `TypeError` when the act lacks what it needs;
 * the shell keeps such an act as a dead letter.
 */
export function resubmit(
  enricher: Enricher,
  lineage: Lineage,
  act: DeskActed,
  moment: Moment,
): readonly Output[] {
  const { fields, source, sourceExecutionId } = act;
  if (fields === null || source === null || sourceExecutionId === null) {
    throw new TypeError(`RESUBMIT ${act.actionId} lacks fields, source or source execution id`);
  }
  // Two people may settle one item at the same moment; a second report must not come of it.
  if (isClosed(lineage, act.subject)) return [];
  const entry = entryOf(lineage, sourceExecutionId);
  const replayed = replayedRevision(lineage, entry, { ...act, fields, source, sourceExecutionId });
  const made =
    replayed === null
      ? enrich(
          enricher,
          lineage,
          subjectOfAct(
            { ...act, fields, source, sourceExecutionId },
            { revision: (entry?.revision ?? 0) + 1, ...whatToDo(lineage, entry, act) },
          ),
          moment,
        )
      : [];
  const revision = replayed ?? (entry?.revision ?? 0) + 1;
  const closing = closedOutput(
    act.meta,
    {
      repairId: act.subject,
      resolution: 'RESUBMITTED',
      actor: act.actor,
      reason: act.reason,
      executionId: executionId(source, sourceExecutionId, revision),
    },
    moment,
  );
  return [...made, closing];
}

function isClosed(lineage: Lineage, repairId: string): boolean {
  return lineage.trouble?.closed.has(repairId) ?? false;
}

/** What the repaired record is: the item tells where it is ours, else the act, else what the id was before. */
function whatToDo(
  lineage: Lineage,
  entry: Entry | null,
  act: DeskActed,
): {
  readonly action: ExecutionAction;
  readonly refSourceExecutionId: string | null;
  readonly isResend: boolean;
} {
  const item = repairOf(lineage, act.subject);
  const isResend = act.repairStage === 'facility' || item?.kind === 'RESEND';
  // A facility knows a correction told as cancel and new by those names; ours is the one that counts, unless
  // it was a cancel that was refused: only then is a cancel to be sent again.
  const known =
    isResend && act.executionAction !== 'CANCEL' ? entry?.action : (act.executionAction ?? item?.action);
  const action = known ?? act.executionAction ?? entry?.action ?? 'NEW';
  const refSourceExecutionId =
    act.refSourceExecutionId ??
    item?.refSourceExecutionId ??
    (isResend ? resendReference(lineage, action) : null);
  if (isResend || action !== 'NEW' || entry?.status !== 'TOLD') {
    return { action, refSourceExecutionId, isResend };
  }
  // The id has been told on already. What a person now sends under it can only correct that; never report it twice.
  return { action: 'CORRECT', refSourceExecutionId: entry.sourceExecutionId, isResend: false };
}

/** What the refused report referred to, where the act does not repeat it. */
function resendReference({ told }: Lineage, action: ExecutionAction): string | null {
  if (action === 'NEW' || told === null) return null;
  return action === 'CANCEL' ? told.sourceExecutionId : (told.before?.sourceExecutionId ?? null);
}

const REPORT_ACTIONS: readonly ReportAction[] = ['NEW', 'CANCEL', 'CORRECT', 'REVERSAL'];

/** The revision that this very act made before a crash, or null when it is new. */
function replayedRevision(
  lineage: Lineage,
  entry: Entry | null,
  act: DeskActed & {
    readonly fields: ExecutionFields;
    readonly source: string;
    readonly sourceExecutionId: string;
  },
): number | null {
  const seen = lineage.trouble?.deskOutputs;
  if (seen === undefined || seen.size === 0 || entry === null) return null;
  const hash = hashOfAct(act.actionId, act.fields);
  for (let revision = 1; revision <= entry.revision; revision += 1) {
    const id = executionId(act.source, act.sourceExecutionId, revision);
    if (seen.has(outputIds.repairOpened(id, hash))) return revision;
    if (REPORT_ACTIONS.some((action) => seen.has(outputIds.reportable(id, action, hash)))) return revision;
  }
  return null;
}
