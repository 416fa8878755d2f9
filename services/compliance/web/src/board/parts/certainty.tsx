const TONE = { verified: 'calm', derived: 'half', assumed: 'near' } as const;

/** How sure the rulebook is of something: read in a primary source, worked out, or our choice until somebody asks. */
export function Certainty({ of }: { readonly of: keyof typeof TONE }) {
  return <span className={`state ${TONE[of]}`}>{of}</span>;
}
