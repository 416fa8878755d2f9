import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';

export interface Span {
  readonly fromNs: Ns;
  readonly toNs: Ns;
}

/** A silence that begins later than this after a kill is not of its making. */
const EFFECT_NS = 5n * NS_PER_SECOND;

/**
 * The longest time without a submission that a kill can have made: from the last submission before it, or within five
 * seconds after it, to the next one. As it begins before the kill it is never shorter than the time from the kill to the
 * next submission, and bytes of the dead that were still under way do not shorten it. A silence that another kill falls
 * into is that one's, unless it had begun before this one. Null where no submission follows. `atNs` must be sorted.
 */
export function longestSilence(atNs: readonly Ns[], killNs: Ns, nextKillNs: Ns | null): Span | null {
  let longest: Span | null = null;
  let before = atNs[0];
  for (const at of atNs) {
    if (before !== undefined && at > killNs && before < killNs + EFFECT_NS) {
      const isOfNext = nextKillNs !== null && at > nextKillNs && before > killNs;
      const isLonger = longest === null || at - before > longest.toNs - longest.fromNs;
      if (isLonger && !isOfNext) longest = { fromNs: before, toNs: at };
    }
    before = at;
  }
  return longest;
}
