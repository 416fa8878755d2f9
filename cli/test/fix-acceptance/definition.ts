/** One line of an acceptance definition that does something. */
export interface Step {
  readonly line: number;
  /** Which of several connections. */
  readonly connection: number;
  readonly act: 'connect' | 'disconnect' | 'send' | 'expect' | 'expectDisconnect';
  /** Message with `|` for SOH, times not yet filled in; empty for connections. */
  readonly text: string;
}

/**
 * Reads the language of QuickFIX's definitions: `I` we send, `E` we expect, `iCONNECT`, `iDISCONNECT`, `eDISCONNECT`, a
 * digit and a comma behind the letter where there are several connections, `#` comments. Throws for anything else.
 */
export function parseDefinition(text: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [index, whole] of text.replaceAll('\x01', '|').split(/\r?\n/).entries()) {
    if (whole.trim() === '' || whole.startsWith('#')) continue;
    const [, letter = '', digit, rest = ''] = /^([IEie])(?:(\d),)?(.*)$/.exec(whole) ?? [];
    const at = { line: index + 1, connection: Number(digit ?? 1) };
    if (letter === 'I') steps.push({ ...at, act: 'send', text: rest });
    else if (letter === 'E') steps.push({ ...at, act: 'expect', text: rest });
    else if (letter === 'i' && rest === 'CONNECT') steps.push({ ...at, act: 'connect', text: '' });
    else if (letter === 'i' && rest === 'DISCONNECT') steps.push({ ...at, act: 'disconnect', text: '' });
    else if (letter === 'e' && rest === 'DISCONNECT')
      steps.push({ ...at, act: 'expectDisconnect', text: '' });
    else throw new Error(`line ${index + 1} is not understood: ${whole}`);
  }
  return steps;
}

/** Puts the time of `nowMs` into `<TIME>` and, moved by seconds, into `<TIME+10>`; then BodyLength and CheckSum where absent. */
export function complete(text: string, nowMs: number): string {
  const timed = text.replace(/<TIME(?:([+-]\d+))?>/g, (_, seconds: string | undefined) =>
    new Date(nowMs + Number(seconds ?? 0) * 1000)
      .toISOString()
      .slice(0, 19)
      .replaceAll('-', '')
      .replace('T', '-'),
  );
  const head = /^8=[^|]*\|/.exec(timed)?.[0];
  if (head === undefined) return timed;
  const given = /\|10=[^|]*\|$/.exec(timed)?.[0];
  const body = timed.slice(head.length, timed.length - (given?.length ?? 0));
  const length = /\|9=/.test(timed) ? '' : `9=${body.length}|`;
  const message = `${head}${length}${body}`;
  return `${message}${given ?? `10=${checkSum(message)}|`}`;
}

export function checkSum(text: string): string {
  const sum = Buffer.from(text.replaceAll('|', '\x01'), 'latin1').reduce((total, byte) => total + byte, 0);
  return String(sum % 256).padStart(3, '0');
}

/** Fields whose value only has to look right, by tag: lines of `fields.fmt`. */
export function parsePatterns(text: string): ReadonlyMap<string, RegExp> {
  return new Map(
    text
      .split(/\r?\n/)
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), new RegExp(line.slice(line.indexOf('=') + 1))]),
  );
}

/** What is wrong with `actual`, field by field in order; null where nothing is. */
export function difference(
  expected: string,
  actual: string,
  patterns: ReadonlyMap<string, RegExp>,
): string | null {
  const wanted = expected.split('|').filter((field) => field !== '');
  const got = actual.split('|').filter((field) => field !== '');
  if (wanted.length !== got.length) return `${wanted.length} fields expected, ${got.length} came`;
  for (const [at, field] of wanted.entries()) {
    const [tag = '', value] = field.split('=');
    const [gotTag = '', gotValue = ''] = got[at]?.split('=') ?? [];
    if (tag !== gotTag) return `tag ${tag} expected, ${gotTag} came`;
    const pattern = patterns.get(tag);
    const isRight = pattern === undefined ? value === gotValue : pattern.test(gotValue);
    if (!isRight) return `tag ${tag}: ${value} expected, ${gotValue} came`;
  }
  return null;
}
