import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type { Sqlite } from './open-database.ts';

/** Filters make only so many texts; beyond this something builds queries from values, and the oldest must go. */
const STATEMENTS_MAX = 300;

/** Kysely prepares each query each time; its texts repeat, so the prepared statements are kept. */
export function cachedStatements(database: Sqlite): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = database.prepare(sql) as unknown as SqliteStatement;
      if (statements.size >= STATEMENTS_MAX) {
        const oldest = statements.keys().next();
        if (!oldest.done) statements.delete(oldest.value);
      }
      statements.set(sql, statement);
      return statement;
    },
  };
}
