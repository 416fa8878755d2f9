import { Dictionary, type FieldDefinition, type Member } from './dictionary.ts';

/** A dictionary or an overlay has a line that says nothing. Terminal: whoever wrote it has to mend it. */
export class DictionaryError extends Error {
  readonly line: string;

  constructor(line: string, advice: string) {
    super(`dictionary line "${line.slice(0, 120)}": ${advice}`);
    this.name = 'DictionaryError';
    this.line = line;
  }
}

/**
 * Reads a dictionary, and over it the overlays of a counterparty, in order. One line each:
 *
 * - `field 5001 DeskCode STRING A|B`: a field with its type and, where not any value will do, the values
 * - `component Parties 453(448 447)`, `header …`, `trailer …`, `message D NewOrderSingle 11* @Parties …`: `*` is
 *   required, `@` a component, parentheses a repeating group; replaces what was there
 * - `message AE + 939 1003*` (likewise component, header, trailer): adds to it; a field named again is as it is
 *   named last, so `+ 60` makes TransactTime optional
 *
 * Empty lines and `#` are comments. Throws `DictionaryError`, also for a member that is not defined.
 */
export function parseDictionary(...texts: readonly string[]): Dictionary {
  const fields = new Map<number, FieldDefinition>();
  const components = new Map<string, readonly Member[]>();
  const messages = new Map<string, readonly Member[]>();
  const ends = { header: [] as readonly Member[], trailer: [] as readonly Member[] };
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [keyword = '', ...words] = line.split(' ');
    switch (keyword) {
      case 'field':
        fields.set(Number(words[0]), field(line, words));
        break;
      case 'header':
      case 'trailer':
        ends[keyword] = members(line, words, ends[keyword]);
        break;
      case 'component':
        components.set(words[0] ?? '', members(line, words.slice(1), components.get(words[0] ?? '')));
        break;
      case 'message': {
        const [msgType = '', second = '', ...rest] = words;
        const list = second === '+' ? [second, ...rest] : rest;
        messages.set(msgType, members(line, list, messages.get(msgType)));
        break;
      }
      default:
        throw new DictionaryError(line, 'begin with field, component, header, trailer or message');
    }
  }
  for (const list of [...components.values(), ...messages.values(), ends.header, ends.trailer]) {
    assertDefined(list, fields, components);
  }
  return new Dictionary(fields, { components, messages, ...ends });
}

function field(line: string, words: readonly string[]): FieldDefinition {
  const [number = '', name = '', type = '', ...values] = words;
  if (!/^[1-9]\d*$/.test(number) || name === '' || type === '') {
    throw new DictionaryError(line, 'write field <tag> <name> <TYPE> [value|value…]');
  }
  const allowed = values.join(' ');
  return {
    tag: Number(number),
    name,
    type,
    values: allowed === '' ? null : new Set(allowed.split('|').map((value) => value.trim())),
  };
}

function members(line: string, words: readonly string[], before: readonly Member[] = []): readonly Member[] {
  const isAddition = words[0] === '+';
  const tokens = (isAddition ? words.slice(1) : words).join(' ').match(/@?\w+\*?|[()]/g) ?? [];
  const list: Member[] = isAddition ? [...before] : [];
  const open: Member[][] = [list];
  for (const [at, token] of tokens.entries()) {
    if (token === '(') continue;
    if (token === ')') {
      if (open.length === 1) throw new DictionaryError(line, 'a group closes that was not opened');
      open.pop();
      continue;
    }
    const group: Member[] | null = tokens[at + 1] === '(' ? [] : null;
    const id = token.replace(/[@*]/g, '');
    const kind = token.startsWith('@') ? 'component' : 'field';
    open.at(-1)?.push({ kind, id, isRequired: token.endsWith('*'), group });
    if (group !== null) open.push(group);
  }
  if (open.length !== 1) throw new DictionaryError(line, 'a group is not closed');
  return list;
}

function assertDefined(
  list: readonly Member[],
  fields: ReadonlyMap<number, FieldDefinition>,
  components: ReadonlyMap<string, unknown>,
): void {
  for (const { kind, id, group } of list) {
    const isDefined = kind === 'component' ? components.has(id) : fields.has(Number(id));
    if (!isDefined) throw new DictionaryError(`${kind} ${id}`, 'it is a member but nowhere defined');
    if (group !== null) assertDefined(group, fields, components);
  }
}
