/**
 * What can happen on one day, densely enough that no change of the rules slips through: every minute, and on
 * either side of every edge that either version knows, at each facility and for each security it takes.
 */
import { dayNumberFromDate, type EasternDate, nsFromEasternDay } from '../calendar/eastern.ts';
import type { Question, QuestionKind } from '../decision/question.ts';
import { FACILITIES, type Facility, SYMBOL_CLASSES, type SymbolClass } from '../facility.ts';
import { NS_PER_DAY, NS_PER_MINUTE, NS_PER_SECOND, type Ns } from '../ns.ts';
import { facilityDay } from '../rulebook/day-plan.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';

/** Around an edge: ten seconds and a nanosecond before it to a nanosecond after. */
const AROUND = [-10n * NS_PER_SECOND - 1n, -10n * NS_PER_SECOND, -1n, 0n, 1n];
const MINUTES = 24n * 60n;
const UNDO_STEP = 15n;

/** Questions about the Eastern date `date`, in the order of facility, security, kind and time. Empty for no date. */
export function dayCases(date: EasternDate, rulebooks: readonly Rulebook[]): readonly Question[] {
  const dayNumber = dayNumberFromDate(date);
  if (dayNumber === null) return [];
  const cases: Question[] = [];
  for (const facility of FACILITIES) {
    for (const symbolClass of SYMBOL_CLASSES) {
      const noonNs = nsFromEasternDay(dayNumber, NS_PER_DAY / 2n);
      if (!rulebooks.some((rulebook) => takes(rulebook, facility, symbolClass))) {
        cases.push({ kind: 'new', facility, symbolClass, executedNs: noonNs });
        continue;
      }
      const instants = instantsOf(rulebooks, facility, symbolClass, dayNumber);
      const place = { facility, symbolClass };
      const ask = (kind: QuestionKind, executedNs: Ns, rest: Partial<Question> = {}) =>
        cases.push({ kind, ...place, executedNs, ...rest });
      for (const executedNs of instants) ask('new', executedNs);
      for (const executedNs of instants) ask('new', executedNs, { reportType: 'NON_TAPE' });
      for (const executedNs of instants) ask('contra', executedNs);
      const quarters = instants.filter((at) => (at / NS_PER_MINUTE) % UNDO_STEP === 0n);
      for (const kind of ['cancel', 'correct'] as const) {
        // Undone at every hour what was executed in the morning, at noon, and on the days before.
        for (const executedNs of [
          noonNs - 4n * 60n * NS_PER_MINUTE,
          noonNs,
          noonNs - NS_PER_DAY,
          noonNs - 3n * NS_PER_DAY,
        ]) {
          for (const eventNs of quarters) {
            if (eventNs > executedNs)
              ask(kind, executedNs, { eventNs, originalReportedNs: executedNs + NS_PER_SECOND });
          }
        }
      }
    }
  }
  return cases;
}

function takes(rulebook: Rulebook, facility: Facility, symbolClass: SymbolClass): boolean {
  return rulebook.facilities.some((rule) => rule.facility === facility && rule.takes.includes(symbolClass));
}

function instantsOf(
  rulebooks: readonly Rulebook[],
  facility: Facility,
  symbolClass: SymbolClass,
  dayNumber: number,
): readonly Ns[] {
  const startNs = nsFromEasternDay(dayNumber, 0n);
  const endNs = nsFromEasternDay(dayNumber + 1, 0n);
  const found = new Set<Ns>();
  for (let minute = 0n; minute < MINUTES; minute += 1n) {
    found.add(nsFromEasternDay(dayNumber, minute * NS_PER_MINUTE));
  }
  for (const rulebook of rulebooks) {
    // A trade date that begins on the evening before has edges of its own on this day.
    for (const day of [dayNumber, dayNumber + 1]) {
      const plan = facilityDay(rulebook, facility, symbolClass, day)?.plan;
      if (plan === undefined) continue;
      const edges = [
        ...plan.bands.flatMap((band) => [band.fromNsOfDay, band.toNsOfDay]),
        ...plan.sessions.flatMap((rule) => [rule.fromNsOfDay, rule.toNsOfDay]),
        ...(plan.hours === null ? [] : [plan.hours.opensNsOfDay, plan.hours.closesNsOfDay]),
      ];
      for (const edge of edges) {
        for (const offset of AROUND) found.add(nsFromEasternDay(day, edge) + offset);
      }
    }
  }
  return [...found].filter((at) => at >= startNs && at < endNs).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
