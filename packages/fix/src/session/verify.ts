import type { FixMessage } from '../codec/index.ts';
import { type Complaint, SessionRejectReason } from '../reject-reason.ts';
import { MsgType, Tag } from '../tags.ts';
import type { ResolvedConfig } from './session-config.ts';
import type { Turn } from './turn.ts';

/** Complaint about the header after which the session cannot go on, or `null`. */
export function headerFault(turn: Turn, message: FixMessage): Complaint | null {
  const { config } = turn.draft;
  for (const tag of [Tag.SenderCompID, Tag.TargetCompID, Tag.SendingTime]) {
    const value = message.raw(tag);
    if (value === null) return { reason: SessionRejectReason.requiredTagMissing, refTag: tag };
    if (value.length === 0) return { reason: SessionRejectReason.tagWithoutValue, refTag: tag };
  }
  if (message.string(Tag.SenderCompID) !== config.targetCompId) {
    return { reason: SessionRejectReason.compIdProblem, refTag: null };
  }
  if (message.string(Tag.TargetCompID) !== config.senderCompId) {
    return { reason: SessionRejectReason.compIdProblem, refTag: null };
  }
  const sendingNs = message.timestamp(Tag.SendingTime);
  if (sendingNs === null) return { reason: SessionRejectReason.incorrectFormat, refTag: Tag.SendingTime };
  const tolerance = config.sendingTimeToleranceNs;
  const offNs = turn.now.utcNs - sendingNs;
  if (tolerance !== null && (offNs > tolerance || -offNs > tolerance)) {
    return { reason: SessionRejectReason.sendingTimeAccuracy, refTag: null };
  }
  return null;
}

/** For logs and for the Logout that refuses a Logon. */
export function complaintText({ reason, refTag }: Complaint): string {
  return refTag === null ? reason.text : `${reason.text} (${refTag})`;
}

/** These end the session: the peer is somebody else, or its clock cannot be believed. */
export function isFatal(complaint: Complaint): boolean {
  return (
    complaint.reason === SessionRejectReason.compIdProblem ||
    complaint.reason === SessionRejectReason.sendingTimeAccuracy
  );
}

/** A repeated message says when it was first sent, and that was not later than now. */
export function possDupFault(message: FixMessage): Complaint | null {
  if (!message.flag(Tag.PossDupFlag)) return null;
  if (!message.has(Tag.OrigSendingTime)) {
    // A gap fill was never sent before, so it has no first time; many engines give it none. Rejected, it would use up
    // one number of the many that it stands for, and the gap would never close.
    if (message.msgType === MsgType.SequenceReset) return null;
    return { reason: SessionRejectReason.requiredTagMissing, refTag: Tag.OrigSendingTime };
  }
  const firstNs = message.timestamp(Tag.OrigSendingTime);
  if (firstNs === null) return { reason: SessionRejectReason.incorrectFormat, refTag: Tag.OrigSendingTime };
  const sendingNs = message.timestamp(Tag.SendingTime);
  if (sendingNs !== null && firstNs > sendingNs) {
    return { reason: SessionRejectReason.sendingTimeAccuracy, refTag: null };
  }
  return null;
}

/** What the session layer itself needs of its messages, and how it must read. */
const ADMIN_FIELDS: Readonly<Record<string, readonly (readonly [tag: number, form: 'int' | 'text'])[]>> = {
  [MsgType.TestRequest]: [[Tag.TestReqID, 'text']],
  [MsgType.ResendRequest]: [
    [Tag.BeginSeqNo, 'int'],
    [Tag.EndSeqNo, 'int'],
  ],
  [MsgType.Reject]: [[Tag.RefSeqNum, 'int']],
  [MsgType.SequenceReset]: [[Tag.NewSeqNo, 'int']],
  [MsgType.Logon]: [
    [Tag.EncryptMethod, 'int'],
    [Tag.HeartBtInt, 'int'],
  ],
};

/** Complaint about the fields after which the session goes on with the next message, or `null`. */
export function bodyFault({ check }: ResolvedConfig, message: FixMessage): Complaint | null {
  const fault = check?.(message) ?? null;
  if (fault !== null) return fault;
  const count = message.fieldCount;
  for (let i = 0; i < count; i += 1) {
    const refTag = message.tagAt(i);
    if (refTag < 1) return { reason: SessionRejectReason.invalidTagNumber, refTag };
    if (message.isEmptyAt(i)) return { reason: SessionRejectReason.tagWithoutValue, refTag };
  }
  for (const [tag, form] of ADMIN_FIELDS[message.msgType] ?? []) {
    if (!message.has(tag)) return { reason: SessionRejectReason.requiredTagMissing, refTag: tag };
    if (form === 'int' && message.int(tag) === null) {
      return { reason: SessionRejectReason.incorrectFormat, refTag: tag };
    }
  }
  return null;
}
