import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  CHANGES,
  decide,
  easternDate,
  easternWall,
  FACILITIES,
  isLate,
  modifiersIfReportedAt,
  NS_PER_HOUR,
  NS_PER_SECOND,
  nsFromRfc3339,
  QUESTION_KINDS,
  QUESTION_REPORT_TYPES,
  QUESTION_TRADE_TYPES,
  type Question,
  questionFromJson,
  type ReportableDecision,
  ROLES,
  rfc3339FromNs,
  SYMBOL_CLASSES,
  VENUES,
} from '../../src/index.ts';
import { facilityDay } from '../../src/rulebook/day-plan.ts';
import { RULEBOOK } from '../rulebook/rulebook-files.ts';

const ns = (text: string) => nsFromRfc3339(text) ?? assert.fail(text);
/** From the rulebook's first Eastern midnight to its last. */
const FIRST = ns('2025-01-01T05:00:00Z');
const LAST = ns('2029-01-01T04:59:59.999999999Z');
const DAY = 24n * NS_PER_HOUR;
/** Half of the instants near an edge of some band, where mistakes live. */
const instants = fc.oneof(
  fc.bigInt({ min: FIRST, max: LAST }),
  fc
    .tuple(
      fc.integer({ min: 0, max: 1460 }),
      fc.constantFrom(0n, 4n, 8n, 9n, 13n, 16n, 17n, 18n, 20n),
      fc.constantFrom(0n, 30n),
      fc.bigInt({ min: -20n, max: 20n }),
      fc.constantFrom(1n, NS_PER_SECOND),
    )
    .map(([day, hour, minute, offset, unit]) => {
      const instant =
        FIRST + BigInt(day) * DAY + hour * NS_PER_HOUR + minute * 60n * NS_PER_SECOND + offset * unit;
      return instant < FIRST ? FIRST : instant;
    }),
);
const questions = fc.record({
  kind: fc.constantFrom(...QUESTION_KINDS),
  facility: fc.constantFrom(...FACILITIES),
  symbolClass: fc.constantFrom(...SYMBOL_CLASSES),
  executedNs: instants,
  venue: fc.constantFrom(...VENUES),
  role: fc.constantFrom(...ROLES),
  ownershipChange: fc.boolean(),
  reportType: fc.constantFrom(...QUESTION_REPORT_TYPES),
  tradeType: fc.constantFrom(...QUESTION_TRADE_TYPES),
  reportedNs: fc.option(instants),
  originalReportedNs: fc.option(instants),
  eventNs: fc.option(instants),
  changes: fc.subarray([...CHANGES]),
});
const places = fc.oneof(
  fc.record({
    facility: fc.constantFrom(
      'ADF' as const,
      'TRF_CARTERET' as const,
      'TRF_CHICAGO' as const,
      'TRF_NYSE' as const,
    ),
    symbolClass: fc.constant('NMS' as const),
  }),
  fc.record({
    facility: fc.constant('ORF' as const),
    symbolClass: fc.constantFrom('OTC_EQUITY' as const, 'RESTRICTED_144A' as const, 'DPP' as const),
  }),
);
type Place = { facility: Question['facility']; symbolClass: Question['symbolClass'] };

/** The decision on a new report that this party must make; `null` only where the window ends after the rulebook. */
function decideNew(place: Place, executedNs: bigint): ReportableDecision | null {
  const { decision, issue } = decide(RULEBOOK, { kind: 'new', ...place, executedNs });
  if (decision === null) {
    assert.equal(issue.code, 'OUTSIDE_RULEBOOK');
    // Friday evening to Sunday before the new year: due on the first business day of 2029.
    assert.ok(easternDate(executedNs) >= '2028-12-29', rfc3339FromNs(executedNs));
    return null;
  }
  assert.ok(decision.reportable);
  return decision;
}

test('no question within the rulebook throws, and each has a decision or an issue', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { decision, issue } = decide(RULEBOOK, question);
      assert.ok((decision === null) !== (issue === null));
      if (decision === null) return;
      assert.ok(decision.clause !== '' && decision.trace.length > 0);
      assert.ok(decision.trace.some((step) => step.ruleId === decision.ruleId));
      if (!decision.reportable) assert.equal(decision.action, 'NONE');
    }),
    { numRuns: 2_000 },
  );
});

test('due is not before it opens, and it does not open before the event', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { role: _either, ...anyParty } = question;
      const { decision } = decide(RULEBOOK, anyParty);
      if (!decision?.reportable) return;
      const undoes = question.kind !== 'new' && question.kind !== 'contra';
      const fromNs = undoes ? question.eventNs! : question.executedNs;
      assert.ok(decision.opensAtNs >= fromNs);
      assert.ok(decision.dueAtNs >= decision.opensAtNs);
      assert.ok(fromNs >= question.executedNs);
    }),
    { numRuns: 2_000 },
  );
});

test('within a band a later execution is never due earlier', () => {
  fc.assert(
    fc.property(places, instants, fc.bigInt({ min: 0n, max: 4n * NS_PER_HOUR }), (place, first, gap) => {
      const earlier = decideNew(place, first);
      const later = first + gap <= LAST ? decideNew(place, first + gap) : null;
      if (earlier === null || later === null || earlier.ruleId !== later.ruleId) return;
      assert.ok(later.dueAtNs >= earlier.dueAtNs);
      assert.ok(later.opensAtNs >= earlier.opensAtNs);
    }),
    { numRuns: 1_500 },
  );
});

test('a report falls due while the facility takes reports', () => {
  fc.assert(
    fc.property(places, instants, (place, executedNs) => {
      const decision = decideNew(place, executedNs);
      if (decision === null) return;
      const wall = easternWall(decision.dueAtNs);
      const day = facilityDay(RULEBOOK, place.facility, place.symbolClass, wall.dayNumber);
      const hours = day?.plan.hours ?? assert.fail(`closed on ${wall.date}`);
      assert.ok(wall.nsOfDay >= hours.opensNsOfDay);
      // "By 8:00 p.m." includes that instant itself; every other deadline is before the closing.
      const byItself = decision.ruleId === 'ORF-EVENING-144A' ? 1n : 0n;
      assert.ok(wall.nsOfDay < hours.closesNsOfDay + byItself);
    }),
    { numRuns: 1_500 },
  );
});

test('ten seconds are never more, and only the closing makes them less', () => {
  fc.assert(
    fc.property(places, instants, (place, executedNs) => {
      const decision = decideNew(place, executedNs);
      if (decision === null || decision.opensAtNs !== executedNs) return;
      const window = decision.dueAtNs - executedNs;
      assert.ok(window <= 10n * NS_PER_SECOND);
      const cut = decision.trace.some((step) => step.ruleId.startsWith('CLOSING-'));
      assert.equal(window < 10n * NS_PER_SECOND, cut);
    }),
    { numRuns: 1_500 },
  );
});

test('the zone in which an instant is written does not matter', () => {
  fc.assert(
    fc.property(
      places,
      instants,
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (place, executedNs, minutes) => {
        const local = rfc3339FromNs(executedNs + BigInt(minutes) * 60n * NS_PER_SECOND).slice(0, -1);
        const size = Math.abs(minutes);
        const two = (value: number) => String(value).padStart(2, '0');
        const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        const { question } = questionFromJson({ kind: 'new', ...place, executedAt: local + offset });
        assert.ok(question !== null);
        const there = decide(RULEBOOK, question);
        const here = decide(RULEBOOK, { ...question, executedNs });
        assert.deepEqual(there, here);
      },
    ),
    { numRuns: 300 },
  );
});

test('late is after the last instant, and only then the late mark is carried', () => {
  fc.assert(
    fc.property(places, instants, (place, executedNs) => {
      const decision = decideNew(place, executedNs);
      if (decision === null) return;
      assert.equal(isLate(decision, decision.dueAtNs), false);
      assert.equal(isLate(decision, decision.dueAtNs + 1n), true);
      assert.deepEqual(modifiersIfReportedAt(decision, decision.dueAtNs), decision.modifiers);
      assert.deepEqual(modifiersIfReportedAt(decision, decision.dueAtNs + 1n), decision.lateModifiers);
      const lateMark = decision.modifiers.some((modifier) => modifier.code === 'T') ? 'U' : 'Z';
      assert.deepEqual(decision.lateModifiers, [{ field: 3, code: lateMark }]);
    }),
    { numRuns: 500 },
  );
});

test('outside the rulebook there is a precise issue and no guess', () => {
  for (const text of [
    '2024-12-31T23:59:59.999999999-05:00',
    '2029-01-01T00:00:00-05:00',
    '1960-01-01T00:00:00Z',
  ]) {
    const { decision, issue } = decide(RULEBOOK, {
      kind: 'new',
      facility: 'ADF',
      symbolClass: 'NMS',
      executedNs: ns(text),
    });
    assert.equal(decision, null);
    assert.equal(issue?.code, 'OUTSIDE_RULEBOOK');
    assert.equal(issue?.field, 'executedAt');
    assert.match(issue?.message ?? '', /2025-01-01 to 2028-12-31/);
  }
});
