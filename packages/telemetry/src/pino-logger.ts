import { rfc3339FromNs } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import { destination, type Logger as Pino, pino } from 'pino';
import { type LogFields, type Logger, SENSITIVE_FIELDS } from './logger.ts';
import { parseTraceparent } from './tracing/traceparent.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface PinoLoggerOptions {
  readonly clock: Clock;
  readonly processName: string;
  readonly level: LogLevel;
  /** Where lines go. @default standard output, written from a buffer so that no step waits for the terminal */
  readonly write?: (line: string) => void;
}

export interface ProcessLogger extends Logger {
  /** Writes what is buffered, synchronously; for the last words of a process. */
  flush(): void;
}

/** JSON lines by pino. Time is the product's clock, so that lines stand beside the events of a demo day. */
export function pinoLogger(options: PinoLoggerOptions): ProcessLogger {
  const { clock, processName, level, write } = options;
  const standardOutput = write === undefined ? destination({ dest: 1, sync: false, minLength: 0 }) : null;
  const instance = pino(
    {
      level,
      base: { process: processName, pid: process.pid },
      messageKey: 'text',
      errorKey: 'error',
      timestamp: () => `,"time":"${rfc3339FromNs(clock.nowNs())}"`,
      formatters: { level: (label) => ({ level: label }), log: withTraceIds },
      serializers: { error: describeError },
      redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    },
    standardOutput ?? { write: write ?? (() => {}) },
  );
  return {
    ...wrap(instance),
    flush() {
      try {
        standardOutput?.flushSync();
      } catch {
        // the reader of our output is gone; there is nobody left to tell
      }
    },
  };
}

/** Redaction reaches three levels down; the type refuses the top one already. */
const REDACTED_PATHS = SENSITIVE_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

function wrap(instance: Pino): Logger {
  return {
    debug: (text, fields) => instance.debug(fields ?? {}, text),
    info: (text, fields) => instance.info(fields ?? {}, text),
    warn: (text, fields) => instance.warn(fields ?? {}, text),
    error: (text, fields) => instance.error(fields ?? {}, text),
    child: (fields) => wrap(instance.child(fields)),
  };
}

function withTraceIds(fields: Record<string, unknown>): Record<string, unknown> {
  const { traceparent, ...others } = fields;
  const trace = typeof traceparent === 'string' ? parseTraceparent(traceparent) : null;
  return trace === null ? fields : { ...others, traceId: trace.traceId, spanId: trace.spanId };
}

/** Under names of its own: `message` is redacted everywhere, for it is what FIX bytes are called. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { name: error.name, ...code, text: error.message, stack: error.stack };
}

/** Fields as `Logger` takes them, from an error that may be anything. */
export function errorFields(error: unknown): LogFields {
  return { error: error instanceof Error ? error : new Error(String(error)) };
}
