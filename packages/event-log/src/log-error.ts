export const LOG_ERROR_CODES = [
  'DISK_FULL',
  'DISK_FAILED',
  'FENCED',
  'CLOSED',
  'TORN_FILE',
  'UNKNOWN_TOPIC',
  'RECORD_TOO_LARGE',
  'OVERLOADED',
  'PARTITION_COUNT_CHANGED',
] as const;
export type LogErrorCode = (typeof LOG_ERROR_CODES)[number];

/** Retryable errors pass by themselves or once an operator has made room; the others need a decision. */
const RETRYABLE: ReadonlySet<LogErrorCode> = new Set(['DISK_FULL', 'DISK_FAILED', 'OVERLOADED']);

export class LogError extends Error {
  readonly code: LogErrorCode;
  readonly retryable: boolean;

  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'LogError';
    this.code = code;
    this.retryable = RETRYABLE.has(code);
  }
}
