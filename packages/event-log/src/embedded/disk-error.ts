import { LogError, type LogErrorCode } from '../log-error.ts';

/** Says in the log's words what SQLite or the file system reported about `path`, and what to do. */
export function diskError(error: unknown, path: string): LogError {
  if (error instanceof LogError) return error;
  const code = logCode(stringCode(error));
  const message = error instanceof Error ? error.message : String(error);
  return new LogError(code, `${path}: ${message}; ${ACTIONS[code] ?? 'look at the disk'}`, { cause: error });
}

/** What crosses from the writing thread: an Error loses its class and fields on the way. */
export interface PlainLogError {
  readonly code: LogErrorCode;
  readonly message: string;
}

export function toPlain(error: LogError): PlainLogError {
  return { code: error.code, message: error.message.slice(error.code.length + 2) };
}

export function fromPlain(error: PlainLogError): LogError {
  return new LogError(error.code, error.message);
}

const ACTIONS: Partial<Record<LogErrorCode, string>> = {
  DISK_FULL: 'make room on that volume; appends succeed again by themselves',
  DISK_FAILED: 'check the volume (dmesg, SMART, mount options, permissions); appends are tried again',
  TORN_FILE:
    'stop every process, keep a copy of the file, its -wal and its .bell, and restore them from backup',
};

function logCode(code: string): LogErrorCode {
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC' || code === 'EDQUOT') {
    return 'DISK_FULL';
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'TORN_FILE';
  return 'DISK_FAILED';
}

function stringCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return '';
}
