/** What a tester can make the facility do, switchable at run time. All off by default but for a small latency. */
export interface FacilityFaults {
  /** Time between taking a report and answering it. */
  latencyMs: number;
  /** Added to the latency, uniformly. */
  latencyJitterMs: number;
  /** Share of reports refused, with `rejectCode`. */
  rejectPercent: number;
  rejectCode: string;
  rejectText: string;
  /** Share of reports after which the connection is cut before the report is even looked at. */
  dropBeforePercent: number;
  /** Share of reports after which the connection is cut when the report is taken, before the answer leaves. */
  dropAfterPercent: number;
  /** Takes reports and journals them but says nothing, not even heartbeats. */
  silent: boolean;
  /** Refuses logons and cuts those who are on. */
  down: boolean;
  /** Refuses every report as outside its hours, whatever the clock says. */
  closed: boolean;
  /** Refuses a known report id; without it a second report is accepted again, and journaled as seen twice. */
  duplicateDetection: boolean;
  /** Answers queries (AD); without it they are rejected as unsupported. */
  queries: boolean;
  /** Sends again what the client missed; without it a resend request is answered by a gap fill, as by one that keeps no copies. */
  resends: boolean;
}

export const NO_FAULTS: FacilityFaults = {
  latencyMs: 2,
  latencyJitterMs: 3,
  rejectPercent: 0,
  rejectCode: '021',
  rejectText: 'ENTRY SUSPENDED',
  dropBeforePercent: 0,
  dropAfterPercent: 0,
  silent: false,
  down: false,
  closed: false,
  duplicateDetection: true,
  queries: true,
  resends: true,
};
