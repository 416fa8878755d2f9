/**
 * Eastern time, only where a rule speaks of the clock on the wall. Every execution is placed on that clock,
 * thousands a second, so the zone database is asked once per year and the answer kept: a conversion afterwards
 * is a comparison and an addition. Kept answers are facts about the zone, not state: they never change.
 */
import { IANAZone } from 'luxon';
import { NS_PER_DAY, NS_PER_HOUR, NS_PER_MINUTE, NS_PER_MS, NS_PER_SECOND, type Ns } from '../ns.ts';

/** `2026-03-06`: a date on the Eastern calendar. Text order is time order. */
export type EasternDate = string;

/** What the clock on the wall in New York shows at an instant. */
export interface EasternWall {
  readonly date: EasternDate;
  /** Days since 1970-01-01 on the Eastern calendar. */
  readonly dayNumber: number;
  /** Nanoseconds the wall clock shows past midnight (not elapsed time: they differ after a zone change). */
  readonly nsOfDay: Ns;
  /** Eastern minus UTC, negative. */
  readonly offsetNs: Ns;
}

interface OffsetSegment {
  readonly fromNs: Ns;
  readonly toNs: Ns;
  readonly offsetNs: Ns;
}

const ZONE = IANAZone.create('America/New_York');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const segmentsByYear = new Map<number, readonly OffsetSegment[]>();
let latest: OffsetSegment = { fromNs: 0n, toNs: 0n, offsetNs: 0n };

/** Eastern offset from UTC at an instant, in nanoseconds (−5 h or −4 h in our years). */
export function easternOffsetNs(ns: Ns): Ns {
  // Executions arrive nearly in order, so the last answer is nearly always this one too.
  if (ns >= latest.fromNs && ns < latest.toNs) return latest.offsetNs;
  const year = new Date(Number(floorDivide(ns, NS_PER_MS))).getUTCFullYear();
  let segments = segmentsByYear.get(year);
  if (segments === undefined) {
    segments = findSegments(year);
    segmentsByYear.set(year, segments);
  }
  for (const segment of segments) {
    if (ns < segment.toNs) {
      latest = segment;
      break;
    }
  }
  return latest.offsetNs;
}

/** Date, time of day and offset on the wall in New York. */
export function easternWall(ns: Ns): EasternWall {
  const offsetNs = easternOffsetNs(ns);
  const wallNs = ns + offsetNs;
  const day = floorDivide(wallNs, NS_PER_DAY);
  const dayNumber = Number(day);
  return { date: dateFromDayNumber(dayNumber), dayNumber, nsOfDay: wallNs - day * NS_PER_DAY, offsetNs };
}

/** Days since 1970-01-01 on the Eastern calendar; the cheap key for anything kept per day. */
export function easternDayNumber(ns: Ns): number {
  return Number(floorDivide(ns + easternOffsetNs(ns), NS_PER_DAY));
}

/** Eastern calendar date of an instant. */
export function easternDate(ns: Ns): EasternDate {
  return dateFromDayNumber(easternDayNumber(ns));
}

/**
 * Instant at which the wall in New York shows `nsOfDay` on `date`; `null` for a date that does not exist.
 * A time skipped in spring is read an hour later (02:30 means 03:30 EDT); one shown twice in autumn is the first.
 */
export function nsFromEastern(date: EasternDate, nsOfDay: Ns): Ns | null {
  const dayNumber = dayNumberFromDate(date);
  return dayNumber === null ? null : nsFromEasternDay(dayNumber, nsOfDay);
}

/** As `nsFromEastern`, from a day number that is known to be a day. */
export function nsFromEasternDay(dayNumber: number, nsOfDay: Ns): Ns {
  const wallNs = BigInt(dayNumber) * NS_PER_DAY + nsOfDay;
  // A zone changes its offset at most once within any two days, so the offset of the day before and of the
  // day after are the only candidates; the larger one gives the earlier instant.
  const before = easternOffsetNs(wallNs - NS_PER_DAY);
  const after = easternOffsetNs(wallNs + NS_PER_DAY);
  if (before === after) return wallNs - before;
  const withBefore = wallNs - before;
  if (easternOffsetNs(withBefore) === before) return withBefore;
  const withAfter = wallNs - after;
  // Neither fits inside the spring gap: the wall never showed this time, and the old offset moves it on.
  return easternOffsetNs(withAfter) === after ? withAfter : withBefore;
}

/** `2026-03-06` from days since 1970-01-01. */
export function dateFromDayNumber(dayNumber: number): EasternDate {
  // Asked several times per execution, nearly always about today; writing it out anew was a tenth of a decision.
  if (dayNumber !== latestDate.dayNumber) {
    latestDate = { dayNumber, text: new Date(dayNumber * 86_400_000).toISOString().slice(0, 10) };
  }
  return latestDate.text;
}

let latestDate: { readonly dayNumber: number; readonly text: EasternDate } = {
  dayNumber: 0,
  text: '1970-01-01',
};

/** Days since 1970-01-01, or `null` where the text is no real calendar date in the form `YYYY-MM-DD`. */
export function dayNumberFromDate(date: EasternDate): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) return null;
  const dayNumber = ms / 86_400_000;
  return dateFromDayNumber(dayNumber) === date ? dayNumber : null;
}

/** ISO weekday, 1 Monday to 7 Sunday. */
export function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `Fri 2026-03-06 18:45:00.000000000 ET`, as a person in New York would read the instant. */
export function easternText(ns: Ns): string {
  const wall = easternWall(ns);
  return `${WEEKDAYS[weekdayOf(wall.dayNumber) - 1]} ${wall.date} ${timeOfDayText(wall.nsOfDay)} ET`;
}

/** `18:45:00.000000000` from nanoseconds past midnight. */
export function timeOfDayText(nsOfDay: Ns): string {
  const seconds = Number(nsOfDay / NS_PER_SECOND);
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  const hours = two(Math.floor(seconds / 3600));
  const minutes = two(Math.floor(seconds / 60) % 60);
  const fraction = String(nsOfDay % NS_PER_SECOND).padStart(9, '0');
  return `${hours}:${minutes}:${two(seconds % 60)}.${fraction}`;
}

/** All stretches of constant offset in one UTC year; zone changes fall on whole UTC hours (since 1883), and one a day at most. */
function findSegments(year: number): readonly OffsetSegment[] {
  const edgesMs = [Date.UTC(year, 0, 1)];
  const endMs = Date.UTC(year + 1, 0, 1);
  for (let dayMs = Date.UTC(year, 0, 1); dayMs < endMs; dayMs += DAY_MS) {
    const minutes = ZONE.offset(dayMs);
    if (ZONE.offset(dayMs + DAY_MS) === minutes) continue;
    let changeMs = dayMs + HOUR_MS;
    while (ZONE.offset(changeMs) === minutes) changeMs += HOUR_MS;
    edgesMs.push(changeMs);
  }
  return edgesMs.map((fromMs, index) => ({
    fromNs: BigInt(fromMs) * NS_PER_MS,
    toNs: BigInt(edgesMs[index + 1] ?? endMs) * NS_PER_MS,
    // Before 1883 New York kept its own sun's time, a broken number of minutes: an execution so dated is bad input, no crash.
    offsetNs: BigInt(Math.round(ZONE.offset(fromMs) * 60)) * NS_PER_SECOND,
  }));
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}

const WALL_TIME = /^([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?$/;

/** Nanoseconds past midnight from `16:00` or `16:00:05`; `24:00` is the end of the day; `null` for anything else. */
export function nsOfDayFromText(text: string): Ns | null {
  const match = WALL_TIME.exec(text);
  if (match === null) return null;
  const [, hour, minute, second = '0'] = match;
  const ns =
    BigInt(Number(hour)) * NS_PER_HOUR +
    BigInt(Number(minute)) * NS_PER_MINUTE +
    BigInt(Number(second)) * NS_PER_SECOND;
  return ns <= NS_PER_DAY ? ns : null;
}
