import type { Field, FixMessage } from '../codec/index.ts';
import { MsgType, Tag } from '../tags.ts';
import { type Turn, transmit } from './turn.ts';

/** SessionRejectReason (373) with the text that engines agree on. */
export const SessionRejectReason = {
  requiredTagMissing: { value: 1, text: 'Required tag missing' },
  tagWithoutValue: { value: 4, text: 'Tag specified without a value' },
  valueOutOfRange: { value: 5, text: 'Value is incorrect (out of range) for this tag' },
  incorrectFormat: { value: 6, text: 'Incorrect data format for value' },
  compIdProblem: { value: 9, text: 'CompID problem' },
  sendingTimeAccuracy: { value: 10, text: 'SendingTime accuracy problem' },
} as const;
export type RejectReason = (typeof SessionRejectReason)[keyof typeof SessionRejectReason];

/** FIX 4.2 knows reasons up to 11 only. */
const REASON_MAX_42 = 11;

/** What is wrong with one field of a message; 0 where no single tag is to blame. */
export interface Complaint {
  readonly reason: RejectReason;
  readonly refTag: number;
}

/** Answers with Reject (3). The message rejected still uses up its number. */
export function reject(turn: Turn, message: FixMessage, seq: number, complaint: Complaint): void {
  const { reason, refTag } = complaint;
  const fields: Field[] = [[Tag.RefSeqNum, seq]];
  if (refTag > 0) fields.push([Tag.RefTagID, refTag]);
  if (message.msgType !== '') fields.push([Tag.RefMsgType, message.msgType]);
  if (turn.draft.config.beginString !== 'FIX.4.2' || reason.value <= REASON_MAX_42) {
    fields.push([Tag.SessionRejectReason, reason.value]);
  }
  fields.push([Tag.Text, reason.text]);
  transmit(turn, { msgType: MsgType.Reject, fields });
  turn.outputs.push({ kind: 'rejected', refSeq: seq, text: reason.text });
}
