import type { ReportStory } from '../scene/log-story.ts';
import type { Span } from './silence.ts';

/** Windows that closed without an accepted report, by whose doing. */
export interface Blame {
  readonly ours: readonly ReportStory[];
  readonly facilitys: readonly ReportStory[];
}

/**
 * The facility's, where the facility itself was dead for longer than the report's whole window within it: then nobody
 * could have reported in time. Everything else is ours, whatever was killed.
 */
export function blame(reports: Iterable<ReportStory>, facilityDead: readonly Span[]): Blame {
  const ours: ReportStory[] = [];
  const facilitys: ReportStory[] = [];
  for (const report of reports) {
    if (!report.late && !report.breached) continue;
    const windowNs = report.dueAtNs - report.executedNs;
    const wasHopeless = facilityDead.some(
      ({ fromNs, toNs }) => toNs - fromNs > windowNs && fromNs < report.dueAtNs && toNs > report.executedNs,
    );
    (wasHopeless ? facilitys : ours).push(report);
  }
  return { ours, facilitys };
}
