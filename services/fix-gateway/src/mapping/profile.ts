import type { ExecutionAction, ExecutionFields } from '@tapeclock/schemas';

/** Where one canonical field comes from. Exactly one of `tag`, `party` and `constant` is given. */
export interface FieldSource {
  readonly tag?: number;
  /** PartyID (448) of the first party with this PartyRole (452). */
  readonly party?: string;
  readonly constant?: string;
  /** Value on the wire → canonical value. A value that is not listed goes through as it is, for enrichment to refuse. */
  readonly map?: Readonly<Record<string, string>>;
  /** `utcTimestamp`: FIX UTCTimestamp → RFC 3339. `localDate` is a date without time. @default text as it is */
  readonly format?: 'text' | 'utcTimestamp';
  /** Used when the tag is absent. */
  readonly otherwise?: string;
}

/** What to do with one kind of message. The first rule that fits decides. */
export interface MessageRule {
  readonly msgType: string;
  /** Tag → allowed values; every one must fit. An empty list means: the tag is absent. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
  readonly action?: ExecutionAction;
  /** Tag of the source's execution id. */
  readonly id?: number;
  /** Tag of the execution id that a cancel or correction refers to. */
  readonly ref?: number;
  /** Why messages of this kind are no executions; they are taken and counted, nothing more. */
  readonly ignore?: string;
}

/** How one source's messages become executions: data that a person can read and review. */
export interface MappingProfile {
  readonly name: string;
  readonly description: string;
  readonly messages: readonly MessageRule[];
  readonly fields: Readonly<Partial<Record<keyof ExecutionFields, FieldSource>>>;
}
