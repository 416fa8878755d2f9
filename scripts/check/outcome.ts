/** What one check found. */
export type Outcome =
  | { readonly kind: 'ok'; readonly note?: string }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'failed'; readonly complaints: string };

export interface Check {
  readonly name: string;
  run(): Promise<Outcome>;
}

/** Fails where there are complaints. */
export function outcomeOf(complaints: readonly string[], note?: string): Outcome {
  if (complaints.length > 0) return { kind: 'failed', complaints: complaints.join('\n') };
  return note === undefined ? { kind: 'ok' } : { kind: 'ok', note };
}
