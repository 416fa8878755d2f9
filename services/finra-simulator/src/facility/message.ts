/** A FIX message as the simulator sees it: tags and values in their order, nothing interpreted. */
export type Fields = readonly (readonly [tag: number, value: string])[];

export function textOf(fields: Fields, tag: number): string | null {
  return fields.find(([candidate]) => candidate === tag)?.[1] ?? null;
}

/** MsgType, the third field of every well-formed message. */
export function typeOf(fields: Fields): string {
  return textOf(fields, 35) ?? '';
}
