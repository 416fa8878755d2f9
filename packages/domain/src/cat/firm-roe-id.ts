import type { Ns } from '../ns.ts';
import { easternDate } from './eastern-time.ts';

declare const brand: unique symbol;
/** The firm's id of one reportable event: `YYYYMMDD_…`, at most 64 characters. */
export type FirmRoeId = string & { readonly [brand]: 'FirmRoeId' };

/**
 * `<Eastern event date>_<subject>`. The subject is what stays the same through corrections (the lineage): a COR or
 * RPR must carry the id of the record it replaces. Deterministic, so a replay makes the same record.
 * The date must equal the Eastern date of eventTimestamp (errors 2032, 2033).
 */
export function firmRoeId(subject: string, eventNs: Ns): FirmRoeId {
  if (!/^[\x21-\x7e]{1,55}$/.test(subject) || /[,|"@]/.test(subject)) {
    throw new RangeError(`not usable in a firmROEID: ${subject.slice(0, 80)}`);
  }
  return `${easternDate(eventNs)}_${subject}` as FirmRoeId;
}

/** Takes an id apart; null where it was not made here. */
export function parseFirmRoeId(text: string): { readonly date: string; readonly subject: string } | null {
  const match = /^(\d{8})_([\x21-\x7e]{1,55})$/.exec(text);
  return match === null ? null : { date: match[1] ?? '', subject: match[2] ?? '' };
}
