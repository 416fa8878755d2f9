import type { Ns } from '@tapeclock/domain';

export interface Silence {
  readonly fromNs: Ns;
  readonly toNs: Ns;
}

/**
 * The longest time without a submission that touches the span: from the last submission before it to the next one. As it
 * begins before the kill it is never shorter than the time from the kill to the next submission, and bytes of the dead
 * that were still under way do not shorten it. Null where none follows. `atNs` must be sorted.
 */
export function longestSilence(atNs: readonly Ns[], span: Silence): Silence | null {
  let longest: Silence | null = null;
  let before = atNs[0];
  for (const at of atNs) {
    if (before !== undefined && at > span.fromNs && before < span.toNs) {
      if (longest === null || at - before > longest.toNs - longest.fromNs)
        longest = { fromNs: before, toNs: at };
    }
    before = at;
  }
  return longest;
}
