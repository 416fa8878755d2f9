import { decodeMessage, encodeMessage, type Field, FixMessage, formatUtcTimestamp } from '../codec/index.ts';
import { MsgType, Tag } from '../tags.ts';
import type { ResolvedConfig } from './session-config.ts';
import type { Now } from './session-state.ts';

/** What a resend needs of the past: application messages as they left. */
export interface SentLookup {
  /** No number below this one is known any more. */
  readonly firstSeq: number;
  get(seq: number): Uint8Array | undefined;
}

/**
 * Answers a ResendRequest for `from` … `to` (inclusive, already cut to what was sent): application messages again with
 * PossDupFlag and OrigSendingTime, and one gap fill for every run of what is not resent (the session layer's own
 * messages, numbers lost in a failed append, messages the store has forgotten).
 */
export function* resend(
  config: ResolvedConfig,
  sent: SentLookup,
  range: { readonly from: number; readonly to: number },
  now: Now,
): Generator<Uint8Array> {
  // A day's forgotten messages are stepped over at once, not one by one.
  const firstSeq = Math.min(Math.max(range.from, sent.firstSeq), range.to + 1);
  let gapFrom: number | null = firstSeq > range.from ? range.from : null;
  for (let seq = firstSeq; seq <= range.to; seq += 1) {
    const bytes = sent.get(seq);
    const again = bytes === undefined ? null : asPossDup(bytes, config, now);
    if (again === null) {
      gapFrom ??= seq;
      continue;
    }
    if (gapFrom !== null) yield gapFill(config, gapFrom, seq, now);
    gapFrom = null;
    yield again;
  }
  if (gapFrom !== null) yield gapFill(config, gapFrom, range.to + 1, now);
}

function gapFill(config: ResolvedConfig, seq: number, newSeqNo: number, now: Now): Uint8Array {
  const sendingTime = formatUtcTimestamp(now.utcNs, config.fractionDigits);
  return encodeMessage(config.beginString, MsgType.SequenceReset, [
    [Tag.SenderCompID, config.senderCompId],
    [Tag.TargetCompID, config.targetCompId],
    [Tag.MsgSeqNum, seq],
    [Tag.PossDupFlag, 'Y'],
    [Tag.SendingTime, sendingTime],
    [Tag.OrigSendingTime, sendingTime],
    [Tag.GapFillFlag, 'Y'],
    [Tag.NewSeqNo, newSeqNo],
  ]);
}

const REWRITTEN: ReadonlySet<number> = new Set([
  Tag.BeginString,
  Tag.BodyLength,
  Tag.MsgType,
  Tag.CheckSum,
  Tag.PossDupFlag,
  Tag.OrigSendingTime,
]);

/** The same message, sent again now. `null` for bytes that are no message: a gap fill is better than a dead session. */
function asPossDup(bytes: Uint8Array, config: ResolvedConfig, now: Now): Uint8Array | null {
  const message = decodeMessage(bytes);
  if (!(message instanceof FixMessage)) return null;
  const fields: Field[] = [];
  for (let i = 0; i < message.fieldCount; i += 1) {
    const tag = message.tagAt(i);
    if (REWRITTEN.has(tag)) continue;
    if (tag === Tag.SendingTime) {
      fields.push([Tag.PossDupFlag, 'Y']);
      fields.push([Tag.SendingTime, formatUtcTimestamp(now.utcNs, config.fractionDigits)]);
      fields.push([Tag.OrigSendingTime, message.valueAt(i)]);
    } else {
      fields.push([tag, message.valueAt(i)]);
    }
  }
  return encodeMessage(message.beginString, message.msgType, fields);
}
