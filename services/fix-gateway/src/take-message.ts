import { eventId, executionId, lineageId } from '@tapeclock/domain';
import type { EventLog } from '@tapeclock/event-log';
import { MsgType, type ReceivedMessage, type Session, Tag } from '@tapeclock/fix';
import type { Clock, Random } from '@tapeclock/ports';
import { type EventCodec, type ExecutionFields, NO_STAMPS } from '@tapeclock/schemas';
import { type Metrics, newTraceparent } from '@tapeclock/telemetry';
import type { IntakeBatcher } from './intake-batcher.ts';
import { mapMessage } from './mapping/map-message.ts';
import type { MappingProfile } from './mapping/profile.ts';
import type { GatewaySession } from './sessions/session-settings.ts';

export interface TakeEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly metrics: Metrics;
  readonly batcher: IntakeBatcher;
}

const BUSINESS_REJECT_REASON = {
  unsupportedMessageType: '3',
  conditionallyRequiredFieldMissing: '5',
} as const;
const PRODUCER = 'fix-gateway';

/**
 * Takes one application message. Resolves when what it said is durable, so that only then the session's number moves
 * on; rejects when the log refuses, so that the sender keeps it and sends it again.
 */
export async function takeMessage(
  session: Session,
  received: ReceivedMessage,
  settings: GatewaySession,
  profile: MappingProfile,
  environment: TakeEnvironment,
): Promise<void> {
  const { metrics } = environment;
  const { message } = received;
  metrics.count('tapeclock_fix_messages_total', { role: 'gateway', direction: 'in', type: message.msgType });
  // The peer's word on a message of ours: we send nothing but business rejects, which need no answer.
  if (message.msgType === MsgType.Reject) return;
  const mapped = mapMessage(profile, message);
  switch (mapped.kind) {
    case 'ignored':
      return;
    case 'unsupported':
      businessReject(
        session,
        received,
        BUSINESS_REJECT_REASON.unsupportedMessageType,
        'Unsupported Message Type',
      );
      return;
    case 'refused':
      await openRepair(received, withMpid(mapped.fields, settings), mapped, settings, environment);
      metrics.count('tapeclock_executions_received_total', { channel: 'FIX', result: 'refused' });
      businessReject(
        session,
        received,
        BUSINESS_REJECT_REASON.conditionallyRequiredFieldMissing,
        mapped.text,
      );
      return;
    case 'execution': {
      const { status } = await environment.batcher.take({
        source: settings.source,
        sourceExecutionId: mapped.sourceExecutionId,
        refSourceExecutionId: mapped.refSourceExecutionId,
        action: mapped.action,
        channel: 'FIX',
        sessionId: settings.sessionId,
        sessionSeq: BigInt(received.seq),
        fields: withMpid(mapped.fields, settings),
        originalFormat: message.beginString,
        original: message.bytes,
        receivedNs: received.receivedNs,
        executedNs: mapped.executedNs,
        traceparent: newTraceparent(environment.random),
      });
      metrics.count('tapeclock_executions_received_total', { channel: 'FIX', result: RESULTS[status] });
    }
  }
}

const RESULTS = { ACCEPTED: 'accepted', DUPLICATE: 'duplicate', CONFLICT: 'conflict' } as const;

function withMpid(fields: ExecutionFields, settings: GatewaySession): ExecutionFields {
  return fields.mpid === null ? { ...fields, mpid: settings.mpid } : fields;
}

/** BusinessMessageReject: the message was well formed, but cannot be acted upon. */
function businessReject(session: Session, received: ReceivedMessage, reason: string, text: string): void {
  const answer = session.send({
    msgType: MsgType.BusinessMessageReject,
    fields: [
      [Tag.RefSeqNum, received.seq],
      [Tag.RefMsgType, received.message.msgType],
      [Tag.BusinessRejectReason, reason],
      [Tag.Text, text],
    ],
  });
  // A courtesy: when the session is going down the repair item still tells the story.
  answer.catch(() => {});
}

/** An execution without a usable id cannot be tracked by the source's name for it: it gets one from session and number. */
async function openRepair(
  received: ReceivedMessage,
  fields: ExecutionFields,
  complaint: { readonly tag: number; readonly text: string },
  settings: GatewaySession,
  { clock, log, codec }: TakeEnvironment,
): Promise<void> {
  const sourceExecutionId = `${settings.sessionId}#${received.seq}@${received.message.string(Tag.SendingTime) ?? ''}`;
  const id = executionId(settings.source, sourceExecutionId, 0);
  const event = codec.record('RepairOpened', {
    meta: {
      eventId: eventId('RepairOpened', id, 'gateway'),
      lineageId: lineageId(settings.source, sourceExecutionId),
      schemaVersion: 1,
      recordedNs: clock.nowNs(),
      producer: PRODUCER,
      traceparent: null,
      stamps: { ...NO_STAMPS, receivedNs: received.receivedNs, loggedNs: clock.nowNs() },
    },
    repairId: eventId('Repair', id, 'gateway'),
    stage: 'gateway',
    executionId: id,
    source: settings.source,
    sourceExecutionId,
    action: 'NEW',
    refSourceExecutionId: null,
    channel: 'FIX',
    issues: [
      {
        code: 'EXECUTION_ID_UNUSABLE',
        field: `tag ${complaint.tag}`,
        value: (received.message.string(complaint.tag) ?? '').slice(0, 200),
        message: complaint.text,
        action: 'Ask the source for the id and resubmit, or discard if it is a test.',
      },
    ],
    fields,
    originalFormat: received.message.beginString,
    original: received.message.bytes,
    dueAtNs: null,
    facility: null,
    reportId: null,
  });
  await log.append([event]);
}
