import type { Played, Span } from './play.ts';

export interface Score {
  readonly alarms: number;
  readonly episodes: number;
  /** Share of alarms in which a breach followed while they were up, or within ten seconds. */
  readonly precision: number;
  /** Share of breach episodes of which an alarm was up before the first breach. */
  readonly recall: number;
  /** From alarm to first breach, of the episodes foretold. */
  readonly leadSeconds: { readonly p10: number; readonly p50: number };
}

/** A breach belongs to the episode before it when less than this lies between. */
const EPISODE_GAP_SECONDS = 5;
const WITHIN_SECONDS = 10;

/** How well spans of alarm foretold the breaches, over many runs. */
export function score(
  runs: readonly { readonly alarms: readonly Span[]; readonly breachesAt: readonly number[] }[],
): Score {
  let alarms = 0;
  let right = 0;
  let episodes = 0;
  const leads: number[] = [];
  for (const run of runs) {
    const firsts = run.breachesAt.filter(
      (at, index) => index === 0 || at - (run.breachesAt[index - 1] ?? 0) > EPISODE_GAP_SECONDS,
    );
    for (const { from, to } of run.alarms) {
      alarms += 1;
      if (run.breachesAt.some((at) => at >= from && at <= Math.max(to, from + WITHIN_SECONDS))) right += 1;
    }
    for (const first of firsts) {
      episodes += 1;
      const up = run.alarms.find(({ from, to }) => from < first && to >= first);
      if (up !== undefined) leads.push(first - up.from);
    }
  }
  leads.sort((a, b) => a - b);
  const at = (share: number) => leads[Math.floor((leads.length - 1) * share)] ?? 0;
  return {
    alarms,
    episodes,
    precision: alarms === 0 ? 1 : right / alarms,
    recall: episodes === 0 ? 1 : leads.length / episodes,
    leadSeconds: { p10: at(0.1), p50: at(0.5) },
  };
}

/** Spans in which a threshold on what can be seen at once is passed. */
export function threshold(
  { watched }: Played,
  isPassed: (seen: Played['watched'][number]) => boolean,
): readonly Span[] {
  const spans: Span[] = [];
  let from: number | null = null;
  for (const seen of watched) {
    if (isPassed(seen)) from ??= seen.at;
    else if (from !== null) {
      spans.push({ from, to: seen.at });
      from = null;
    }
  }
  if (from !== null) spans.push({ from, to: watched.at(-1)?.at ?? from });
  return spans;
}
