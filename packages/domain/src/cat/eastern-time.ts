/** CAT speaks Eastern wall-clock time without a zone mark (spec: Timestamp, STRING form). */
import { easternOffsetNs as offsetNs } from '../calendar/eastern.ts';
import { msFromNs, NS_PER_HOUR, NS_PER_SECOND, type Ns, nsFromUtcParts } from '../ns.ts';

const STAMP = /^(\d{4})(\d{2})(\d{2})[T ](\d{2}):?(\d{2}):?(\d{2})(?:\.(\d{1,9}))?$/;

/** Eastern date of an instant, `YYYYMMDD`: CAT's Event Date. */
export function easternDate(atNs: Ns): string {
  return wallText(atNs).slice(0, 8);
}

/** Minutes since Eastern midnight, 0 … 1439, cut to the minute. */
export function easternMinute(atNs: Ns): number {
  const text = wallText(atNs);
  return Number(text.slice(9, 11)) * 60 + Number(text.slice(11, 13));
}

/** First instant at which Eastern clocks show `date` (`YYYYMMDD`) and `minute` after midnight. */
export function nsFromEastern(date: string, minute: number): Ns | null {
  const wall = nsFromUtcParts(
    Number(date.slice(0, 4)),
    Number(date.slice(4, 6)),
    Number(date.slice(6, 8)),
    Math.floor(minute / 60),
    minute % 60,
    0,
  );
  return wall === null ? null : fromWall(wall);
}

/**
 * An instant as CAT writes it: `YYYYMMDDTHHMMSS.fff`, with six or nine decimals only where the instant has them, so that
 * nothing is lost and no precision is claimed that was not there. Electronic events need at least milliseconds.
 *
 * In the hour that Eastern clocks show twice in autumn the text would be ambiguous: there the NUMBER form, nanoseconds
 * since the epoch, is given instead (`isNumber`).
 */
export function catTimestamp(atNs: Ns): { readonly text: string; readonly isNumber: boolean } {
  if (isRepeatedHour(atNs)) return { text: atNs.toString(), isNumber: true };
  const nanos = (((atNs % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND).toString().padStart(9, '0');
  const decimals = nanos.endsWith('000000') ? 3 : nanos.endsWith('000') ? 6 : 9;
  return { text: `${wallText(atNs)}.${nanos.slice(0, decimals)}`, isNumber: false };
}

/** Reads either form back, also with a blank for `T`; `null` where it is no instant. Takes the first of two readings. */
export function nsFromCatTimestamp(text: string, isNumber: boolean): Ns | null {
  if (isNumber) return /^\d{17,20}$/.test(text) ? BigInt(text) : null;
  const match = STAMP.exec(text);
  if (match === null || text.includes(':')) return null;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const wall = nsFromUtcParts(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return wall === null ? null : fromWall(wall) + BigInt(fraction.padEnd(9, '0'));
}

function wallText(atNs: Ns): string {
  const wall = new Date(msFromNs(atNs + offsetNs(atNs))).toISOString();
  return `${wall.slice(0, 10).replaceAll('-', '')}T${wall.slice(11, 19).replaceAll(':', '')}`;
}

/** `wall` counts the wall clock as if it were UTC. Daylight time (-4 h) is tried first: it is the earlier instant. */
function fromWall(wall: Ns): Ns {
  const daylight = wall + 4n * NS_PER_HOUR;
  if (daylight + offsetNs(daylight) === wall) return daylight;
  return wall + 5n * NS_PER_HOUR;
}

function isRepeatedHour(atNs: Ns): boolean {
  const before = offsetNs(atNs - NS_PER_HOUR);
  const here = offsetNs(atNs);
  const after = offsetNs(atNs + NS_PER_HOUR);
  return before > here || here > after;
}
