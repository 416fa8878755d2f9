import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_HOUR, NS_PER_SECOND, nsFromEastern } from '@tapeclock/domain';
import fc from 'fast-check';
import { type Outcome, onTimeE6, project, ReportCard } from '../src/index.ts';

/** November 2026: 20 trading days, Thanksgiving on the 26th. */
const isTradingDay = (date: string) =>
  ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) && date !== '2026-11-26';
const at = (date: string, hour = 10) => nsFromEastern(date, BigInt(hour) * NS_PER_HOUR) ?? 0n;
const outcome = (date: string, late: boolean, change: Partial<Outcome> = {}): Outcome => ({
  facility: 'ADF',
  mpid: 'TAPE',
  acceptedNs: at(date),
  arrivedNs: at(date),
  late,
  source: '0',
  ...change,
});
const told = (
  card: ReportCard,
  date: string,
  accepted: number,
  late: number,
  change: Partial<Outcome> = {},
) => {
  for (let n = 0; n < accepted; n += 1) card.add(outcome(date, n < late, change));
};

test('the month to date counts this month by facility and MPID, and no other month', () => {
  const card = new ReportCard(isTradingDay);
  told(card, '2026-10-30', 50, 50);
  told(card, '2026-11-02', 100, 1);
  told(card, '2026-11-03', 100, 3);
  told(card, '2026-11-03', 10, 0, { mpid: 'ALGO' });
  told(card, '2026-11-03', 7, 7, { facility: 'ORF' });
  assert.deepEqual(
    card.lines(at('2026-11-03', 16)).map(({ facility, mpid, monthToDate }) => [facility, mpid, monthToDate]),
    [
      ['ADF', 'ALGO', { accepted: 10, late: 0 }],
      ['ADF', 'TAPE', { accepted: 200, late: 4 }],
      ['ORF', 'TAPE', { accepted: 7, late: 7 }],
    ],
  );
});

test('the projection goes on as the last five trading days went, and leaves out week-ends and holidays', () => {
  const card = new ReportCard(isTradingDay);
  for (const date of ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-23', '2026-11-24'])
    told(card, date, 100, 2);
  told(card, '2026-11-25', 40, 0);
  const [line] = card.lines(at('2026-11-25', 12));
  assert.deepEqual(line?.today, { accepted: 40, late: 0 });
  // Five days of 100, today like them when it is over, Friday and Monday to come; Thursday is Thanksgiving.
  assert.deepEqual(line?.projected, { accepted: 800, late: 16, daysSeen: 5, daysLeft: 2 });
});

test('on the first day of a month nothing is projected, and a day better than usual is not made worse', () => {
  assert.equal(project([], { accepted: 5, late: 1 }, 19), null);
  const usual = { accepted: 100, late: 2 };
  assert.deepEqual(project([usual], { accepted: 150, late: 9 }, 0), {
    accepted: 250,
    late: 11,
    daysSeen: 1,
    daysLeft: 0,
  });
});

test('a ratio of 100 % means that none was late', () => {
  assert.equal(onTimeE6({ accepted: 3_000_000, late: 1 }), 999_999);
  assert.equal(onTimeE6({ accepted: 3, late: 0 }), 1_000_000);
  assert.equal(onTimeE6({ accepted: 0, late: 0 }), null);
});

test('an outcome of a day that was closed takes back what was said of it and says it anew', () => {
  const card = new ReportCard(isTradingDay);
  told(card, '2026-11-02', 2, 0);
  told(card, '2026-11-04', 1, 0);
  const restated = card.add(outcome('2026-11-02', true, { arrivedNs: at('2026-11-04', 11) }));
  assert.deepEqual(restated, [
    {
      facility: 'ADF',
      mpid: 'TAPE',
      date: '2026-11-02',
      before: { accepted: 2, late: 0 },
      after: { accepted: 3, late: 1 },
    },
  ]);
  assert.deepEqual(card.lines(at('2026-11-04', 12))[0]?.monthToDate, { accepted: 4, late: 1 });
});

test('told in whatever order the partitions come, the card is the same', () => {
  const outcomes = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 24 }),
      second: fc.integer({ min: 0, max: 30_000 }),
      late: fc.boolean(),
      source: fc.constantFrom('0', '1', '2'),
      mpid: fc.constantFrom('TAPE', 'ALGO'),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(outcomes, fc.infiniteStream(fc.nat()), (drawn, choices) => {
      const all = drawn
        .map(({ day, second, ...rest }) => {
          const acceptedNs =
            at(`2026-11-${String(day).padStart(2, '0')}`, 8) + BigInt(second) * NS_PER_SECOND;
          return outcome('2026-11-01', rest.late, { ...rest, acceptedNs, arrivedNs: acceptedNs });
        })
        .sort((a, b) => Number(a.acceptedNs - b.acceptedNs));
      const live = new ReportCard(isTradingDay);
      for (const each of all) live.add(each);
      const replayed = new ReportCard(isTradingDay);
      const partitions = ['0', '1', '2'].map((source) => all.filter((each) => each.source === source));
      while (partitions.some((rest) => rest.length > 0)) {
        const speaking = partitions.filter((rest) => rest.length > 0);
        const next = speaking[(choices.next().value ?? 0) % speaking.length]?.shift();
        if (next !== undefined) replayed.add(next);
      }
      const nowNs = at('2026-11-25', 12);
      assert.deepEqual(replayed.lines(nowNs), live.lines(nowNs));
    }),
  );
});
