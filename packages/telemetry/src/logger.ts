/**
 * Names that never reach a log line, wherever they stand in the fields. A log is read by more people than the
 * trades may be, and is kept elsewhere: no price, size, account, secret or raw message goes into it.
 */
export const SENSITIVE_FIELDS = [
  'price',
  'priceE8',
  'quantity',
  'quantityE6',
  'account',
  'accountHolderType',
  'password',
  'secret',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  'message',
  'original',
  'value',
  'raw',
  'fields',
  'memo',
] as const;

export type SensitiveField = (typeof SENSITIVE_FIELDS)[number];

/** Keys that every line has already: a second one under the same name would hide one of the two from whoever parses the line. */
type LineField = 'text' | 'level' | 'time' | 'process' | 'pid';

/** Context of a log line. Sensitive names are refused by the compiler and, should they come anyway, redacted. */
export type LogFields = { readonly [name: string]: unknown } & {
  readonly [Name in SensitiveField | LineField]?: never;
};

/**
 * Where a service says what an operator may want to know. Never per trade at `info` or above: trades are events.
 * `fields.traceparent` puts `traceId` and `spanId` on the line; `fields.error` is written with its stack.
 */
export interface Logger {
  debug(text: string, fields?: LogFields): void;
  info(text: string, fields?: LogFields): void;
  warn(text: string, fields?: LogFields): void;
  error(text: string, fields?: LogFields): void;
  /** The same log with `fields` on every line. */
  child(fields: LogFields): Logger;
}

/** Says nothing: for the simulation and tests. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
