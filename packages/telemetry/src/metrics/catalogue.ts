/**
 * Every metric of the product, as data: code can use no other, and docs/reference/metrics.md is made from it.
 * Names follow Prometheus: `tapeclock_` first, the base unit last, `_total` on counters.
 */
export type MetricDeclaration = {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Base unit, or `1` for plain counts and ratios. */
  readonly unit: 'seconds' | 'ratio' | 'bytes' | '1';
  readonly labels: readonly string[];
  readonly help: string;
  /** Upper bounds, histograms only. */
  readonly buckets?: readonly number[];
};

/** Stage times: fine below the few milliseconds a healthy pipeline takes, coarse up to beyond the window. */
const STAGE_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 8, 10, 20, 60,
];
const SHORT_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const SHARE = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.8, 0.9, 1, 1.5, 2, 5];

export const METRICS = {
  tapeclock_build_info: {
    type: 'gauge',
    unit: '1',
    labels: ['version', 'node', 'process'],
    help: 'Always 1; its labels say what is running.',
  },
  tapeclock_executions_received_total: {
    type: 'counter',
    unit: '1',
    labels: ['channel', 'result'],
    help: 'Executions offered by sources; result is accepted, duplicate, conflict or refused.',
  },
  tapeclock_stage_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['stage'],
    buckets: STAGE_SECONDS,
    help: 'Time a trade spent in one stage: source, gateway, repair, enrichment, intent, send, facility, total.',
  },
  tapeclock_window_used_ratio: {
    type: 'histogram',
    unit: 'ratio',
    labels: ['facility'],
    buckets: SHARE,
    help: 'Share of the reporting window used when the report was accepted; above 1 is late.',
  },
  tapeclock_reports_total: {
    type: 'counter',
    unit: '1',
    labels: ['facility', 'outcome'],
    help: 'Answers to our reports: in_window, late, rejected, in_doubt.',
  },
  tapeclock_in_window_ratio: {
    type: 'gauge',
    unit: 'ratio',
    labels: ['facility'],
    help: 'Accepted in the window over all accepted, since this process started.',
  },
  tapeclock_obligations_open: {
    type: 'gauge',
    unit: '1',
    labels: ['age'],
    help: 'Obligations without an accepted report, by share of the window used: under_50, under_80, under_100, breached.',
  },
  tapeclock_obligation_warnings_total: {
    type: 'counter',
    unit: '1',
    labels: ['facility', 'stage'],
    help: 'Warnings before a breach, by the stage that held the trade.',
  },
  tapeclock_obligation_breaches_total: {
    type: 'counter',
    unit: '1',
    labels: ['facility', 'stage'],
    help: 'Windows that closed without an accepted report, by the stage that held the trade.',
  },
  tapeclock_reports_in_doubt: {
    type: 'gauge',
    unit: '1',
    labels: ['facility'],
    help: 'Reports that left us and whose outcome is not known.',
  },
  tapeclock_alerts_raised: {
    type: 'gauge',
    unit: '1',
    labels: ['alert', 'severity'],
    help: 'Alerts of the product’s own that are raised now, as the board shows them; named like their runbooks.',
  },
  tapeclock_fix_session_up: {
    type: 'gauge',
    unit: '1',
    labels: ['session', 'role'],
    help: '1 while the FIX session is logged on, else 0; role is gateway or facility.',
  },
  tapeclock_fix_messages_total: {
    type: 'counter',
    unit: '1',
    labels: ['role', 'direction', 'type'],
    help: 'FIX messages by MsgType; so far only those that sources send (role gateway, direction in).',
  },
  tapeclock_log_append_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['topic'],
    buckets: SHORT_SECONDS,
    help: 'From handing records to the log until they are durable.',
  },
  tapeclock_log_records_total: {
    type: 'counter',
    unit: '1',
    labels: ['topic'],
    help: 'Records this process made durable.',
  },
  tapeclock_log_stalls_total: {
    type: 'counter',
    unit: '1',
    labels: ['service', 'code'],
    help: 'Appends that the log refused for now (full or failing disk); they are repeated.',
  },
  tapeclock_queue_depth: {
    type: 'gauge',
    unit: '1',
    labels: ['queue'],
    help: 'Entries waiting in a bounded queue.',
  },
  tapeclock_dead_letters_total: {
    type: 'counter',
    unit: '1',
    labels: ['service', 'code'],
    help: 'Records that a service could not read or process.',
  },
  tapeclock_processor_records_total: {
    type: 'counter',
    unit: '1',
    labels: ['service'],
    help: 'Input records a processor has taken.',
  },
  tapeclock_processor_lag_seconds: {
    type: 'gauge',
    unit: 'seconds',
    labels: ['service', 'partition'],
    help: 'Age on the log of the oldest record of the last batch when that batch was done.',
  },
  tapeclock_http_request_seconds: {
    type: 'histogram',
    unit: 'seconds',
    labels: ['service', 'route', 'status'],
    buckets: SHORT_SECONDS,
    help: 'HTTP requests answered, by route template and status.',
  },
  tapeclock_cat_records_total: {
    type: 'counter',
    unit: '1',
    labels: ['state'],
    help: 'CAT records: submitted, accepted, in_error.',
  },
  tapeclock_event_loop_lag_seconds: {
    type: 'gauge',
    unit: 'seconds',
    labels: ['quantile'],
    help: 'Delay of the event loop since the last scrape, by quantile.',
  },
  tapeclock_clock_offset_seconds: {
    type: 'gauge',
    unit: 'seconds',
    labels: [],
    help: 'Host clock minus time source at the last comparison; absent where no time source is configured.',
  },
  tapeclock_traces_dropped_total: {
    type: 'counter',
    unit: '1',
    labels: ['cause'],
    help: 'Trade traces not exported: queue_full or export_failed.',
  },
} as const satisfies Record<string, MetricDeclaration>;

type Catalogue = typeof METRICS;
type NameOf<Type extends MetricDeclaration['type']> = {
  [Name in keyof Catalogue]: Catalogue[Name]['type'] extends Type ? Name : never;
}[keyof Catalogue];

export type MetricName = keyof Catalogue;
export type CounterName = NameOf<'counter'>;
export type GaugeName = NameOf<'gauge'>;
export type HistogramName = NameOf<'histogram'>;
/** Exactly the labels that the catalogue declares for the metric. */
export type LabelsOf<Name extends MetricName> = {
  readonly [Label in Catalogue[Name]['labels'][number]]: string;
};
