/** One thing wrong with the rulebook's files, for the person who edits them. */
export interface RulebookFault {
  /** File inside the rulebook folder, e.g. `deadlines/adf.json`. */
  readonly file: string;
  /** JSON path inside it, e.g. `entries[3].effectiveFrom`; empty where the file as a whole is meant. */
  readonly path: string;
  /** The value found, cut to 80 characters; empty when missing. */
  readonly value: string;
  readonly message: string;
  /** What to do, in the imperative. */
  readonly action: string;
}

/** A rulebook that cannot be trusted is refused whole; `faults` lists everything wrong with it, not just the first. */
export class RulebookError extends Error {
  readonly code = 'RULEBOOK_INVALID';
  readonly faults: readonly RulebookFault[];

  constructor(faults: readonly RulebookFault[]) {
    const lines = faults.map((fault) => {
      const place = fault.path === '' ? fault.file : `${fault.file} ${fault.path}`;
      const found = fault.value === '' ? '' : ` (found ${fault.value})`;
      return `${place}: ${fault.message}${found}. ${fault.action}`;
    });
    super(
      `The rulebook has ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n  ${lines.join('\n  ')}`,
    );
    this.name = 'RulebookError';
    this.faults = faults;
  }
}
