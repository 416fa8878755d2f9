import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { DDL, VERSION_STAMP } from './ddl.ts';

export type Sqlite = Database.Database;

/**
 * Opens the read model's own file, or `:memory:`. A file of another version, or one that SQLite finds damaged, is
 * deleted: it holds nothing that the log does not.
 */
export function openDatabase(file: string): { readonly database: Sqlite; readonly fresh: boolean } {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const opened = tryOpen(file);
  if (opened !== null) return { database: opened, fresh: false };
  drop(file);
  const database = configure(new Database(file));
  database.transaction(() => {
    for (const statement of DDL) database.exec(statement);
    database.prepare('INSERT INTO model (name, value) VALUES (?, ?)').run('version', VERSION_STAMP);
  })();
  return { database, fresh: true };
}

function tryOpen(file: string): Sqlite | null {
  if (file === ':memory:') return null;
  let database: Sqlite | null = null;
  try {
    database = configure(new Database(file));
    const row = database.prepare('SELECT value FROM model WHERE name = ?').get('version') as
      | { value: string }
      | undefined;
    if (row?.value === VERSION_STAMP) return database;
  } catch {
    // No such table, not a database, damaged: all mean the same, build it anew.
  }
  database?.close();
  return null;
}

function configure(database: Sqlite): Sqlite {
  database.pragma('journal_mode = WAL');
  // A power cut may cost the last batches; their positions go with them, so the log gives them again.
  database.pragma('synchronous = NORMAL');
  database.pragma('cache_size = -65536');
  database.pragma('temp_store = MEMORY');
  database.pragma('busy_timeout = 5000');
  database.pragma('wal_autocheckpoint = 16000');
  database.defaultSafeIntegers(true);
  return database;
}

export function drop(file: string): void {
  if (file === ':memory:') return;
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
