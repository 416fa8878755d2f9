import { contentHash, eventId, executionId, lineageId, type Ns } from '@tapeclock/domain';
import type { ExecutionFields, ExecutionReceived } from '@tapeclock/schemas';
import type { ExecutionIndex } from './execution-index.ts';
import type { IntakeRequest } from './intake-request.ts';

/** Longer originals are cut: the log keeps enough to repair from, not whatever a peer sends. */
const ORIGINAL_BYTES_MAX = 64 * 1024;

/** Turns a request into the event, with its identity. Pure but for the lineage look-up. */
export function receivedEvent(
  request: IntakeRequest,
  index: ExecutionIndex,
  producer: string,
  nowNs: Ns,
): ExecutionReceived {
  const hash = hashOfContent(request);
  const id = executionId(request.source, request.sourceExecutionId, 0);
  return {
    meta: {
      eventId: eventId('ExecutionReceived', id, hash),
      lineageId: lineageOf(request, index),
      schemaVersion: 1,
      recordedNs: nowNs,
      producer,
      traceparent: request.traceparent,
      stamps: {
        executedNs: request.executedNs,
        receivedNs: request.receivedNs,
        loggedNs: nowNs,
        enrichedNs: null,
        intendedNs: null,
        sentNs: null,
        answeredNs: null,
        facilityNs: null,
        clockOffsetNs: null,
      },
    },
    executionId: id,
    revision: 0,
    action: request.action,
    channel: request.channel,
    source: request.source,
    sourceExecutionId: request.sourceExecutionId,
    refSourceExecutionId: request.refSourceExecutionId,
    sessionId: request.sessionId,
    sessionSeq: request.sessionSeq,
    contentHash: hash,
    fields: request.fields,
    originalFormat: request.originalFormat,
    original: request.original.subarray(0, ORIGINAL_BYTES_MAX),
    repairOf: null,
    actor: null,
  };
}

/** Content in a fixed order, so that two messages that say the same hash the same whatever their layout. */
function hashOfContent(request: IntakeRequest): string {
  const fields = Object.keys(request.fields)
    .sort()
    .map((name) => `${name}=${request.fields[name as keyof ExecutionFields] ?? ''}`);
  return contentHash(request.action, request.refSourceExecutionId ?? '', ...fields);
}

/**
 * A cancel or correction belongs to the lineage of what it refers to; unknown references start from the reference.
 * An id seen before stays in its lineage whatever it now refers to: only there can enrichment see the conflict.
 */
function lineageOf(request: IntakeRequest, index: ExecutionIndex): string {
  const known = index.get(request.source, request.sourceExecutionId);
  if (known !== undefined) return known.lineageId;
  if (request.refSourceExecutionId === null) return lineageId(request.source, request.sourceExecutionId);
  return (
    index.get(request.source, request.refSourceExecutionId)?.lineageId ??
    lineageId(request.source, request.refSourceExecutionId)
  );
}
