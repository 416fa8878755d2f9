import { FACILITIES, type Ns } from '@tapeclock/domain';
import type { Metrics } from '@tapeclock/telemetry';
import type { Obligation } from './obligation.ts';
import type { OpenBook } from './open-book.ts';

const AGES = ['under_50', 'under_80', 'under_100', 'breached'] as const;
type Age = (typeof AGES)[number];

/** Counts what is open in the partitions of this process, when somebody asks and not before. */
export function observeBooks(
  metrics: Metrics,
  nowNs: () => Ns,
): { add(book: OpenBook): void; remove(book: OpenBook): void } {
  const books = new Set<OpenBook>();
  metrics.beforeScrape(() => {
    const ages = new Map<Age, number>(AGES.map((age) => [age, 0]));
    const doubts = new Map<string, number>(FACILITIES.map((facility) => [facility, 0]));
    const atNs = nowNs();
    for (const book of books) {
      for (const obligation of book.open.values()) {
        const age = ageOf(obligation, atNs);
        ages.set(age, (ages.get(age) ?? 0) + 1);
        const { facility, stage } = obligation;
        if (stage === 'IN_DOUBT') doubts.set(facility, (doubts.get(facility) ?? 0) + 1);
      }
    }
    for (const [age, count] of ages) metrics.set('tapeclock_obligations_open', { age }, count);
    for (const [facility, count] of doubts) metrics.set('tapeclock_reports_in_doubt', { facility }, count);
  });
  return {
    add: (book) => void books.add(book),
    remove: (book) => void books.delete(book),
  };
}

function ageOf({ startNs, dueAtNs, breached }: Obligation, nowNs: Ns): Age {
  if (breached || nowNs > dueAtNs) return 'breached';
  const usedPercent = dueAtNs > startNs ? ((nowNs - startNs) * 100n) / (dueAtNs - startNs) : 0n;
  if (usedPercent < 50n) return 'under_50';
  return usedPercent < 80n ? 'under_80' : 'under_100';
}
