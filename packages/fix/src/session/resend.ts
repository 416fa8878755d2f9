import { decodeMessage, encodeMessage, type Field, FixMessage, formatUtcTimestamp } from '../codec/index.ts';
import { MsgType, Tag } from '../tags.ts';
import { ascending, headerLength, subIds } from './header.ts';
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
  const header: Field[] = [
    [Tag.MsgSeqNum, seq],
    [Tag.PossDupFlag, 'Y'],
    [Tag.SenderCompID, config.senderCompId],
    [Tag.SendingTime, sendingTime],
    [Tag.TargetCompID, config.targetCompId],
    ...subIds(config),
    [Tag.OrigSendingTime, sendingTime],
  ];
  return encodeMessage(config.beginString, MsgType.SequenceReset, [
    ...ascending(header),
    [Tag.NewSeqNo, newSeqNo],
    [Tag.GapFillFlag, 'Y'],
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
  let origSendingTime: Uint8Array = Buffer.from(formatUtcTimestamp(now.utcNs, config.fractionDigits));
  for (let i = 0; i < message.fieldCount; i += 1) {
    const tag = message.tagAt(i);
    if (tag === Tag.SendingTime) origSendingTime = message.valueAt(i);
    else if (!REWRITTEN.has(tag)) fields.push([tag, message.valueAt(i)]);
  }
  const length = headerLength(fields);
  const header: Field[] = [
    ...fields.slice(0, length),
    [Tag.PossDupFlag, 'Y'],
    [Tag.SendingTime, formatUtcTimestamp(now.utcNs, config.fractionDigits)],
    [Tag.OrigSendingTime, origSendingTime],
  ];
  return encodeMessage(message.beginString, message.msgType, [...ascending(header), ...fields.slice(length)]);
}
