import { rfc3339FromNs } from '@tapeclock/domain';

/** UTCTimestamp with nanoseconds: `20261124-15:00:00.123456789`. */
export function utcTimestamp(ns: bigint): string {
  const text = rfc3339FromNs(ns);
  return `${text.slice(0, 10).replaceAll('-', '')}-${text.slice(11, -1)}`;
}
