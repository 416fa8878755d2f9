/** One small fault put into the rules or into the code that decides by them, to see whether anything notices. */
export interface Mutant {
  /** File and place, as an editor takes them. */
  readonly place: string;
  /** What was changed to what, for the list of survivors. */
  readonly change: string;
  readonly where: { readonly kind: 'data' | 'source'; readonly file: string; readonly text: string };
}

/** Who noticed: the rulebook's own checks, a vector, a property; nobody, for a survivor. */
export type Verdict = 'checks' | 'vectors' | 'properties' | 'timeout' | 'survived';
