/** What the specification says of one field. */
export interface FieldDefinition {
  readonly tag: number;
  readonly name: string;
  /** FIX data type in capitals, e.g. `PRICE`. */
  readonly type: string;
  /** Values the specification lists; null where any value of the type will do. */
  readonly values: ReadonlySet<string> | null;
}

/** A repeating group below its count field. */
export interface Group {
  /** Opens each entry. */
  readonly delimiter: number;
  readonly members: Section;
}

/** Fields that may stand together: a header, a body, a trailer, an entry of a group. Components are dissolved. */
export interface Section {
  /** By tag; the group that the field counts, or null. */
  readonly members: ReadonlyMap<number, Group | null>;
  /** Tags that must be there, in the specification's order. */
  readonly required: readonly number[];
}

/** One item of a list of members, as written. */
export interface Member {
  readonly kind: 'field' | 'component';
  /** Tag of the field, or name of the component. */
  readonly id: string;
  readonly isRequired: boolean;
  /** What a count field repeats; null for any other. */
  readonly group: readonly Member[] | null;
}

/** Lists of members by what they belong to. */
export interface MemberLists {
  readonly components: ReadonlyMap<string, readonly Member[]>;
  readonly messages: ReadonlyMap<string, readonly Member[]>;
  readonly header: readonly Member[];
  readonly trailer: readonly Member[];
}

/** One version of FIX, with whatever a counterparty adds. Immutable; messages are worked out when first met. */
export class Dictionary {
  readonly fields: ReadonlyMap<number, FieldDefinition>;
  readonly header: Section;
  readonly trailer: Section;
  readonly #lists: MemberLists;
  readonly #messages = new Map<string, Section>();

  constructor(fields: ReadonlyMap<number, FieldDefinition>, lists: MemberLists) {
    this.fields = fields;
    this.#lists = lists;
    this.header = this.#section(lists.header);
    this.trailer = this.#section(lists.trailer);
  }

  /** Body of a message type; null for one that the specification does not know. */
  message(msgType: string): Section | null {
    const known = this.#messages.get(msgType);
    if (known !== undefined) return known;
    const list = this.#lists.messages.get(msgType);
    if (list === undefined) return null;
    const section = this.#section(list);
    this.#messages.set(msgType, section);
    return section;
  }

  get msgTypes(): readonly string[] {
    return [...this.#lists.messages.keys()];
  }

  #section(list: readonly Member[]): Section {
    const members = new Map<number, Group | null>();
    const required = new Map<number, boolean>();
    this.#add(list, true, members, required);
    return {
      members,
      required: [...required].filter(([, isRequired]) => isRequired).map(([tag]) => tag),
    };
  }

  /** A field of a component is required where both are. What is named twice is as it was named last. */
  #add(
    list: readonly Member[],
    isWhole: boolean,
    members: Map<number, Group | null>,
    required: Map<number, boolean>,
  ): void {
    for (const { kind, id, isRequired, group } of list) {
      if (kind === 'component') {
        this.#add(this.#lists.components.get(id) ?? [], isWhole && isRequired, members, required);
        continue;
      }
      const tag = Number(id);
      members.set(tag, group === null ? null : this.#group(group));
      required.set(tag, isWhole && isRequired);
    }
  }

  #group(list: readonly Member[]): Group {
    const members = this.#section(list);
    const [delimiter = 0] = members.members.keys();
    return { delimiter, members };
  }
}
