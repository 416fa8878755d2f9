import type { Ns, SymbolClass } from '@tapeclock/domain';
import type { ReferenceUpdated } from '@tapeclock/schemas';
import { parseCells, type ReferenceBase } from './parse-files.ts';
import { parseRow, ReferenceDataError } from './parse-row.ts';
import { type Halt, haltKey, keyOf, type MpidRow, type Route, routeKey, type Security } from './rows.ts';
import { VersionedTable } from './versioned-table.ts';

/** What validation and routing may ask. Every answer is as of the execution, never as of now. */
export interface ReferenceView {
  /** Names the files and how many updates were taken: the same version gives the same answers. */
  readonly version: string;
  security(symbol: string, atNs: Ns): Security | null;
  mpid(mpid: string, atNs: Ns): MpidRow | null;
  /** The halt that covers `atNs`, or null. */
  haltAt(symbol: string, atNs: Ns): Halt | null;
  /** The MPID's own route, else the route of `*`. */
  route(mpid: string, symbolClass: SymbolClass, atNs: Ns): Route | null;
}

/** Reference data in memory: the files first, then the updates in the order of their topic. */
export class ReferenceBook implements ReferenceView {
  readonly #base: string;
  readonly #securities = new VersionedTable<Security>();
  readonly #mpids = new VersionedTable<MpidRow>();
  readonly #routes = new VersionedTable<Route>();
  /** By symbol, then by halt key: few halts per symbol, so a scan is enough. */
  readonly #halts = new Map<string, Map<string, Halt>>();
  #updates = 0;

  constructor(base: ReferenceBase) {
    this.#base = base.version;
    // The files hold from the beginning of time; listing and effective dates are part of the rows themselves.
    for (const row of base.rows.securities) this.#securities.set(keyOf.securities(row), 0n, row);
    for (const row of base.rows.mpids) this.#mpids.set(keyOf.mpids(row), 0n, row);
    for (const row of base.rows.routing) this.#routes.set(keyOf.routing(row), 0n, row);
    for (const row of base.rows.halts) this.#setHalt(row);
  }

  get version(): string {
    return `${this.#base}+${this.#updates}`;
  }

  security(symbol: string, atNs: Ns): Security | null {
    return this.#securities.at(symbol, atNs);
  }

  mpid(mpid: string, atNs: Ns): MpidRow | null {
    return this.#mpids.at(mpid, atNs);
  }

  haltAt(symbol: string, atNs: Ns): Halt | null {
    const halts = this.#halts.get(symbol);
    if (halts === undefined) return null;
    for (const halt of halts.values()) {
      if (halt.fromNs <= atNs && (halt.toNs === null || atNs < halt.toNs)) return halt;
    }
    return null;
  }

  route(mpid: string, symbolClass: SymbolClass, atNs: Ns): Route | null {
    return (
      this.#routes.at(routeKey(mpid, symbolClass), atNs) ?? this.#routes.at(routeKey('*', symbolClass), atNs)
    );
  }

  /** Symbols of the security master, in file order. */
  symbols(): readonly string[] {
    return [...this.#securities.keys];
  }

  /** Takes one update. Throws `ReferenceDataError` and changes nothing when the update cannot be used. */
  apply(update: ReferenceUpdated): void {
    const place = `ReferenceUpdated ${update.meta.eventId}`;
    if (update.op !== 'UPSERT' && update.op !== 'DELETE') {
      throw new ReferenceDataError(place, `op must be UPSERT or DELETE, not ${update.op}`);
    }
    const deleting = update.op === 'DELETE';
    const cells = deleting ? {} : parseCells(update.row, place);
    switch (update.table) {
      case 'securities':
        this.#securities.set(
          update.key,
          update.effectiveNs,
          deleting ? null : sameKey(update, keyOf.securities, parseRow.securities(cells, place), place),
        );
        break;
      case 'mpids':
        this.#mpids.set(
          update.key,
          update.effectiveNs,
          deleting ? null : sameKey(update, keyOf.mpids, parseRow.mpids(cells, place), place),
        );
        break;
      case 'routing':
        this.#routes.set(
          update.key,
          update.effectiveNs,
          deleting ? null : sameKey(update, keyOf.routing, parseRow.routing(cells, place), place),
        );
        break;
      case 'halts':
        // A halt carries its own interval; deleting one means that it was entered in error.
        if (deleting) this.#halts.get(update.key.slice(0, update.key.lastIndexOf('@')))?.delete(update.key);
        else this.#setHalt(sameKey(update, keyOf.halts, parseRow.halts(cells, place), place));
        break;
      default:
        throw new ReferenceDataError(place, `table ${update.table} is not known`);
    }
    this.#updates += 1;
  }

  #setHalt(halt: Halt): void {
    const halts = this.#halts.get(halt.symbol) ?? new Map<string, Halt>();
    halts.set(haltKey(halt.symbol, halt.fromNs), halt);
    this.#halts.set(halt.symbol, halts);
  }
}

/** A row filed under another row's key would be found by nobody; better refused than lost. */
function sameKey<Row>(update: ReferenceUpdated, key: (row: Row) => string, row: Row, place: string): Row {
  if (key(row) !== update.key)
    throw new ReferenceDataError(place, `key is ${update.key}, row says ${key(row)}`);
  return row;
}
