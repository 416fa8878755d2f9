/** One thing wrong with the rulebook's files, for the person who edits them. */
export interface RulebookFault {
  /** File inside the rulebook folder, e.g. `deadlines/adf.json`. */
  readonly file: string;
  /** Line and column in it, both from 1; 0 where the file itself is missing. */
  readonly line: number;
  readonly column: number;
  /** JSON path inside it, e.g. `entries[3].effectiveFrom`; empty where the file as a whole is meant. */
  readonly path: string;
  /** The `id` of the entry or vector that is meant; empty where it is none. */
  readonly entryId: string;
  /** The value found, cut to 80 characters; empty when missing. */
  readonly value: string;
  readonly message: string;
  /** What to do, in the imperative. */
  readonly action: string;
}

/** A fault on one line, beginning `file:line:column`, which editors and terminals can follow. */
export function faultLine(fault: RulebookFault): string {
  const { file, line, column, path, entryId, value, message, action } = fault;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  const inside = path === '' ? '' : ` ${path}`;
  const of = entryId === '' ? '' : ` (${entryId})`;
  const found = value === '' ? '' : `, found ${value}`;
  return `${place}${inside}${of}: ${message}${found}. ${action}`;
}

/** A rulebook that cannot be trusted is refused whole; `faults` lists everything wrong with it, not just the first. */
export class RulebookError extends Error {
  readonly code = 'RULEBOOK_INVALID';
  readonly faults: readonly RulebookFault[];

  constructor(faults: readonly RulebookFault[]) {
    super(
      `The rulebook has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n  ${faults.map(faultLine).join('\n  ')}`,
    );
    this.name = 'RulebookError';
    this.faults = faults;
  }
}
