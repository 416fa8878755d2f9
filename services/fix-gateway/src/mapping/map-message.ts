import { type Ns, rfc3339FromNs } from '@tapeclock/domain';
import type { FixMessage } from '@tapeclock/fix/codec';
import { NO_FIELDS } from '@tapeclock/intake';
import type { ExecutionAction, ExecutionFields } from '@tapeclock/schemas';
import type { FieldSource, MappingProfile, MessageRule } from './profile.ts';

export type Mapped =
  | {
      readonly kind: 'execution';
      readonly action: ExecutionAction;
      readonly sourceExecutionId: string;
      readonly refSourceExecutionId: string | null;
      readonly fields: ExecutionFields;
      /** TransactTime where it could be read; for the stamps. */
      readonly executedNs: Ns | null;
    }
  /** Taken, counted, and nothing more: no execution. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /** An execution that cannot be named: answered with a business reject, and opened as a repair item. */
  | {
      readonly kind: 'refused';
      readonly tag: number;
      readonly text: string;
      readonly fields: ExecutionFields;
    }
  /** No rule fits: a business reject tells the sender. */
  | { readonly kind: 'unsupported' };

const EXECUTION_ID_LENGTH_MAX = 64;
const PARTY_ID = 448;
const PARTY_ROLE = 452;

/** Applies a profile to one message. Pure; judges nothing but the ids, without which nothing can be tracked. */
export function mapMessage(profile: MappingProfile, message: FixMessage): Mapped {
  const rule = profile.messages.find((candidate) => fits(candidate, message));
  if (rule === undefined) return { kind: 'unsupported' };
  if (rule.ignore !== undefined) return { kind: 'ignored', reason: rule.ignore };
  const fields = mapFields(profile, message);
  const id = readId(message, rule.id ?? 0);
  if (id === null) return refused(rule.id ?? 0, fields);
  const ref = rule.action === 'NEW' ? null : readId(message, rule.ref ?? 0);
  if (rule.action !== 'NEW' && ref === null) return refused(rule.ref ?? 0, fields);
  const timeTag = profile.fields.executedAt?.tag;
  return {
    kind: 'execution',
    action: rule.action ?? 'NEW',
    sourceExecutionId: id,
    refSourceExecutionId: ref,
    fields,
    executedNs: timeTag === undefined ? null : message.timestamp(timeTag),
  };
}

function fits(rule: MessageRule, message: FixMessage): boolean {
  if (rule.msgType !== message.msgType) return false;
  return Object.entries(rule.when ?? {}).every(([tag, values]) => {
    const value = message.string(Number(tag));
    return value === null ? values.length === 0 : values.includes(value);
  });
}

/** Ids name executions for ever: printable, and short enough for every system behind us. */
function readId(message: FixMessage, tag: number): string | null {
  const id = message.string(tag);
  if (id === null || id.length > EXECUTION_ID_LENGTH_MAX) return null;
  return /^[\x21-\x7e]+$/.test(id) ? id : null;
}

function refused(tag: number, fields: ExecutionFields): Mapped {
  return {
    kind: 'refused',
    tag,
    text: `tag ${tag} must hold an id of 1 to ${EXECUTION_ID_LENGTH_MAX} printable characters`,
    fields,
  };
}

export function mapFields(profile: MappingProfile, message: FixMessage): ExecutionFields {
  const fields: Record<string, string | null> = { ...NO_FIELDS };
  for (const [name, source] of Object.entries(profile.fields)) fields[name] = readField(source, message);
  return fields as unknown as ExecutionFields;
}

function readField(source: FieldSource, message: FixMessage): string | null {
  if (source.constant !== undefined) return source.constant;
  const raw = source.party === undefined ? message.string(source.tag ?? 0) : partyOf(message, source.party);
  if (raw === null) return source.otherwise ?? null;
  if (source.format === 'utcTimestamp') {
    const ns = source.tag === undefined ? null : message.timestamp(source.tag);
    // What cannot be read goes on as it stands, so that the repair item shows what the source sent.
    return ns === null ? raw : rfc3339FromNs(ns);
  }
  return source.map?.[raw] ?? raw;
}

function partyOf(message: FixMessage, role: string): string | null {
  let id: string | null = null;
  for (let position = 0; position < message.fieldCount; position += 1) {
    const tag = message.tagAt(position);
    if (tag === PARTY_ID) id = message.textAt(position);
    else if (tag === PARTY_ROLE && message.textAt(position) === role) return id;
  }
  return null;
}
