/**
 * What holds of every decision, whatever the rules are changed to. Each property takes the domain as an argument: the
 * tests pass the real one, the mutation check one with a fault in it.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type * as domainModule from '../../src/index.ts';
import type { Question, ReportableDecision, Rulebook, Vector } from '../../src/index.ts';
import { duties, FIRST, instants, LAST, type Place, places, questions } from './arbitrary-questions.ts';
import { daysAfter, nsOf, wallOf, weekday } from './wall-clock.ts';

export type Domain = typeof domainModule;

export interface Tried {
  readonly domain: Domain;
  readonly rulebook: Rulebook;
  /** Vectors that hold, for properties that carry what they say to other days. */
  readonly vectors: readonly Vector[];
}

export interface DecisionProperty {
  readonly name: string;
  /** Runs at full length; the mutation check asks for fewer. */
  readonly runs: number;
  /** Throws where it does not hold. With a `seed` the same cases are tried again. */
  check(tried: Tried, runs: number, seed?: number): void;
}

const SECOND = 1_000_000_000n;

function params(numRuns: number, seed: number | undefined): fc.Parameters<unknown> {
  return seed === undefined ? { numRuns } : { numRuns, seed };
}

/** The decision on a new report that this party must make; `null` only where the window ends after the rulebook. */
function decideNew({ domain, rulebook }: Tried, place: Place, executedNs: bigint): ReportableDecision | null {
  const { decision, issue } = domain.decide(rulebook, { kind: 'new', ...place, executedNs });
  if (decision === null) {
    assert.equal(issue.code, 'OUTSIDE_RULEBOOK');
    // Friday evening to Sunday before the new year: due on the first business day of 2029.
    assert.ok(wallOf(executedNs).date >= '2028-12-29', String(executedNs));
    return null;
  }
  assert.ok(decision.reportable);
  return decision;
}

/** What the rulebook's own entries say of a day, read anew. */
function hoursOn({ rulebook }: Tried, facility: Question['facility'], date: string) {
  const holds = (rule: { readonly effectiveFrom: string; readonly effectiveTo: string | null }) =>
    rule.effectiveFrom <= date && date <= (rule.effectiveTo ?? date);
  const dated = rulebook.calendar.find((rule) => rule.date === date && rule.facilities.includes(facility));
  const ordinary = rulebook.calendar.find((rule) => rule.weekdays.includes(weekday(date)) && holds(rule));
  const kind = (dated ?? ordinary)?.kind ?? 'CLOSED';
  return rulebook.hours.find(
    (rule) => rule.facilities.includes(facility) && rule.days.includes(kind) && holds(rule),
  );
}

export const DECISION_PROPERTIES: readonly DecisionProperty[] = [
  {
    name: 'within a band a later execution is never due earlier',
    runs: 1_500,
    check(tried, runs, seed) {
      const gaps = fc.bigInt({ min: 0n, max: 4n * 3_600n * SECOND });
      fc.assert(
        fc.property(places, instants, gaps, (place, first, gap) => {
          const earlier = decideNew(tried, place, first);
          const later = first + gap <= LAST ? decideNew(tried, place, first + gap) : null;
          if (earlier === null || later === null || earlier.ruleId !== later.ruleId) return;
          assert.ok(later.dueAtNs >= earlier.dueAtNs);
          assert.ok(later.opensAtNs >= earlier.opensAtNs);
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'due is not before it opens, and it does not open before the event, nor that before the execution',
    runs: 2_000,
    check({ domain, rulebook }, runs, seed) {
      fc.assert(
        fc.property(fc.oneof(questions, duties), (question) => {
          const { role: _either, ...anyParty } = question;
          const { decision } = domain.decide(rulebook, anyParty);
          if (!decision?.reportable) return;
          const undoes = question.kind !== 'new' && question.kind !== 'contra';
          const fromNs = undoes ? (question.eventNs ?? assert.fail()) : question.executedNs;
          assert.ok(decision.opensAtNs >= fromNs);
          assert.ok(decision.dueAtNs >= decision.opensAtNs);
          assert.ok(fromNs >= question.executedNs);
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'a deadline falls while the facility takes reports, or the trace says why not',
    runs: 600,
    check(tried, runs, seed) {
      fc.assert(
        fc.property(duties, (question) => {
          const { decision } = tried.domain.decide(tried.rulebook, question);
          if (!decision?.reportable) return;
          const { date, nsOfDay } = wallOf(decision.dueAtNs);
          const hours = hoursOn(tried, question.facility, date);
          // "By 8:00 p.m." includes that instant itself; every other deadline is before the closing.
          const byItself = decision.ruleId === 'ORF-EVENING-144A' ? 1n : 0n;
          const open =
            hours !== undefined && nsOfDay >= hours.opensNsOfDay && nsOfDay < hours.closesNsOfDay + byItself;
          const why = decision.trace.some(({ ruleId }) => ruleId.startsWith('CONTRA-'));
          assert.equal(question.kind === 'contra', why);
          assert.ok(open || why, `${date} ${nsOfDay}`);
          const opens = wallOf(decision.opensAtNs);
          const opened = hoursOn(tried, question.facility, opens.date);
          if (why) assert.equal(decision.dueAtNs - question.executedNs, 1_200n * SECOND);
          else {
            assert.ok(opened !== undefined && opens.nsOfDay >= opened.opensNsOfDay);
            assert.ok(opens.nsOfDay < opened.closesNsOfDay);
            // It opens at once, or at the very opening, and no opening lies between.
            const fromNs = question.eventNs ?? question.executedNs;
            if (decision.opensAtNs !== fromNs) assert.equal(opens.nsOfDay, opened.opensNsOfDay);
            let day = wallOf(fromNs).date;
            if (decision.opensAtNs > fromNs) {
              for (; day < opens.date; day = daysAfter(day, 1)) {
                const missed = hoursOn(tried, question.facility, day);
                assert.ok(
                  missed === undefined || nsOf(day, missed.closesNsOfDay) <= fromNs,
                  `${day} was open`,
                );
              }
            }
          }
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'ten seconds are never more, and only the closing makes them less',
    runs: 1_500,
    check(tried, runs, seed) {
      fc.assert(
        fc.property(places, instants, (place, executedNs) => {
          const decision = decideNew(tried, place, executedNs);
          if (decision === null || decision.opensAtNs !== executedNs) return;
          const window = decision.dueAtNs - executedNs;
          assert.ok(window <= 10n * SECOND);
          const cut = decision.trace.some((step) => step.ruleId.startsWith('CLOSING-'));
          assert.equal(window < 10n * SECOND, cut);
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'the zone in which an instant is written does not matter, nor digits finer than a nanosecond',
    runs: 400,
    check({ domain, rulebook }, runs, seed) {
      const minutesEast = fc.integer({ min: -14 * 60, max: 14 * 60 });
      const finer = fc.constantFrom('', '0', '9', '99', '999');
      fc.assert(
        fc.property(places, instants, minutesEast, finer, (place, executedNs, minutes, digits) => {
          const local = executedNs + BigInt(minutes) * 60n * SECOND;
          const text = new Date(Number(local / 1_000_000n)).toISOString().slice(0, 19);
          const fraction = String(local % SECOND).padStart(9, '0');
          const size = Math.abs(minutes);
          const two = (value: number) => String(value).padStart(2, '0');
          const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
          const { question } = domain.questionFromJson({
            kind: 'new',
            ...place,
            executedAt: `${text}.${fraction}${digits}${offset}`,
          });
          assert.ok(question !== null);
          assert.equal(question.executedNs, executedNs);
          const there = domain.decide(rulebook, question);
          const here = domain.decide(rulebook, { kind: 'new', ...place, executedNs });
          assert.deepEqual(there, here);
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'on either side of each edge of any day the answer is what the vectors of that band say',
    runs: 1_500,
    check(tried, runs, seed) {
      const model = bandsByVectors(tried);
      const days = fc.integer({ min: 0, max: 1460 });
      const sides = fc.constantFrom(-1n, 0n, 1n);
      const hoursOfDay = fc.constantFrom(
        '00:00',
        '04:00',
        '08:00',
        '09:30',
        '13:00',
        '16:00',
        '17:00',
        '18:30',
        '20:00',
      );
      fc.assert(
        fc.property(places, days, hoursOfDay, sides, (place, day, clock, side) => {
          const date = daysAfter('2025-01-01', day);
          const [hour = '0', minute = '0'] = clock.split(':');
          const executedNs = nsOf(date, BigInt(Number(hour) * 3600 + Number(minute) * 60) * SECOND) + side;
          if (executedNs < FIRST || executedNs > LAST) return;
          const decision = decideNew(tried, place, executedNs);
          if (decision === null) return;
          const says = model.get(decision.ruleId) ?? assert.fail(`no vector says ${decision.ruleId}`);
          const cut = decision.trace.some((step) => step.ruleId.startsWith('CLOSING-'));
          const due = wallOf(decision.dueAtNs);
          const found = decision.opensAtNs === executedNs ? 'at once' : `at ${due.nsOfDay}`;
          if (!cut) assert.ok(says.due.has(found), `${decision.ruleId} ${found}`);
          assert.ok(says.clause.has(decision.clause));
          assert.ok(decision.asOf === due.date > wallOf(executedNs).date);
          assert.ok(says.asOf.has(decision.asOf));
          assert.ok(says.marks.has(JSON.stringify(decision.modifiers)), `${decision.ruleId} marks`);
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'late is after the last instant, and only then the late mark is carried',
    runs: 500,
    check(tried, runs, seed) {
      const { isLate, modifiersIfReportedAt } = tried.domain;
      fc.assert(
        fc.property(places, instants, (place, executedNs) => {
          const decision = decideNew(tried, place, executedNs);
          if (decision === null) return;
          assert.equal(isLate(decision, decision.dueAtNs), false);
          assert.equal(isLate(decision, decision.dueAtNs + 1n), true);
          assert.deepEqual(modifiersIfReportedAt(decision, decision.dueAtNs), decision.modifiers);
          assert.deepEqual(modifiersIfReportedAt(decision, decision.dueAtNs + 1n), decision.lateModifiers);
          const lateMark = decision.modifiers.some((modifier) => modifier.code === 'T') ? 'U' : 'Z';
          assert.deepEqual(decision.lateModifiers, [{ field: 3, code: lateMark }]);
        }),
        params(runs, seed),
      );
    },
  },
  {
    name: 'no question within the rulebook throws, and each has a decision or an issue',
    runs: 2_000,
    check({ domain, rulebook }, runs, seed) {
      fc.assert(
        fc.property(questions, (question) => {
          const { decision, issue } = domain.decide(rulebook, question);
          assert.ok((decision === null) !== (issue === null));
          if (decision === null) return;
          assert.ok(decision.clause !== '' && decision.trace.length > 0);
          assert.ok(decision.trace.some((step) => step.ruleId === decision.ruleId));
          if (!decision.reportable) assert.equal(decision.action, 'NONE');
        }),
        params(runs, seed),
      );
    },
  },
];

interface BandSays {
  readonly due: Set<string>;
  readonly clause: Set<string>;
  readonly asOf: Set<boolean>;
  readonly marks: Set<string>;
}

/** For each band what its vectors say: due at once or at which time of day, as/of or not, which marks. */
function bandsByVectors({ domain, rulebook, vectors }: Tried): ReadonlyMap<string, BandSays> {
  const model = new Map<string, BandSays>();
  for (const { given, expect } of vectors) {
    const {
      facility,
      symbolClass,
      executedAt,
      kind = 'new',
      reportType = 'TAPE',
      tradeType = 'REGULAR',
    } = given;
    const plain = kind === 'new' && reportType === 'TAPE' && tradeType === 'REGULAR';
    const told =
      typeof expect.dueAt === 'string' &&
      typeof expect.opensAt === 'string' &&
      typeof expect.clause === 'string';
    if (!plain || facility === undefined || !told) continue;
    const executed = instantOf(String(executedAt));
    const { decision } = domain.decide(rulebook, {
      kind: 'new',
      facility: facility as Place['facility'],
      symbolClass: symbolClass as Place['symbolClass'],
      executedNs: executed,
    });
    if (decision === null) continue;
    const says = model.get(decision.ruleId) ?? {
      due: new Set(),
      clause: new Set(),
      asOf: new Set(),
      marks: new Set(),
    };
    const atOnce = instantOf(String(expect.opensAt)) === executed;
    says.due.add(atOnce ? 'at once' : `at ${wallOf(instantOf(String(expect.dueAt))).nsOfDay}`);
    says.clause.add(String(expect.clause));
    says.asOf.add(wallOf(instantOf(String(expect.dueAt))).date > wallOf(executed).date);
    says.marks.add(JSON.stringify(decision.modifiers));
    model.set(decision.ruleId, says);
  }
  return model;
}

/** An instant as vectors write it: Eastern wall time, or RFC 3339. */
function instantOf(text: string): bigint {
  const [, date = '', clock = '', fraction = ''] = /^(\S+) ([\d:]+)\.?(\d*)$/.exec(text) ?? [];
  if (date === '') return BigInt(Date.parse(text)) * 1_000_000n;
  const [hour = '0', minute = '0', second = '0'] = clock.split(':');
  const seconds = BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
  return nsOf(date, seconds * SECOND + BigInt(fraction.padEnd(9, '0')));
}
