import type { Field, FixMessage } from '../codec/index.ts';
import { Tag } from '../tags.ts';
import type { ResolvedConfig } from './session-config.ts';

/** Fields of the standard header, FIX 4.2 to FIXT 1.1. 8, 9 and 35 lead and are the codec's. */
const HEADER_TAGS = [
  34, 43, 49, 50, 52, 56, 57, 90, 91, 97, 115, 116, 122, 128, 129, 142, 143, 144, 145, 212, 213, 347, 369,
  370, 627, 628, 629, 630, 1128, 1129, 1156,
];
const isHeader = new Uint8Array(Math.max(...HEADER_TAGS) + 1);
for (const tag of HEADER_TAGS) isHeader[tag] = 1;

/** How many of the fields, from the first on, belong to the header. */
export function headerLength(fields: readonly Field[]): number {
  let length = 0;
  while (length < fields.length && isHeader[fields[length]?.[0] ?? 0] === 1) length += 1;
  return length;
}

/** Header fields as they go out: ascending, with the hops of 627 behind it in one piece. */
export function ascending(header: readonly Field[]): readonly Field[] {
  const place = (tag: number) => (tag >= Tag.HopCompID && tag <= Tag.HopRefID ? Tag.NoHops : tag);
  return [...header].sort(([a], [b]) => place(a) - place(b));
}

/** 50 and 57, where the counterparty wants them. */
export function subIds(config: ResolvedConfig): Field[] {
  const fields: Field[] = [];
  if (config.senderSubId !== null) fields.push([Tag.SenderSubID, config.senderSubId]);
  if (config.targetSubId !== null) fields.push([Tag.TargetSubID, config.targetSubId]);
  return fields;
}

const ROUTES: readonly (readonly [came: number, goes: number])[] = [
  [Tag.DeliverToCompID, Tag.OnBehalfOfCompID],
  [Tag.DeliverToSubID, Tag.OnBehalfOfSubID],
  [Tag.OnBehalfOfCompID, Tag.DeliverToCompID],
  [Tag.OnBehalfOfSubID, Tag.DeliverToSubID],
  [Tag.DeliverToLocationID, Tag.OnBehalfOfLocationID],
  [Tag.OnBehalfOfLocationID, Tag.DeliverToLocationID],
];

/** Header fields that lead an answer to whom the message came from, beyond the counterparty; empty ones are left out. */
export function routeBack(message: FixMessage): readonly Field[] {
  const fields: Field[] = [];
  for (const [came, goes] of ROUTES) {
    const value = message.raw(came);
    if (value !== null && value.length > 0) fields.push([goes, value]);
  }
  return fields;
}
