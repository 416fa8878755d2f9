/**
 * Where in a JSON text each value stands. `JSON.parse` forgets that, and a person who is told "entries[17].to" counts
 * braces; it also lets a key stand twice and silently takes the last, which in a rulebook is a rule that does nothing.
 */
export interface JsonPlaces {
  /** Offset of the value at a path such as `entries[3].due.seconds`; the whole text is at ''. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Paths whose key stands more than once in its object, with the offset of the later one. */
  readonly repeated: readonly { readonly path: string; readonly offset: number }[];
  /** Where the text stops being JSON; `null` where all of it is. */
  readonly brokenAt: number | null;
}

/** Line and column as editors count them, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

const SPACE = /[ \t\n\r]*/y;
/** From the space on, without `"` and the backslash: below the space are the control characters, which must be escaped. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** Never throws: reading stops at the first character that cannot stand there. */
export function jsonPlaces(text: string): JsonPlaces {
  const offsets = new Map<string, number>();
  const repeated: { path: string; offset: number }[] = [];
  let at = 0;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const takeMark = (mark: string): boolean => {
    take(SPACE);
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  };
  const member = (path: string): boolean => {
    take(SPACE);
    const keyAt = at;
    const key = take(STRING);
    if (key === null || !takeMark(':')) return false;
    const name = JSON.parse(key) as string;
    const inside = path === '' ? name : `${path}.${name}`;
    if (offsets.has(inside)) repeated.push({ path: inside, offset: keyAt });
    return value(inside);
  };
  const list = (end: string, item: (index: number) => boolean): boolean => {
    if (takeMark(end)) return true;
    for (let index = 0; item(index); index += 1) {
      if (takeMark(end)) return true;
      if (!takeMark(',')) return false;
    }
    return false;
  };
  const value = (path: string): boolean => {
    take(SPACE);
    offsets.set(path, at);
    if (takeMark('{')) return list('}', () => member(path));
    if (takeMark('[')) return list(']', (index) => value(`${path}[${index}]`));
    return take(STRING) !== null || take(SCALAR) !== null;
  };

  const whole = value('');
  take(SPACE);
  return { offsets, repeated, brokenAt: whole && at === text.length ? null : at };
}

export function textPlace(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
