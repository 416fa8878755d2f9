import { type FieldValue, MessageWriter } from './message-writer.ts';

/** Tag and value, in the order they go out; a repeating group is simply its fields in their order. */
export type Field = readonly [tag: number, value: FieldValue];

const MSG_TYPE = 35;
const writer = new MessageWriter();

/**
 * The whole message as bytes: 8, 9, 35, then `fields` as given (header first: that is the caller's), 10.
 * Throws `EncodeError`.
 */
export function encodeMessage(beginString: string, msgType: string, fields: Iterable<Field>): Buffer {
  writer.begin(beginString);
  writer.field(MSG_TYPE, msgType);
  for (const field of fields) writer.field(field[0], field[1]);
  return writer.finish();
}
