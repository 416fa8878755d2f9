import type Database from 'better-sqlite3';
import type { BatchRows } from '../projection/batch-rows.ts';
import { TRADE_COLUMNS } from '../projection/trade-record.ts';
import { ENTITY_KEYS, type Entities, type EntityName, type EventRecord, SERIES_COUNTERS } from '../tables.ts';
import type { Sqlite } from './open-database.ts';

/** The prepared statements of the write path. All of it runs inside the caller's transaction. */
export interface Writer {
  load<Name extends EntityName>(table: Name, key: string): Entities[Name] | null;
  /** `false`: an event of this id is there already. */
  insertEvent(event: EventRecord): boolean;
  save(batch: BatchRows): void;
  savePosition(place: string, nextOffset: bigint): void;
}

interface EntityStatements {
  readonly columns: readonly string[];
  readonly select: Database.Statement;
  readonly upsert: Database.Statement;
  /** Writes only the columns named: SQLite rewrites every index over a column that is written, changed or not. */
  update(columns: readonly string[]): Database.Statement;
}

export function createWriter(database: Sqlite): Writer {
  const statements = new Map<EntityName, EntityStatements>();
  for (const name of Object.keys(ENTITY_KEYS) as EntityName[]) statements.set(name, entity(database, name));
  const of = (name: EntityName): EntityStatements => {
    const found = statements.get(name);
    if (found === undefined) throw new Error(`no statements for ${name}`);
    return found;
  };
  const insertEvent = database.prepare(
    'INSERT INTO events (lineage_id, event_id, at_ns, topic, partition, offset, value) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
  );
  const insertLink = database.prepare(
    'INSERT INTO cat_links (execution_id, file_name) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const addTotal = database.prepare(
    'INSERT INTO totals (name, facility, n) VALUES (?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
  );
  const addLatency = database.prepare(
    'INSERT INTO latency (stage, at_s, bucket, n) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
  );
  const addSeries = database.prepare(
    `INSERT INTO series (at_s, ${SERIES_COUNTERS.join(', ')}) VALUES (?${',?'.repeat(SERIES_COUNTERS.length)})
     ON CONFLICT DO UPDATE SET ${SERIES_COUNTERS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
  const savePosition = database.prepare(
    'INSERT INTO positions (place, next_offset) VALUES (?,?) ON CONFLICT DO UPDATE SET next_offset = excluded.next_offset',
  );

  return {
    load: <Name extends EntityName>(table: Name, key: string) =>
      (of(table).select.get(key) as Entities[Name] | undefined) ?? null,
    insertEvent: (event) =>
      insertEvent.run(
        event.lineage_id,
        event.event_id,
        event.at_ns,
        event.topic,
        event.partition,
        event.offset,
        event.value,
      ).changes > 0,
    save(batch) {
      for (const name of Object.keys(batch.rows) as EntityName[]) {
        const { columns, upsert, update } = of(name);
        for (const [key, row] of batch.rows[name]) {
          const values = row as unknown as Record<string, unknown>;
          const before = batch.before[name].get(key) as unknown as Record<string, unknown> | undefined;
          if (before === undefined) {
            upsert.run(columns.map((column) => values[column]));
            continue;
          }
          const changed = columns.filter((column) => values[column] !== before[column]);
          if (changed.length > 0) update(changed).run([...changed.map((column) => values[column]), key]);
        }
      }
      for (const { executionId, fileName } of batch.catLinks) insertLink.run(executionId, fileName);
      for (const [key, n] of batch.totals) addTotal.run(...key.split('|'), n);
      for (const [key, n] of batch.latency) {
        const [stage, second = '0', bucket = '0'] = key.split('|');
        addLatency.run(stage, BigInt(second), BigInt(bucket), n);
      }
      for (const [second, counters] of batch.series) {
        addSeries.run(second, ...SERIES_COUNTERS.map((name) => counters.get(name) ?? 0n));
      }
    },
    savePosition: (place, nextOffset) => void savePosition.run(place, nextOffset),
  };
}

function entity(database: Sqlite, table: EntityName): EntityStatements {
  const key = ENTITY_KEYS[table];
  const columns =
    table === 'trades'
      ? TRADE_COLUMNS
      : (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const changes = columns.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
  // As many as there are kinds of steps in a life: a few dozen.
  const updates = new Map<string, Database.Statement>();
  return {
    columns,
    update(changed) {
      const names = changed.join(' = ?, ');
      let statement = updates.get(names);
      if (statement === undefined) {
        statement = database.prepare(`UPDATE ${table} SET ${names} = ? WHERE ${key} = ?`);
        updates.set(names, statement);
      }
      return statement;
    },
    select: database.prepare(`SELECT * FROM ${table} WHERE ${key} = ?`),
    upsert: database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${key}) DO UPDATE SET ${changes.join(', ')}`,
    ),
  };
}
