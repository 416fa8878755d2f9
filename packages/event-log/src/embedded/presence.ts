/**
 * Whether a process is alive, asked of the kernel: each holds an exclusive lock on a file of its own for as long as it
 * lives, and the kernel lets go of it the moment it dies, however it dies. So a killed process is known to be dead within a
 * heartbeat or two, without waiting for its session to time out; that remains for one that hangs but lives. Unlike a
 * pid, a lock means the same in every container that shares the volume.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';

export interface Presence {
  /** Names this process among those that use the directory. */
  readonly token: string;
  /** `false` also when it cannot be told. */
  isDead(token: string): boolean;
  close(): void;
}

export function openPresence(directory: string): Presence {
  const folder = `${directory}/alive`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A folder made for the purpose: its name is not taken by anybody, living or dead.
  const token = basename(mkdtempSync(`${folder}/process-`));
  const lockOf = (name: string): string => `${folder}/${name}/lock.db`;
  const remove = (name: string): void => rmSync(`${folder}/${name}`, { recursive: true, force: true });
  // SQLite is the one portable file lock at hand: Node has none.
  const db = new Database(lockOf(token));
  db.exec('CREATE TABLE held (x); BEGIN EXCLUSIVE');

  return {
    token,
    isDead(other) {
      if (other === token || !TOKEN.test(other)) return false;
      // Made before its owner joined, and removed only by who found the owner dead.
      if (!existsSync(lockOf(other))) return true;
      try {
        const lock = new Database(lockOf(other), { fileMustExist: true, timeout: 0 });
        try {
          lock.exec('BEGIN EXCLUSIVE; ROLLBACK');
        } finally {
          lock.close();
        }
        remove(other);
        return true;
      } catch {
        return false;
      }
    },
    close() {
      db.close();
      remove(token);
    },
  };
}

const TOKEN = /^process-[A-Za-z0-9]+$/;
