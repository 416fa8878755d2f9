import type { TradeRecord } from './projection/trade-record.ts';

/**
 * The read model's tables as Kysely types. Whole numbers are `bigint` throughout (instants need it), booleans 0n/1n,
 * lists JSON text. The same shapes serve SQLite now and PostgreSQL later.
 */
export interface RepairRecord {
  repair_id: string;
  lineage_id: string;
  execution_id: string | null;
  report_id: string | null;
  stage: string;
  /** OPEN or CLOSED; PENDING is told by `desk_actions`, which no pipeline event waits for. */
  state: string;
  resolution: string | null;
  source: string;
  source_execution_id: string;
  action: string;
  ref_source_execution_id: string | null;
  channel: string;
  symbol: string | null;
  mpid: string | null;
  facility: string | null;
  issues: string;
  fields: string;
  original_format: string;
  original: Uint8Array;
  opened_ns: bigint;
  due_ns: bigint | null;
  closed_ns: bigint | null;
  actor: string | null;
  reason: string | null;
}

export interface AlertRecord {
  alert_id: string;
  lineage_id: string;
  alert: string;
  subject: string;
  severity: string;
  state: string;
  text: string;
  action: string;
  raised_ns: bigint;
  cleared_ns: bigint | null;
  seen_ns: bigint;
}

export interface SessionRecord {
  session_id: string;
  role: string;
  state: string;
  process: string;
  text: string | null;
  since_ns: bigint;
}

/** What one partition of the tracker says of one facility; the facility's forecast is all of them together. */
export interface ForecastRecord {
  lane: string;
  facility: string;
  open: bigint;
  service_rate_e3: bigint;
  breach_in_ns: bigint | null;
  nearest_due_ns: bigint | null;
  at_ns: bigint;
}

export interface CatFileRecord {
  file_name: string;
  trade_date: string;
  imid: string;
  record_count: bigint;
  sha256: string;
  due_ns: bigint;
  intended_ns: bigint | null;
  submitted_ns: bigint | null;
  bytes: bigint | null;
  answered: bigint;
  seen_ns: bigint;
}

export interface CatFeedbackRecord {
  /** The event's id. */
  feedback_id: string;
  file_name: string;
  feedback_file: string;
  stage: string;
  status: string;
  accepted_count: bigint;
  rejected_count: bigint;
  issues: string;
  at_ns: bigint;
}

export interface CatLinkRecord {
  execution_id: string;
  file_name: string;
}

export interface DeadLetterRecord {
  dead_letter_id: string;
  service: string;
  topic: string;
  partition: bigint;
  offset: bigint;
  code: string;
  text: string;
  value: Uint8Array;
  at_ns: bigint;
}

export interface DeskActionRecord {
  action_id: string;
  at_ns: bigint;
  actor: string;
  role: string;
  verb: string;
  subject: string;
  lineage_id: string;
  reason: string | null;
  outcome: string | null;
}

/** Rows that are read, changed and written back by one key. */
export interface Entities {
  trades: TradeRecord;
  repairs: RepairRecord;
  alerts: AlertRecord;
  sessions: SessionRecord;
  forecasts: ForecastRecord;
  cat_files: CatFileRecord;
  cat_feedback: CatFeedbackRecord;
  dead_letters: DeadLetterRecord;
  desk_actions: DeskActionRecord;
}
export type EntityName = keyof Entities;

export const ENTITY_KEYS = {
  trades: 'execution_id',
  repairs: 'repair_id',
  alerts: 'alert_id',
  sessions: 'session_id',
  forecasts: 'lane',
  cat_files: 'file_name',
  cat_feedback: 'feedback_id',
  dead_letters: 'dead_letter_id',
  desk_actions: 'action_id',
} as const satisfies { readonly [Name in EntityName]: keyof Entities[Name] };

/** Every event of every lineage, as logged: the trade page is made from these alone. */
export interface EventRecord {
  lineage_id: string;
  event_id: string;
  at_ns: bigint;
  topic: string;
  partition: bigint;
  offset: bigint;
  value: Uint8Array;
}

export const SERIES_COUNTERS = ['received', 'accepted', 'late', 'rejected', 'breached', 'repairs'] as const;
export type SeriesCounter = (typeof SERIES_COUNTERS)[number];
export type SeriesRecord = { at_s: bigint } & { [Name in SeriesCounter]: bigint };

export interface ReadModelTables extends Entities {
  events: EventRecord;
  cat_links: CatLinkRecord;
  series: SeriesRecord;
  /** Histogram of one stage in one period (`total`: a second; stages: a minute), by start of the period. */
  latency: { stage: string; at_s: bigint; bucket: bigint; n: bigint };
  /** Running totals; `facility` is empty where none applies. */
  totals: { name: string; facility: string; n: bigint };
  positions: { place: string; next_offset: bigint };
  model: { name: string; value: string };
}
