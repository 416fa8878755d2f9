import { decodeMessage, encodeMessage as encode, type Field } from '@tapeclock/fix/codec';
import type { Fields } from './message.ts';

const BEGIN_STRING = 'FIX.4.4';
/** Set by the codec on every message, or standing first: not part of what is copied over. */
const FRAMING_TAGS: ReadonlySet<number> = new Set([8, 9, 10]);

/** `fields` begin with MsgType (35). */
export function encodeMessage(fields: Fields): Uint8Array {
  const [, ...rest] = fields;
  return encode(BEGIN_STRING, fields[0]?.[1] ?? '', rest as readonly Field[]);
}

/** Tags and values of a frame without 8, 9 and 10; null when the frame cannot be read. */
export function readFields(frame: Uint8Array): Fields | null {
  const message = decodeMessage(frame);
  if (typeof message === 'string') return null;
  const fields: (readonly [number, string])[] = [];
  for (let position = 0; position < message.fieldCount; position += 1) {
    const tag = message.tagAt(position);
    if (!FRAMING_TAGS.has(tag)) fields.push([tag, message.textAt(position)]);
  }
  return fields;
}

/** The same message, marked as sent before: PossDupFlag, and the first sending time as OrigSendingTime. */
export function asPossDup(bytes: Uint8Array, sendingTime: string): Uint8Array {
  const fields = readFields(bytes) ?? [];
  return encodeMessage(
    fields.flatMap(
      ([tag, value]): Fields =>
        tag === 52
          ? [
              [43, 'Y'],
              [52, sendingTime],
              [122, value],
            ]
          : [[tag, value]],
    ),
  );
}
