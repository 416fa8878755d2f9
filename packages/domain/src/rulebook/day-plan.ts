/**
 * What a facility's day looks like: which rules hold on a kind of day at a date, in the order of the clock.
 * Built once per kind of day and period of the rulebook, then shared by all such days, so that a decision in
 * the steady state only looks up.
 */
import { dateFromDayNumber, type EasternDate, weekdayOf } from '../calendar/eastern.ts';
import type { Facility, SymbolClass } from '../facility.ts';
import { NS_PER_DAY, type Ns } from '../ns.ts';
import { type Certainty, inForce, weakest } from './entry.ts';
import type {
  CalendarRule,
  ClosingRule,
  DayKind,
  DeadlineRule,
  EdgeRule,
  HoursRule,
  Rulebook,
  SessionRule,
  WallMark,
} from './rulebook.ts';
import { tradeDayRule } from './trade-day.ts';

/** A stretch of the day, `[from, to)` on the wall, and the rule that gives the deadline of what is executed in it. */
export interface Band {
  readonly fromNsOfDay: Ns;
  readonly toNsOfDay: Ns;
  readonly rule: DeadlineRule;
  /** The rule's own, weakened by the facility's hours where the band is bounded or reckoned by them. */
  readonly certainty: Certainty;
}

export interface Edge {
  readonly atNsOfDay: Ns;
  readonly rule: EdgeRule;
}

export interface DayPlan {
  readonly kind: DayKind;
  /** Where the trade date begins: midnight, or negative on the evening before. It ends 24 hours later. */
  readonly beginsNsOfDay: Ns;
  /** `null` where the facility does not open. */
  readonly hours: HoursRule | null;
  readonly bands: readonly Band[];
  readonly sessions: readonly SessionRule[];
  readonly edges: readonly Edge[];
  readonly closing: ClosingRule | null;
}

/** One day at one facility for one class of security. */
export interface FacilityDay {
  readonly dayNumber: number;
  readonly date: EasternDate;
  readonly calendar: CalendarRule;
  readonly plan: DayPlan;
}

/** The rules of a kind of day as in force on `date`. */
export function planDay(
  rulebook: Rulebook,
  facility: Facility,
  symbolClass: SymbolClass,
  kind: DayKind,
  date: EasternDate,
): DayPlan {
  const here = <Rule extends { facilities: readonly Facility[] } & Parameters<typeof inForce>[0]>(
    rule: Rule,
  ) => rule.facilities.includes(facility) && inForce(rule, date);
  const hours = rulebook.hours.find((rule) => here(rule) && rule.days.includes(kind)) ?? null;
  const mark = (at: WallMark): Ns | null => {
    if (at === 'OPEN') return hours?.opensNsOfDay ?? null;
    return at === 'CLOSE' ? (hours?.closesNsOfDay ?? null) : at;
  };
  const beginsNsOfDay = tradeDayRule(rulebook, facility, date)?.beginsNsOfDay ?? 0n;
  const bands: Band[] = [];
  for (const rule of rulebook.deadlines) {
    if (!here(rule) || !rule.symbolClasses.includes(symbolClass) || !rule.days.includes(kind)) continue;
    bands.push({
      fromNsOfDay: mark(rule.from) ?? beginsNsOfDay,
      toNsOfDay: mark(rule.to) ?? beginsNsOfDay + NS_PER_DAY,
      rule,
      certainty: weakest(
        rule.certainty,
        weakest(boundCertainty(rule.from, hours), boundCertainty(rule.to, hours)),
      ),
    });
  }
  const edges: Edge[] = [];
  for (const rule of rulebook.edges) {
    const atNsOfDay = here(rule) && kind !== 'CLOSED' ? mark(rule.at) : null;
    if (atNsOfDay !== null) edges.push({ atNsOfDay, rule });
  }
  return {
    kind,
    beginsNsOfDay,
    hours,
    bands: bands.sort((a, b) => compareNs(a.fromNsOfDay, b.fromNsOfDay)),
    sessions: rulebook.sessions
      .filter((rule) => here(rule) && rule.days.includes(kind))
      .sort((a, b) => compareNs(a.fromNsOfDay, b.fromNsOfDay)),
    edges,
    closing: rulebook.closings.find(here) ?? null,
  };
}

/** A band bounded by the facility's opening or closing is no surer than that. */
function boundCertainty(at: WallMark, hours: HoursRule | null): Certainty {
  if (hours === null || typeof at !== 'string') return 'verified';
  return at === 'OPEN' ? hours.certainty : hours.closingCertainty;
}

function compareNs(a: Ns, b: Ns): number {
  return a < b ? -1 : 1;
}

/** Days already looked at, per rulebook; a rulebook never changes, so neither do they. */
const known = new WeakMap<Rulebook, Map<string, Map<number, FacilityDay>>>();
const plans = new WeakMap<Rulebook, Map<string, DayPlan>>();

/** The day, or `null` where the rulebook does not cover it. `dayNumber` counts Eastern days since 1970-01-01. */
export function facilityDay(
  rulebook: Rulebook,
  facility: Facility,
  symbolClass: SymbolClass,
  dayNumber: number,
): FacilityDay | null {
  const days = mapIn(mapIn(known, rulebook), `${facility} ${symbolClass}`);
  const found = days.get(dayNumber);
  if (found !== undefined) return found;
  const date = dateFromDayNumber(dayNumber);
  if (date < rulebook.effectiveFrom || date > rulebook.effectiveTo) return null;
  const calendar = calendarRule(rulebook, facility, dayNumber, date);
  if (calendar === null) return null;
  const key = `${facility} ${symbolClass} ${calendar.kind} ${periodOf(rulebook, date)}`;
  const kept = mapIn(plans, rulebook);
  const plan = kept.get(key) ?? planDay(rulebook, facility, symbolClass, calendar.kind, date);
  kept.set(key, plan);
  const day = { dayNumber, date, calendar, plan };
  days.set(dayNumber, day);
  return day;
}

/** What the calendar says of a date: a rule for the date itself, otherwise the one for its weekday. */
export function calendarRule(
  rulebook: Rulebook,
  facility: Facility,
  dayNumber: number,
  date: EasternDate,
): CalendarRule | null {
  const weekday = weekdayOf(dayNumber);
  let ordinary: CalendarRule | null = null;
  for (const rule of rulebook.calendar) {
    if (!rule.facilities.includes(facility) || !inForce(rule, date)) continue;
    if (rule.date === date) return rule;
    if (rule.date === null && rule.weekdays.includes(weekday)) ordinary = rule;
  }
  return ordinary;
}

const periodStarts = new WeakMap<Rulebook, readonly EasternDate[]>();

/** Dates on which any rule but the calendar's begins or has just ended: between two of them nothing changes. */
export function periodsOf(rulebook: Rulebook): readonly EasternDate[] {
  const found = periodStarts.get(rulebook);
  if (found !== undefined) return found;
  const starts = new Set<EasternDate>([rulebook.effectiveFrom]);
  const dated = [
    ...rulebook.facilities,
    ...rulebook.tradeDays,
    ...rulebook.hours,
    ...rulebook.sessions,
    ...rulebook.deadlines,
    ...rulebook.edges,
    ...rulebook.closings,
    ...rulebook.undoDeadlines,
    ...rulebook.undoActions,
    ...rulebook.correctables,
    ...rulebook.contras,
    ...rulebook.exemptions,
    ...rulebook.duties,
    ...rulebook.hoursMarks,
    ...rulebook.modifiers,
    ...rulebook.reportTypes,
    ...rulebook.wires,
  ];
  for (const rule of dated) {
    starts.add(rule.effectiveFrom);
    if (rule.effectiveTo !== null) starts.add(dayAfter(rule.effectiveTo));
  }
  const sorted = [...starts]
    .filter((date) => date >= rulebook.effectiveFrom && date <= rulebook.effectiveTo)
    .sort();
  periodStarts.set(rulebook, sorted);
  return sorted;
}

function periodOf(rulebook: Rulebook, date: EasternDate): number {
  return periodsOf(rulebook).findLastIndex((start) => start <= date);
}

function dayAfter(date: EasternDate): EasternDate {
  return dateFromDayNumber(Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 1);
}

/** The map kept under a key, made when first asked for. */
function mapIn<Key, Inner, Value>(
  outer: { get(key: Key): Map<Inner, Value> | undefined; set(key: Key, map: Map<Inner, Value>): unknown },
  key: Key,
): Map<Inner, Value> {
  const found = outer.get(key);
  if (found !== undefined) return found;
  const made = new Map<Inner, Value>();
  outer.set(key, made);
  return made;
}
