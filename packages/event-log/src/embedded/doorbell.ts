/**
 * The doorbell of a topic: a small file beside its database, overwritten after each commit. Other processes have the
 * kernel watch it (inotify, kqueue), so that an append wakes them without any polling.
 *
 * It holds how many records the topic has ever had, written only when they are durable. Therefore a bell that says more
 * than the database has is proof that acknowledged records were lost, which SQLite by itself would not notice: it takes
 * a damaged end of its WAL for a commit that never was.
 *
 *   total u64 · CRC-32 of total u32 · zero u32
 */
import { closeSync, openSync, readSync, watch, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const BYTES = 16;

export interface Bell {
  ring(total: bigint): void;
  close(): void;
}

export function openBell(path: string): Bell {
  // Not 'w': another process's bell must not be cut to nothing.
  const file = openSync(path, 'a+', 0o600);
  closeSync(file);
  const handle = openSync(path, 'r+');
  const bytes = Buffer.alloc(BYTES);
  return {
    ring(total) {
      bytes.writeBigUInt64LE(total, 0);
      bytes.writeUInt32LE(crc32(bytes.subarray(0, 8)), 8);
      writeSync(handle, bytes, 0, BYTES, 0);
    },
    close: () => closeSync(handle),
  };
}

/** What the bell says; `null` where there is none or it is unreadable (it is never fsynced, a power cut may void it). */
export function readBell(path: string): bigint | null {
  const bytes = Buffer.alloc(BYTES);
  try {
    const file = openSync(path, 'r');
    try {
      if (readSync(file, bytes, 0, BYTES, 0) < BYTES) return null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
  return bytes.readUInt32LE(8) === crc32(bytes.subarray(0, 8)) ? bytes.readBigUInt64LE(0) : null;
}

/** Calls `rung` after somebody rang, soon, and sometimes without need. */
export function watchBell(path: string, rung: () => void, failed: (error: Error) => void): () => void {
  const watcher = watch(path, { persistent: false }, rung);
  watcher.on('error', failed);
  return () => watcher.close();
}
