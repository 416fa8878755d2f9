import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { TopicDeclaration } from '../event-log.ts';
import { LogError } from '../log-error.ts';

const FORMAT = '1';
const BUSY_TIMEOUT_MS = 5_000;
const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE record (
    id INTEGER PRIMARY KEY,          -- partition << 48 | offset
    appended_ns INTEGER NOT NULL,    -- never falls within a partition
    crc INTEGER NOT NULL,
    key TEXT NOT NULL,
    headers TEXT NOT NULL,           -- JSON object, or empty
    value BLOB NOT NULL
  );`;

/** Opens a topic's file for writing, making it first where it is not there. Throws `LogError` and SQLite's errors. */
export function openTopicFile(path: string, topic: TopicDeclaration): Database.Database {
  if (!existsSync(path))
    createDatabase(path, SCHEMA, { format: FORMAT, topic: topic.name, partitions: String(topic.partitions) });
  // SQLite refuses a file that is shorter than its header says, but takes an empty one for a new database.
  if (statSync(path).size === 0) throw torn(path, 'it is empty');
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
  try {
    // FULL: the WAL is fsynced before a commit returns, so that an acknowledged record survives a power cut.
    db.pragma('synchronous = FULL');
    db.pragma('cache_size = -8192');
    db.pragma('journal_size_limit = 67108864');
    checkMeta(db, path, topic);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** For reading only; the writing thread has opened the file before. */
export function openTopicReader(path: string): Database.Database {
  return new Database(path, { readonly: true, timeout: BUSY_TIMEOUT_MS, fileMustExist: true });
}

/**
 * Makes a database aside and links it into place, so that no process ever sees it half made and of two that start
 * together one wins.
 */
export function createDatabase(path: string, schema: string, meta: Readonly<Record<string, string>>): void {
  const aside = `${path}.making-${process.pid}-${threadId}`;
  const db = new Database(aside);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.exec(schema);
    const insert = db.prepare('INSERT INTO meta VALUES (?, ?)');
    for (const [name, value] of Object.entries(meta)) insert.run(name, value);
  } finally {
    db.close();
  }
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function checkMeta(db: Database.Database, path: string, topic: TopicDeclaration): void {
  const value = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const [format, name, partitions] = [value.get('format'), value.get('topic'), value.get('partitions')];
  if (format !== FORMAT || name !== topic.name) {
    throw torn(path, `it holds topic "${name}" in format ${format}, not "${topic.name}" in format ${FORMAT}`);
  }
  if (partitions !== String(topic.partitions)) {
    throw new LogError(
      'PARTITION_COUNT_CHANGED',
      `${path}: has ${partitions} partitions, ${topic.partitions} are declared. Keys would move to other partitions ` +
        'and lose their order; declare the old count or copy the records to a new topic',
    );
  }
}

export function torn(path: string, what: string): LogError {
  return new LogError(
    'TORN_FILE',
    `${path}: ${what}. Stop every process, keep a copy of ${basename(path)} with its -wal and .bell, and restore ` +
      'all three from backup (without a backup: remove the .bell to accept the loss)',
  );
}
