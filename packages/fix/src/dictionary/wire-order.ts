import { dataFieldFor, type Field, type FixMessage } from '../codec/index.ts';
import { isAdmin } from '../tags.ts';
import type { SessionDictionaries } from './check-message.ts';
import type { Group } from './dictionary.ts';

/**
 * The body of a message in ascending order of its tags, values as they came. A repeating group stays in one piece behind
 * its count, and data behind its length.
 */
export function bodyAscending(books: SessionDictionaries, message: FixMessage): readonly Field[] {
  const { header, trailer } = books.transport;
  const book = isAdmin(message.msgType) ? books.transport : books.application;
  const body = book.message(message.msgType);
  const pieces: { readonly tag: number; readonly fields: Field[] }[] = [];
  for (let at = 0; at < message.fieldCount; ) {
    const tag = message.tagAt(at);
    const to = endOfPiece(message, at, body?.members.get(tag) ?? null);
    if (!header.members.has(tag) && !trailer.members.has(tag)) {
      const fields: Field[] = [];
      for (let i = at; i < to; i += 1) fields.push([message.tagAt(i), message.valueAt(i)]);
      pieces.push({ tag, fields });
    }
    at = to;
  }
  return pieces.sort((a, b) => a.tag - b.tag).flatMap(({ fields }) => fields);
}

function endOfPiece(message: FixMessage, at: number, group: Group | null): number {
  if (group !== null) return endOfGroup(message, at + 1, group);
  const dataTag = dataFieldFor(message.tagAt(at));
  return dataTag !== 0 && message.tagAt(at + 1) === dataTag ? at + 2 : at + 1;
}

function endOfGroup(message: FixMessage, from: number, { delimiter, members }: Group): number {
  let at = from;
  if (message.tagAt(at) !== delimiter) return at;
  while (members.members.has(message.tagAt(at))) {
    at = endOfPiece(message, at, members.members.get(message.tagAt(at)) ?? null);
  }
  return at;
}
