/** Places an instant on the wall clock of its day at a facility: kind of day, band, session, open or not. */
import { nsFromEasternDay } from '../calendar/eastern.ts';
import type { Facility, SymbolClass } from '../facility.ts';
import type { Ns } from '../ns.ts';
import { type Band, type FacilityDay, facilityDay } from '../rulebook/day-plan.ts';
import { type Certainty, weakest } from '../rulebook/entry.ts';
import type { EdgeRule, Rulebook, SessionRule } from '../rulebook/rulebook.ts';
import { tradeDay } from '../rulebook/trade-day.ts';

export interface Placed {
  readonly atNs: Ns;
  /** The day of its trade date. */
  readonly day: FacilityDay;
  /** Past midnight of that day; negative on the evening before, where the trade date begins there. */
  readonly nsOfDay: Ns;
  /** The facility takes reports at this instant. */
  readonly open: boolean;
  /** Set when the instant is the very edge of a band, and then which choice placed it. */
  readonly edge: EdgeRule | null;
  readonly band: Band;
  readonly session: SessionRule;
}

/** `null` where the rulebook does not cover the day. */
export function placeInstant(
  rulebook: Rulebook,
  facility: Facility,
  symbolClass: SymbolClass,
  atNs: Ns,
): Placed | null {
  const at = tradeDay(rulebook, facility, atNs);
  const day = facilityDay(rulebook, facility, symbolClass, at.dayNumber);
  if (day === null) return null;
  const edge = day.plan.edges.find((candidate) => candidate.atNsOfDay === at.nsOfDay)?.rule ?? null;
  // Bands are half-open; an edge that belongs to the earlier band is looked up a nanosecond before itself.
  const lookupNs = edge?.belongsTo === 'EARLIER' ? at.nsOfDay - 1n : at.nsOfDay;
  const band = day.plan.bands.find((candidate) => lookupNs < candidate.toNsOfDay);
  const session = day.plan.sessions.find((candidate) => lookupNs < candidate.toNsOfDay);
  if (band === undefined || session === undefined) return null;
  const { hours } = day.plan;
  const open = hours !== null && lookupNs >= hours.opensNsOfDay && lookupNs < hours.closesNsOfDay;
  return { atNs, day, nsOfDay: at.nsOfDay, open, edge, band, session };
}

/** The business day after a day, and how sure the calendar is of it and of every day passed over. */
export interface NextBusinessDay {
  readonly day: FacilityDay;
  readonly certainty: Certainty;
}

/** `null` where the rulebook ends first. */
export function nextBusinessDay(
  rulebook: Rulebook,
  facility: Facility,
  symbolClass: SymbolClass,
  from: FacilityDay,
): NextBusinessDay | null {
  let certainty: Certainty = 'verified';
  for (let dayNumber = from.dayNumber + 1; ; dayNumber += 1) {
    const day = facilityDay(rulebook, facility, symbolClass, dayNumber);
    if (day === null) return null;
    certainty = weakest(certainty, day.calendar.certainty);
    if (day.plan.hours !== null) return { day, certainty };
  }
}

/** Opening of a day on which the facility opens. */
export function openingNs(day: FacilityDay): Ns | null {
  const { hours } = day.plan;
  return hours === null ? null : nsFromEasternDay(day.dayNumber, hours.opensNsOfDay);
}

/** Closing of a day on which the facility opens; the facility no longer takes reports at this instant. */
export function closingNs(day: FacilityDay): Ns | null {
  const { hours } = day.plan;
  return hours === null ? null : nsFromEasternDay(day.dayNumber, hours.closesNsOfDay);
}
