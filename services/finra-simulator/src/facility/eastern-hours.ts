import { DateTime } from 'luxon';

const NEW_YORK = 'America/New_York';
const NS_PER_MS = 1_000_000n;
const MS_PER_HOUR = 3_600_000;

export interface EasternTime {
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly minuteOfDay: number;
  readonly weekend: boolean;
}

// The offset from UTC only changes on the hour: one look at the zone's tables serves every report of that hour.
let cachedHour = Number.NaN;
let cachedOffsetMs = 0;

/** The facility's own reading of the clock on the wall. */
export function easternOf(ns: bigint): EasternTime {
  const epochMs = Number(ns / NS_PER_MS);
  const hour = Math.floor(epochMs / MS_PER_HOUR);
  if (hour !== cachedHour) {
    cachedOffsetMs = DateTime.fromMillis(hour * MS_PER_HOUR, { zone: NEW_YORK }).offset * 60_000;
    cachedHour = hour;
  }
  const local = new Date(epochMs + cachedOffsetMs);
  const weekday = local.getUTCDay();
  return {
    date: local.toISOString().slice(0, 10).replaceAll('-', ''),
    minuteOfDay: local.getUTCHours() * 60 + local.getUTCMinutes(),
    weekend: weekday === 0 || weekday === 6,
  };
}

/** `HH:MM` as minutes since midnight. */
export function minutesOf(text: string): number {
  const [hour = '0', minute = '0'] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}
