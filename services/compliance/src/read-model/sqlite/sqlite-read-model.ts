import { Kysely, SqliteDialect } from 'kysely';
import { type PlacedEvent, placeKey, type UnreadableRecord } from '../placed-event.ts';
import { BatchRows } from '../projection/batch-rows.ts';
import { project } from '../projection/project.ts';
import { createQueries } from '../queries/read-model-queries.ts';
import type { AppliedBatch, ReadModel } from '../read-model.ts';
import type { ReadModelTables } from '../tables.ts';
import { DDL } from './ddl.ts';
import { openDatabase } from './open-database.ts';
import { cachedStatements } from './statement-cache.ts';
import { createWriter } from './writer.ts';

/** Events that are told anew all the time and only count in their latest form; not kept one by one. */
const NOT_KEPT: ReadonlySet<string> = new Set(['BacklogForecast']);

/** The read model in one SQLite file of its own, or in `:memory:` for tests and the simulation. */
export function sqliteReadModel(file: string): ReadModel {
  const { database, fresh } = openDatabase(file);
  const writer = createWriter(database);
  const kysely = new Kysely<ReadModelTables>({
    dialect: new SqliteDialect({ database: cachedStatements(database) }),
  });
  const selectPositions = database.prepare('SELECT place, next_offset FROM positions');
  const positions = new Map<string, bigint>();
  const loadPositions = () => {
    positions.clear();
    for (const row of selectPositions.all() as { place: string; next_offset: bigint }[]) {
      positions.set(row.place, row.next_offset);
    }
  };
  loadPositions();

  const write = database.transaction((input: readonly (PlacedEvent | UnreadableRecord)[]) => {
    const batch = new BatchRows(writer.load);
    const reached = new Map<string, bigint>();
    let applied = 0;
    for (const item of input) {
      const { position } = item;
      const place = placeKey(position);
      if (position.offset < (reached.get(place) ?? positions.get(place) ?? 0n)) continue;
      reached.set(place, position.offset + 1n);
      if (item.type === null) continue;
      const { meta } = item.event;
      const isNew =
        NOT_KEPT.has(item.type) ||
        writer.insertEvent({
          lineage_id: meta.lineageId,
          event_id: meta.eventId,
          at_ns: meta.recordedNs,
          topic: position.topic,
          partition: BigInt(position.partition),
          offset: position.offset,
          value: item.value,
        });
      if (!isNew) continue;
      applied += 1;
      project(batch, item);
    }
    writer.save(batch);
    for (const [place, offset] of reached) writer.savePosition(place, offset);
    return { batch, reached, applied };
  });

  return {
    fresh,
    positions: async () => new Map(positions),
    async apply(input) {
      const { batch, reached, applied } = write.immediate(input);
      // Only after the commit: a rolled back batch is read again from where the file says.
      for (const [place, offset] of reached) positions.set(place, offset);
      return changesOf(batch, applied);
    },
    queries: createQueries(kysely),
    async reset() {
      database.transaction(() => {
        for (const [, table] of DDL.join('\n').matchAll(/CREATE TABLE (\w+)/g)) {
          if (table !== 'model') database.exec(`DELETE FROM ${table}`);
        }
      })();
      loadPositions();
    },
    async close() {
      if (database.open) database.close();
    },
  };
}

function changesOf(batch: BatchRows, applied: number): AppliedBatch {
  const { rows } = batch;
  return {
    applied,
    trades: [...rows.trades.values()],
    wasOpen: batch.wasOpen,
    repairIds: [...rows.repairs.keys()],
    inDoubtIds: [...batch.inDoubt],
    alertIds: [...rows.alerts.keys()],
    catFileNames: [...rows.cat_files.keys()],
    deadLetterIds: [...rows.dead_letters.keys()],
    actedOn: [...rows.desk_actions.values()].map(({ subject }) => subject),
    operations: rows.sessions.size > 0 || rows.forecasts.size > 0,
  };
}
