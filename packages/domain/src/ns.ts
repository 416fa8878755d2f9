/**
 * Instants and durations as whole nanoseconds in a `bigint`. An instant counts from the Unix epoch, UTC.
 * Rule 6860(a)(2) wants finer input cut, never rounded, so parsing truncates beyond nine fraction digits.
 */
export type Ns = bigint;

export const NS_PER_US = 1_000n;
export const NS_PER_MS = 1_000_000n;
export const NS_PER_SECOND = 1_000_000_000n;
export const NS_PER_MINUTE = 60n * NS_PER_SECOND;
export const NS_PER_HOUR = 60n * NS_PER_MINUTE;
export const NS_PER_DAY = 24n * NS_PER_HOUR;

const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;

/**
 * Parses an RFC 3339 instant with `Z` or an offset and 0–12 fraction digits.
 * Returns `null` for anything that is not a real calendar instant (30 February, 25:00, leap second 60).
 */
export function nsFromRfc3339(text: string): Ns | null {
  const match = RFC3339.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zulu, sign, offsetHour, offsetMinute] =
    match;
  const wall = nsFromUtcParts(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (wall === null) return null;
  const fractionNs = BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  if (zulu !== undefined) return wall + fractionNs;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return null;
  const offsetNs = BigInt(Number(offsetHour) * 60 + Number(offsetMinute)) * NS_PER_MINUTE;
  return wall + fractionNs + (sign === '+' ? -offsetNs : offsetNs);
}

/** First and last year of which every instant fits a signed 64-bit count of nanoseconds, as the log carries it. */
const YEAR_MIN = 1678;
const YEAR_MAX = 2261;

/** Builds an instant from UTC calendar parts; `null` where a part is out of range for that month or for 64 bits. */
export function nsFromUtcParts(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Ns | null {
  if (year < YEAR_MIN || year > YEAR_MAX) return null;
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const epochMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC rolls 31 April over into May; a date that does not come back as given never existed.
  if (new Date(epochMs).getUTCDate() !== day) return null;
  return BigInt(epochMs) * NS_PER_MS;
}

/** `2025-03-04T16:00:10.250000000Z`: always UTC, always nine fraction digits, so that text order is time order. */
export function rfc3339FromNs(ns: Ns): string {
  const fraction = ((ns % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND;
  const seconds = new Date(Number((ns - fraction) / NS_PER_MS)).toISOString().slice(0, 19);
  return `${seconds}.${fraction.toString().padStart(9, '0')}Z`;
}

/** Whole milliseconds since the epoch, truncated towards the past; for libraries that know no finer time. */
export function msFromNs(ns: Ns): number {
  return Number(ns / NS_PER_MS);
}
