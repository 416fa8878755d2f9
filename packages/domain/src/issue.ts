/** One precise complaint about one field: what is wrong, with which value, and what a person does about it. */
export interface Issue {
  /** Stable code, e.g. `EXECUTION_TIME_MISSING`; listed in docs/reference/errors.md. */
  readonly code: string;
  /** Canonical field name, e.g. `executedAt`; empty where the record as a whole is meant. */
  readonly field: string;
  /** The value as received, cut to 200 characters; empty when missing. */
  readonly value: string;
  readonly message: string;
  /** What to do, in the imperative, for the person who repairs it. */
  readonly action: string;
}
