import type { FixMessage } from '../codec/index.ts';
import { type Complaint, SessionRejectReason as Reason, type RejectReason } from '../reject-reason.ts';
import { isAdmin } from '../tags.ts';
import type { Dictionary, Group, Section } from './dictionary.ts';
import { isList, isWellFormed } from './value-format.ts';

/** The dictionaries of one session. */
export interface SessionDictionaries {
  /** Header, trailer and the session layer's own messages. */
  readonly transport: Dictionary;
  /** All other messages; the same one before FIXT. */
  readonly application: Dictionary;
}

/** How strict to be. Everything is refused unless allowed here. */
export interface CheckOptions {
  /** Header, body, trailer in any order. @default false */
  readonly allowFieldsOutOfOrder?: boolean;
  /** Tags below 5000 that the dictionary lacks, or that stand in a message where it does not have them. @default false */
  readonly allowUnknownFields?: boolean;
  /** The same for tags from 5000 on. @default false */
  readonly allowUserDefinedFields?: boolean;
}

/** What is wrong with a message by the dictionary, or null. */
export type MessageCheck = (message: FixMessage) => Complaint | null;

const USER_DEFINED_MIN = 5000;
const AREA = { header: 0, body: 1, trailer: 2 } as const;

/**
 * A check by dictionary: message type, tags, values, groups, order, required fields. The first fault in the order of the
 * wire is given; a field that is missing, only where nothing else is wrong. Cost grows with the fields of the message.
 */
export function messageCheck(books: SessionDictionaries, options: CheckOptions = {}): MessageCheck {
  return (message) => {
    const book = isAdmin(message.msgType) ? books.transport : books.application;
    const body = book.message(message.msgType);
    if (body === null) return complaint(Reason.invalidMsgType, null);
    return new Walk(books.transport, book, options, message).whole(body);
  };
}

function complaint(reason: RejectReason, refTag: number | null): Complaint {
  return { reason, refTag };
}

/** One pass over the fields of one message. */
class Walk {
  readonly #transport: Dictionary;
  readonly #book: Dictionary;
  readonly #options: CheckOptions;
  readonly #message: FixMessage;
  readonly #count: number;
  #at = 0;

  constructor(transport: Dictionary, book: Dictionary, options: CheckOptions, message: FixMessage) {
    this.#transport = transport;
    this.#book = book;
    this.#options = options;
    this.#message = message;
    this.#count = message.fieldCount;
  }

  whole(body: Section): Complaint | null {
    const { header, trailer } = this.#transport;
    const seen = new Set<number>();
    let area: number = AREA.header;
    while (this.#at < this.#count) {
      const tag = this.#message.tagAt(this.#at);
      const isHeader = header.members.has(tag);
      const isTrailer = !isHeader && trailer.members.has(tag);
      const here = isHeader ? AREA.header : isTrailer ? AREA.trailer : AREA.body;
      if (here < area && this.#options.allowFieldsOutOfOrder !== true) {
        return complaint(Reason.tagOutOfOrder, tag);
      }
      area = here;
      const section = isHeader ? header : isTrailer ? trailer : body;
      const book = here === AREA.body ? this.#book : this.#transport;
      const fault = this.#member(book, section, seen);
      if (fault !== null) return fault;
    }
    for (const section of [header, body, trailer]) {
      const missing = section.required.find((tag) => !seen.has(tag));
      if (missing !== undefined) return complaint(Reason.requiredTagMissing, missing);
    }
    return null;
  }

  /** The field at hand, with the group it counts. */
  #member(book: Dictionary, section: Section, seen: Set<number>): Complaint | null {
    const tag = this.#message.tagAt(this.#at);
    const fault = this.#value(book, tag);
    if (fault !== null) return fault;
    const group = section.members.get(tag);
    if (group === undefined) {
      if (!this.#isAllowed(tag)) return complaint(Reason.tagNotDefined, tag);
      this.#at += 1;
      return null;
    }
    if (seen.has(tag)) return complaint(Reason.tagRepeated, tag);
    seen.add(tag);
    if (group !== null) return this.#group(book, tag, group);
    this.#at += 1;
    return null;
  }

  #group(book: Dictionary, countTag: number, { delimiter, members }: Group): Complaint | null {
    const announced = Number(this.#message.textAt(this.#at));
    this.#at += 1;
    let entries = 0;
    while (this.#at < this.#count && this.#message.tagAt(this.#at) === delimiter) {
      entries += 1;
      const seen = new Set<number>();
      do {
        const fault = this.#member(book, members, seen);
        if (fault !== null) return fault;
      } while (this.#isInEntry(delimiter, members));
      const missing = members.required.find((tag) => !seen.has(tag));
      if (missing !== undefined) return complaint(Reason.requiredTagMissing, missing);
    }
    if (entries === announced) return null;
    const isMisplaced = entries === 0 && members.members.has(this.#message.tagAt(this.#at));
    return isMisplaced
      ? complaint(Reason.groupOutOfOrder, this.#message.tagAt(this.#at))
      : complaint(Reason.groupCount, countTag);
  }

  #isInEntry(delimiter: number, members: Section): boolean {
    const tag = this.#message.tagAt(this.#at);
    return this.#at < this.#count && tag !== delimiter && members.members.has(tag);
  }

  #value(book: Dictionary, tag: number): Complaint | null {
    const message = this.#message;
    const at = this.#at;
    const field = book.fields.get(tag);
    if (field === undefined && !this.#isAllowed(tag)) return complaint(Reason.invalidTagNumber, tag);
    if (message.isEmptyAt(at)) return complaint(Reason.tagWithoutValue, tag);
    if (field === undefined) return null;
    const { type, values } = field;
    if (values !== null) {
      const text = message.textAt(at);
      const isAllowed = isList(type) ? text.split(' ').every((value) => values.has(value)) : values.has(text);
      return isAllowed ? null : complaint(Reason.valueOutOfRange, tag);
    }
    return isWellFormed(type, message, at) ? null : complaint(Reason.incorrectFormat, tag);
  }

  /** No tag is below 1, whatever else may be tolerated. */
  #isAllowed(tag: number): boolean {
    if (tag < 1) return false;
    return tag < USER_DEFINED_MIN
      ? this.#options.allowUnknownFields === true
      : this.#options.allowUserDefinedFields === true;
  }
}
