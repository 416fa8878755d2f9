import { createHash } from 'node:crypto';
import { TRADE_COLUMNS } from '../projection/trade-record.ts';
import { SERIES_COUNTERS } from '../tables.ts';

/** Columns of `trades` that hold whole numbers; the rest is text. */
const TRADE_INTEGERS: ReadonlySet<string> = new Set([
  'open',
  'revision',
  'decided',
  'reportable',
  'quantity_e6',
  'price_e8',
  'msg_seq_num',
  'late',
  'warned_percent',
  'breached',
  'was_late',
]);
const columnType = (name: string) => (name.endsWith('_ns') || TRADE_INTEGERS.has(name) ? 'INTEGER' : 'TEXT');

/** The tables. Partial indexes keep the lists that matter (open, in doubt, late) as small as they are. */
export const DDL: readonly string[] = [
  `CREATE TABLE trades (${TRADE_COLUMNS.map(
    (name) => `${name} ${columnType(name)}${name === 'execution_id' ? ' PRIMARY KEY' : ''}`,
  ).join(', ')})`,
  'CREATE INDEX trades_order ON trades (order_ns, execution_id)',
  'CREATE INDEX trades_lineage ON trades (lineage_id)',
  'CREATE INDEX trades_symbol ON trades (symbol, order_ns)',
  'CREATE INDEX trades_source_id ON trades (source_execution_id)',
  'CREATE INDEX trades_report ON trades (report_id)',
  'CREATE INDEX trades_open ON trades (due_ns, execution_id, executed_ns) WHERE open = 1',
  `CREATE INDEX trades_unsettled ON trades (state, order_ns) WHERE state <> 'ACCEPTED'`,
  'CREATE INDEX trades_late ON trades (due_ns, execution_id) WHERE was_late = 1',
  `CREATE TABLE events (lineage_id TEXT NOT NULL, event_id TEXT NOT NULL, at_ns INTEGER NOT NULL, topic TEXT NOT NULL,
     partition INTEGER NOT NULL, offset INTEGER NOT NULL, value BLOB NOT NULL)`,
  'CREATE UNIQUE INDEX events_id ON events (lineage_id, event_id)',
  `CREATE TABLE repairs (repair_id TEXT PRIMARY KEY, lineage_id TEXT, execution_id TEXT, report_id TEXT, stage TEXT,
     state TEXT, resolution TEXT, source TEXT, source_execution_id TEXT, action TEXT, ref_source_execution_id TEXT,
     channel TEXT, symbol TEXT, mpid TEXT, facility TEXT, issues TEXT, fields TEXT, original_format TEXT, original BLOB,
     opened_ns INTEGER, due_ns INTEGER, closed_ns INTEGER, actor TEXT, reason TEXT)`,
  'CREATE INDEX repairs_order ON repairs (state, opened_ns, repair_id)',
  'CREATE INDEX repairs_lineage ON repairs (lineage_id)',
  `CREATE TABLE alerts (alert_id TEXT PRIMARY KEY, lineage_id TEXT, alert TEXT, subject TEXT, severity TEXT, state TEXT,
     text TEXT, action TEXT, raised_ns INTEGER, cleared_ns INTEGER, seen_ns INTEGER)`,
  'CREATE INDEX alerts_order ON alerts (raised_ns, alert_id)',
  `CREATE TABLE sessions (session_id TEXT PRIMARY KEY, role TEXT, state TEXT, process TEXT, text TEXT, since_ns INTEGER)`,
  `CREATE TABLE forecasts (lane TEXT PRIMARY KEY, facility TEXT, open INTEGER, service_rate_e3 INTEGER,
     breach_in_ns INTEGER, nearest_due_ns INTEGER, at_ns INTEGER)`,
  `CREATE TABLE cat_files (file_name TEXT PRIMARY KEY, trade_date TEXT, imid TEXT, record_count INTEGER, sha256 TEXT,
     due_ns INTEGER, intended_ns INTEGER, submitted_ns INTEGER, bytes INTEGER, answered INTEGER, seen_ns INTEGER)`,
  'CREATE INDEX cat_files_order ON cat_files (seen_ns, file_name)',
  `CREATE TABLE cat_feedback (feedback_id TEXT PRIMARY KEY, file_name TEXT, feedback_file TEXT, stage TEXT, status TEXT,
     accepted_count INTEGER, rejected_count INTEGER, issues TEXT, at_ns INTEGER)`,
  'CREATE INDEX cat_feedback_file ON cat_feedback (file_name, at_ns)',
  `CREATE TABLE cat_links (execution_id TEXT NOT NULL, file_name TEXT NOT NULL,
     PRIMARY KEY (execution_id, file_name)) WITHOUT ROWID`,
  `CREATE TABLE dead_letters (dead_letter_id TEXT PRIMARY KEY, service TEXT, topic TEXT, partition INTEGER,
     offset INTEGER, code TEXT, text TEXT, value BLOB, at_ns INTEGER)`,
  'CREATE INDEX dead_letters_order ON dead_letters (at_ns, dead_letter_id)',
  `CREATE TABLE desk_actions (action_id TEXT PRIMARY KEY, at_ns INTEGER, actor TEXT, role TEXT, verb TEXT, subject TEXT,
     lineage_id TEXT, reason TEXT, outcome TEXT)`,
  'CREATE INDEX desk_actions_order ON desk_actions (at_ns, action_id)',
  'CREATE INDEX desk_actions_subject ON desk_actions (subject, at_ns)',
  `CREATE TABLE series (at_s INTEGER PRIMARY KEY, ${SERIES_COUNTERS.map(
    (name) => `${name} INTEGER NOT NULL DEFAULT 0`,
  ).join(', ')})`,
  `CREATE TABLE latency (stage TEXT NOT NULL, at_s INTEGER NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL,
     PRIMARY KEY (stage, at_s, bucket)) WITHOUT ROWID`,
  `CREATE TABLE totals (name TEXT NOT NULL, facility TEXT NOT NULL, n INTEGER NOT NULL,
     PRIMARY KEY (name, facility)) WITHOUT ROWID`,
  'CREATE TABLE positions (place TEXT PRIMARY KEY, next_offset INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE TABLE model (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
];

/** Raised when a fold changes what rows mean without changing the tables. */
const FOLD_VERSION = 1;

/** A model with another stamp is dropped and built anew from the log. */
export const VERSION_STAMP = `${FOLD_VERSION}-${createHash('sha256').update(DDL.join('\n')).digest('hex').slice(0, 16)}`;
