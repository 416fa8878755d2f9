import type { Field, FixMessage } from '../codec/index.ts';
import type { Complaint } from '../reject-reason.ts';
import { MsgType, Tag } from '../tags.ts';
import { routeBack } from './header.ts';
import { type Turn, transmit } from './turn.ts';

/** FIX 4.2 knows reasons up to 11 only. */
const REASON_MAX_42 = 11;

/** Answers with Reject (3). The message rejected still uses up its number. */
export function reject(turn: Turn, message: FixMessage, seq: number, complaint: Complaint): void {
  const { reason, refTag } = complaint;
  const fields: Field[] = [...routeBack(message), [Tag.RefSeqNum, seq], [Tag.Text, reason.text]];
  if (refTag !== null) fields.push([Tag.RefTagID, refTag]);
  if (message.msgType !== '') fields.push([Tag.RefMsgType, message.msgType]);
  if (turn.draft.config.beginString !== 'FIX.4.2' || reason.value <= REASON_MAX_42) {
    fields.push([Tag.SessionRejectReason, reason.value]);
  }
  transmit(turn, { msgType: MsgType.Reject, fields });
  turn.outputs.push({ kind: 'rejected', refSeq: seq, text: reason.text });
}
