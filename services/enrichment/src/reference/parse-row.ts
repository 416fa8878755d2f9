import { FACILITIES, type Facility, type Ns, nsFromRfc3339, SYMBOL_CLASSES } from '@tapeclock/domain';
import {
  type Halt,
  MPID_KINDS,
  type MpidRow,
  type ReferenceRows,
  type Route,
  type Security,
} from './rows.ts';

/** A row of reference data that cannot be used. `place` names file and line, or the event. */
export class ReferenceDataError extends Error {
  readonly code = 'REFERENCE_ROW_UNREADABLE';
  readonly place: string;

  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.name = 'ReferenceDataError';
    this.place = place;
  }
}

type Cells = Readonly<Record<string, unknown>>;

/** Readers of one row each, from parsed JSON or CSV cells. They throw `ReferenceDataError`; nothing is guessed. */
export const parseRow = {
  securities(cells: Cells, place: string): Security {
    return {
      symbol: text(cells, 'symbol', place),
      name: text(cells, 'name', place),
      symbolClass: oneOf(SYMBOL_CLASSES, cells, 'class', place),
      exchange: text(cells, 'exchange', place),
      tape: optional(cells.tape) === null ? null : oneOf(['A', 'B', 'C'] as const, cells, 'tape', place),
      roundLot: positiveInteger(cells, 'roundLot', place),
      status: oneOf(['ACTIVE', 'SUSPENDED'] as const, cells, 'status', place),
      listedFromNs: day(cells, 'listedFrom', place),
      delistedFromNs: optional(cells.delistedFrom) === null ? null : day(cells, 'delistedFrom', place),
    };
  },
  mpids(cells: Cells, place: string): MpidRow {
    return {
      mpid: text(cells, 'mpid', place),
      firm: text(cells, 'firm', place),
      kind: oneOf(MPID_KINDS, cells, 'kind', place),
      clearingNumber: text(cells, 'clearingNumber', place),
      facilities: facilities(cells, place),
      effectiveFromNs: day(cells, 'effectiveFrom', place),
      effectiveToNs: optional(cells.effectiveTo) === null ? null : day(cells, 'effectiveTo', place),
    };
  },
  halts(cells: Cells, place: string): Halt {
    const fromNs = instant(cells, 'from', place);
    const toNs = optional(cells.to) === null ? null : instant(cells, 'to', place);
    if (toNs !== null && toNs < fromNs) throw new ReferenceDataError(place, 'halt ends before it begins');
    return { symbol: text(cells, 'symbol', place), code: text(cells, 'code', place), fromNs, toNs };
  },
  routing(cells: Cells, place: string): Route {
    return {
      mpid: text(cells, 'mpid', place),
      symbolClass: oneOf(SYMBOL_CLASSES, cells, 'class', place),
      preferred: oneOf(FACILITIES, cells, 'preferred', place),
      second: optional(cells.second) === null ? null : oneOf(FACILITIES, cells, 'second', place),
    };
  },
} as const satisfies {
  readonly [Table in keyof ReferenceRows]: (cells: Cells, place: string) => ReferenceRows[Table][number];
};

function optional(value: unknown): unknown {
  return value === undefined || value === null || value === '' ? null : value;
}

function text(cells: Cells, name: string, place: string): string {
  const value = cells[name];
  if (typeof value !== 'string' || value === '') throw new ReferenceDataError(place, `${name} must be text`);
  return value;
}

function oneOf<const Value extends string>(
  allowed: readonly Value[],
  cells: Cells,
  name: string,
  place: string,
): Value {
  const value = allowed.find((candidate) => candidate === cells[name]);
  if (value === undefined)
    throw new ReferenceDataError(place, `${name} must be one of ${allowed.join(', ')}`);
  return value;
}

function positiveInteger(cells: Cells, name: string, place: string): number {
  const value = Number(cells[name]);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new ReferenceDataError(place, `${name} must be 1 or more`);
  return value;
}

function facilities(cells: Cells, place: string): readonly Facility[] {
  const listed = cells.facilities;
  if (!Array.isArray(listed)) throw new ReferenceDataError(place, 'facilities must be a list');
  return listed.map((item: unknown) => oneOf(FACILITIES, { facility: item }, 'facility', place));
}

/**
 * A day begins at midnight Eastern standard time. In summer that is 1 a.m. on the wall; no session of any facility
 * spans that hour, so no trade can fall on the wrong side of it.
 */
function day(cells: Cells, name: string, place: string): Ns {
  const ns = nsFromRfc3339(`${text(cells, name, place)}T00:00:00-05:00`);
  if (ns === null) throw new ReferenceDataError(place, `${name} must be a date like 2025-03-04`);
  return ns;
}

function instant(cells: Cells, name: string, place: string): Ns {
  const ns = nsFromRfc3339(text(cells, name, place));
  if (ns === null) throw new ReferenceDataError(place, `${name} must be an RFC 3339 instant`);
  return ns;
}
