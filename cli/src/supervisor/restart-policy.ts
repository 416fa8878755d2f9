import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';

/** Deaths within this count as quick. */
const QUICK_NS = 10n * NS_PER_SECOND;
const QUICK_DEATHS_MAX = 5;
const FIRST_DELAY_NS = 250n * NS_PER_MS;
const DELAY_MAX_NS = 10n * NS_PER_SECOND;

/**
 * How long to wait before a dead process is started again: not at all, for each second of absence is taken from
 * somebody's window. Only a process that died `QUICK_DEATHS_MAX` times in a row, each time soon after its start, waits
 * longer and longer: it will not heal by itself, and must not take the machine from the others.
 * `livedNs` are its last lives, oldest first.
 */
export function restartDelayNs(livedNs: readonly Ns[]): Ns {
  let quick = 0;
  for (let i = livedNs.length - 1; i >= 0; i -= 1) {
    if ((livedNs[i] ?? QUICK_NS) >= QUICK_NS) break;
    quick += 1;
  }
  if (quick < QUICK_DEATHS_MAX) return 0n;
  const delayNs = FIRST_DELAY_NS << BigInt(Math.min(quick - QUICK_DEATHS_MAX, 16));
  return delayNs < DELAY_MAX_NS ? delayNs : DELAY_MAX_NS;
}
