import { contentHash, executionId, type Ns } from '@tapeclock/domain';
import type {
  Channel,
  DeskActed,
  EventMeta,
  ExecutionAction,
  ExecutionFields,
  ExecutionReceived,
} from '@tapeclock/schemas';

/** What the step works on, whether it came from a source or from a person at the desk. */
export interface Subject {
  readonly meta: EventMeta;
  readonly executionId: string;
  readonly revision: number;
  readonly contentHash: string;
  /** What to do; a resubmitted duplicate corrects what it collided with, whatever its source called it. */
  readonly action: ExecutionAction;
  readonly source: string;
  readonly sourceExecutionId: string;
  readonly refSourceExecutionId: string | null;
  readonly channel: Channel;
  readonly fields: ExecutionFields;
  readonly originalFormat: string;
  readonly original: Uint8Array;
  /** A person's new version of a report that the facility refused: it stands in for that one. */
  readonly isResend: boolean;
  /** For corrections when no time of correction is told: when the message reached us. */
  readonly receivedNs: Ns | null;
}

export function subjectOfReceived(event: ExecutionReceived): Subject {
  return {
    meta: event.meta,
    executionId: event.executionId,
    revision: event.revision,
    contentHash: event.contentHash,
    action: event.action,
    source: event.source,
    sourceExecutionId: event.sourceExecutionId,
    refSourceExecutionId: event.refSourceExecutionId,
    channel: event.channel,
    fields: event.fields,
    originalFormat: event.originalFormat,
    original: event.original,
    isResend: false,
    receivedNs: event.meta.stamps.receivedNs,
  };
}

/** A resubmission as a subject; `revision` and what it stands for are the caller's findings. */
export function subjectOfAct(
  act: DeskActed & {
    readonly fields: ExecutionFields;
    readonly source: string;
    readonly sourceExecutionId: string;
  },
  found: {
    readonly revision: number;
    readonly action: ExecutionAction;
    readonly refSourceExecutionId: string | null;
    readonly isResend: boolean;
  },
): Subject {
  return {
    meta: act.meta,
    executionId: executionId(act.source, act.sourceExecutionId, found.revision),
    revision: found.revision,
    contentHash: hashOfAct(act.actionId, act.fields),
    action: found.action,
    source: act.source,
    sourceExecutionId: act.sourceExecutionId,
    refSourceExecutionId: found.refSourceExecutionId,
    channel: 'DESK',
    fields: act.fields,
    originalFormat: 'desk',
    original: new Uint8Array(),
    isResend: found.isResend,
    receivedNs: act.meta.stamps.receivedNs ?? act.meta.recordedNs,
  };
}

/** The act is part of the hash: a person may send the same values twice and mean it. */
export function hashOfAct(actionId: string, fields: ExecutionFields): string {
  const values = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name as keyof ExecutionFields] ?? ''}`);
  return contentHash(actionId, ...values);
}
