import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { LogPosition } from '../event-log.ts';
import {
  EMPTY_GROUP,
  type GroupEvent,
  type GroupState,
  groupStep,
  ownedSlots,
} from '../group/group-state.ts';
import { LogError } from '../log-error.ts';
import { openBell } from './doorbell.ts';
import { openPresence } from './presence.ts';
import { createDatabase } from './topic-file.ts';

const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE committed (
    name TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL,
    PRIMARY KEY (name, topic, partition)
  ) WITHOUT ROWID;`;

/** The groups of one directory, in `groups.db`: membership and committed offsets. Throws SQLite's errors. */
export interface GroupStore {
  readonly path: string;
  apply(group: string, event: GroupEvent): { readonly state: GroupState; readonly fenced: boolean };
  commit(group: string, memberId: string, session: number, positions: readonly LogPosition[]): void;
  committed(group: string, topic: string, partition: number): bigint | null;
  /** The least offset that a group still has to read there; `null` where no group ever committed. */
  leastCommitted(topic: string, partition: number): bigint | null;
  close(): void;
}

export function openGroupStore(directory: string): GroupStore {
  const path = `${directory}/groups.db`;
  if (!existsSync(path)) createDatabase(path, SCHEMA, { format: '1' });
  const db = new Database(path, { timeout: 5_000, fileMustExist: true });
  // NORMAL: survives the death of any process. After a power cut the last commits may be gone, and the consumers then
  // read some records again, which at-least-once delivery has them prepared for. A heartbeat is not worth an fsync.
  db.pragma('synchronous = NORMAL');
  const bell = openBell(`${directory}/groups.bell`);
  const presence = openPresence(directory);
  const readState = db.prepare<[string], string>('SELECT value FROM state WHERE name = ?').pluck();
  const writeState = db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)');
  const readOffset = db
    .prepare<[string, string, number], bigint>(
      'SELECT next_offset FROM committed WHERE name = ? AND topic = ? AND partition = ?',
    )
    .pluck()
    .safeIntegers();
  const least = db
    .prepare<[string, number], bigint | null>(
      'SELECT min(next_offset) FROM committed WHERE topic = ? AND partition = ?',
    )
    .pluck()
    .safeIntegers();
  const writeOffset = db.prepare('INSERT OR REPLACE INTO committed VALUES (?, ?, ?, ?)');

  const stateOf = (group: string): GroupState => {
    const text = readState.get(group);
    return text === undefined ? EMPTY_GROUP : (JSON.parse(text) as GroupState);
  };
  /** Adds what the kernel knows: who we are when joining, which of the overdue are dead when beating. */
  const informed = (event: GroupEvent): GroupEvent => {
    if (event.kind === 'join') return { ...event, process: presence.token };
    if (event.kind !== 'beat' || event.overdue === undefined) return event;
    const dead = event.overdue.filter(
      (member) => member.process !== undefined && presence.isDead(member.process),
    );
    return dead.length === 0 ? event : { ...event, suspects: [...event.suspects, ...dead] };
  };
  const apply = db.transaction((group: string, event: GroupEvent) => {
    const before = stateOf(group);
    const step = groupStep(before, event);
    if (step.state !== before) writeState.run(group, JSON.stringify(step.state));
    return step;
  });
  const commit = db.transaction(
    (group: string, memberId: string, session: number, positions: readonly LogPosition[]) => {
      const owned = ownedSlots(stateOf(group), memberId, session);
      const foreign = positions.find((position) => !owned.includes(position.partition));
      if (foreign !== undefined) {
        throw new LogError(
          'FENCED',
          `partition ${foreign.partition} of ${foreign.topic} is not ${memberId}'s in group ${group}`,
        );
      }
      for (const { topic, partition, offset } of positions) writeOffset.run(group, topic, partition, offset);
    },
  );

  return {
    path,
    apply(group, event) {
      const { state, changed, fenced } = apply.immediate(group, informed(event));
      if (changed) bell.ring(BigInt(state.generation));
      return { state, fenced };
    },
    commit: (group, memberId, session, positions) => commit.immediate(group, memberId, session, positions),
    committed: (group, topic, partition) => readOffset.get(group, topic, partition) ?? null,
    leastCommitted: (topic, partition) => least.get(topic, partition) ?? null,
    close() {
      presence.close();
      bell.close();
      db.close();
    },
  };
}
