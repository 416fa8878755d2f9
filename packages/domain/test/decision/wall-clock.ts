/** The wall in New York by luxon alone, so that a property does not ask the code that it tries. */
import { DateTime } from 'luxon';

export interface Wall {
  readonly date: string;
  readonly nsOfDay: bigint;
}

export function wallOf(ns: bigint): Wall {
  const local = DateTime.fromMillis(Number(ns / 1_000_000n), { zone: 'America/New_York' });
  const ms = BigInt(((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.millisecond);
  return { date: local.toISODate() ?? '', nsOfDay: ms * 1_000_000n + (ns % 1_000_000n) };
}

/** The instant of a wall time that exists once on its date. */
export function nsOf(date: string, nsOfDay: bigint): bigint {
  const hours = Number(nsOfDay / 3_600_000_000_000n);
  const local = DateTime.fromISO(date, { zone: 'America/New_York' }).set({ hour: Math.min(hours, 23) });
  const rest = nsOfDay - BigInt(Math.min(hours, 23)) * 3_600_000_000_000n;
  return BigInt(local.toMillis()) * 1_000_000n + rest;
}

export function daysAfter(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? '';
}

export function weekday(date: string): number {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday;
}
