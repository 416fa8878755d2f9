import { NS_PER_SECOND, type Ns, nsFromUtcParts } from '@tapeclock/domain';
import { DOT, MINUS, ZERO } from './ascii.ts';

const COLON = 0x3a;
const WHOLE_SECONDS_BYTES = 17;
const FRACTION_DIGITS_MAX = 12;
const NS_DIGITS = 9;

/**
 * Reads a UTCTimestamp, `YYYYMMDD-HH:MM:SS` with 0–12 fraction digits (finer than nanoseconds is cut, never
 * rounded). `null` for anything else, 30 February and a leap second included.
 */
export function parseUtcTimestamp(bytes: Uint8Array, from: number, to: number): Ns | null {
  const length = to - from;
  if (length < WHOLE_SECONDS_BYTES) return null;
  if (bytes[from + 8] !== MINUS || bytes[from + 11] !== COLON || bytes[from + 14] !== COLON) return null;
  const year = digits(bytes, from, 4);
  const month = digits(bytes, from + 4, 2);
  const day = digits(bytes, from + 6, 2);
  const hour = digits(bytes, from + 9, 2);
  const minute = digits(bytes, from + 12, 2);
  const second = digits(bytes, from + 15, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const midnightNs = midnight(year, month, day);
  if (midnightNs === null) return null;
  // Nanoseconds of a day fit a double exactly, so that one bigint is made, not four.
  const secondOfDayNs = ((hour * 60 + minute) * 60 + second) * 1_000_000_000;
  if (length === WHOLE_SECONDS_BYTES) return midnightNs + BigInt(secondOfDayNs);
  const fractionDigits = length - WHOLE_SECONDS_BYTES - 1;
  if (bytes[from + WHOLE_SECONDS_BYTES] !== DOT || fractionDigits < 1) return null;
  if (fractionDigits > FRACTION_DIGITS_MAX) return null;
  let fractionNs = 0;
  for (let i = 0; i < Math.max(fractionDigits, NS_DIGITS); i += 1) {
    const digit = i < fractionDigits ? (bytes[from + WHOLE_SECONDS_BYTES + 1 + i] as number) - ZERO : 0;
    if (digit < 0 || digit > 9) return null;
    if (i < NS_DIGITS) fractionNs = fractionNs * 10 + digit;
  }
  return midnightNs + BigInt(secondOfDayNs + fractionNs);
}

let lastDate = 0;
let lastMidnightNs: Ns | null = null;

/** Nearly all times that come are of one day, so the last one is remembered. */
function midnight(year: number, month: number, day: number): Ns | null {
  const date = (year * 100 + month) * 100 + day;
  if (date !== lastDate) {
    lastMidnightNs = nsFromUtcParts(year, month, day, 0, 0, 0);
    lastDate = date;
  }
  return lastMidnightNs;
}

/** −1 where one of them is no digit. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i += 1) {
    const digit = (bytes[i] as number) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Digits behind the second: whole seconds, milliseconds (FIX 4.2 and 4.4), microseconds or nanoseconds. */
export type FractionDigits = 0 | 3 | 6 | 9;

const MS_PER_SECOND = 1000;

/** Writes a UTCTimestamp; what is finer than `fractionDigits` is cut. */
export function formatUtcTimestamp(ns: Ns, fractionDigits: FractionDigits): string {
  const fractionNs = ((ns % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND;
  const epochSeconds = Number((ns - fractionNs) / NS_PER_SECOND);
  const iso = new Date(epochSeconds * MS_PER_SECOND).toISOString();
  const whole = `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}-${iso.slice(11, 19)}`;
  if (fractionDigits === 0) return whole;
  return `${whole}.${fractionNs.toString().padStart(NS_DIGITS, '0').slice(0, fractionDigits)}`;
}
