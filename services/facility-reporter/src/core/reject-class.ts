import type { Facility } from '@tapeclock/schemas';

/** What the facility's refusal means for us; `ReportRejected.retryClass`. */
export type RetryClass = 'FIX_DATA' | 'SET_UP' | 'RETRY' | 'DUPLICATE' | 'OPERATOR';

/** The part of a rulebook's reject code entry that is used here. */
export interface RejectCodeEntry {
  readonly facilities: readonly Facility[];
  readonly codes: readonly string[];
  readonly cause: string;
  readonly retry: string;
  readonly action: string;
}

export interface RejectMeaning {
  readonly retryClass: RetryClass;
  readonly cause: string;
  readonly action: string;
}

export type RejectMeanings = (facility: Facility, code: string) => RejectMeaning;

/** The rulebook tells finer what a person should do; the reporter only needs to know who acts next. */
const CLASS_OF: Readonly<Record<string, RetryClass>> = {
  FIX_DATA: 'FIX_DATA',
  FIX_OR_OVERRIDE: 'FIX_DATA',
  CHECK_CLOCK: 'FIX_DATA',
  SEND_REVERSAL: 'FIX_DATA',
  CANCEL_AND_NEW: 'FIX_DATA',
  SET_UP: 'SET_UP',
  AGREEMENT: 'SET_UP',
  OTHER_FACILITY: 'SET_UP',
  RETRY_OR_FAIL_OVER: 'RETRY',
  POSSIBLE_DUPLICATE: 'DUPLICATE',
};

const UNKNOWN: RejectMeaning = {
  retryClass: 'OPERATOR',
  cause: 'A code that the rulebook does not know',
  action: 'Read the facility’s text, call the facility, and add the code to rulebook/reject-codes.',
};

/**
 * Reject codes by facility (numbers are not portable between products). A facility without a list of its own borrows
 * none: its codes are unknown and go to a person. `overrides` are the profile's, by code.
 */
export function rejectMeanings(
  entries: readonly RejectCodeEntry[],
  overrides: (facility: Facility) => Readonly<Record<string, RetryClass>>,
): RejectMeanings {
  const byKey = new Map<string, RejectMeaning>();
  for (const entry of entries) {
    const { cause, action } = entry;
    const retryClass = CLASS_OF[entry.retry] ?? 'OPERATOR';
    for (const facility of entry.facilities) {
      for (const code of entry.codes) byKey.set(`${facility}/${code}`, { retryClass, cause, action });
    }
  }
  return (facility, code) => {
    const known = byKey.get(`${facility}/${code}`) ?? UNKNOWN;
    const retryClass = overrides(facility)[code];
    return retryClass === undefined ? known : { ...known, retryClass };
  };
}
