import type { Random } from '@tapeclock/ports';

/** W3C Trace Context, version 00. */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  readonly sampled: boolean;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const ALL_ZEROS = /^0+$/;

/** A new trace for one trade, made where its bytes come in: 24 random bytes and no span object. */
export function newTraceparent(random: Random): string {
  const hex = Buffer.from(random.bytes(24)).toString('hex');
  return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`;
}

/** `null` for anything the specification calls invalid: other versions, upper case, all zeros. */
export function parseTraceparent(text: string | null | undefined): TraceContext | null {
  const match = TRACEPARENT.exec(text ?? '');
  if (match === null) return null;
  const [, traceId = '', spanId = '', flags = '00'] = match;
  if (ALL_ZEROS.test(traceId) || ALL_ZEROS.test(spanId)) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
