import { PRICE_SCALE, parseDecimal, QUANTITY_SCALE } from '@tapeclock/domain';
import type { Facts, JournalledReport, LoggedReport } from './facts.ts';

export const EXCEPTION_CODES = [
  'EXECUTION_UNDECIDED',
  'NOT_ACCEPTED',
  'ACCEPTED_TWICE',
  'ACCEPTED_UNKNOWN',
  'CONTENT_DIFFERS',
  'SENT_AGAIN',
  'SENT_WITHOUT_INTENT',
  'IN_DOUBT',
  'LOG_ACCEPTED_JOURNAL_NOT',
  'JOURNAL_ACCEPTED_LOG_NOT',
  'LOG_ACCEPTED_DIFFERENTLY',
  'UNREADABLE_RECORD',
  'DEAD_LETTER',
] as const;

export interface Exception {
  readonly code: (typeof EXCEPTION_CODES)[number];
  readonly subject: string;
  readonly text: string;
}

export interface Verdict {
  readonly counts: Readonly<Record<string, number>>;
  readonly exceptions: readonly Exception[];
}

const ABSENT: JournalledReport = { accepted: [], rejections: 0, sentAgain: 0, resent: 0 };

/**
 * Holds what we say happened against what the facility says. Every reportable execution must have exactly one accepted
 * report, the facility must know none that we do not, and both must mean the same trade. What waits for a person (a
 * rejected report, a held one) or for its open window is counted, not blamed.
 */
export function judge(facts: Facts): Verdict {
  const exceptions: Exception[] = [];
  const blame = (code: Exception['code'], subject: string, text: string): void => {
    exceptions.push({ code, subject, text });
  };
  const counts = { exactlyOnce: 0, late: 0, rejectedWaiting: 0, held: 0, open: 0, resent: 0 };

  for (const executionId of facts.executions) {
    if (!facts.decided.has(executionId))
      blame('EXECUTION_UNDECIDED', executionId, 'received, but neither decided nor in repair');
  }
  for (const report of facts.reports.values()) {
    const journal = facts.journal.get(report.reportId) ?? ABSENT;
    counts.resent += journal.resent;
    if (journal.accepted.length > 1) {
      blame('ACCEPTED_TWICE', report.reportId, `the facility accepted it ${journal.accepted.length} times`);
    }
    if (journal.sentAgain > 0)
      blame('SENT_AGAIN', report.reportId, `sent ${journal.sentAgain} times after it was accepted`);
    if (report.intents === 0 && journal.accepted.length + journal.rejections > 0) {
      blame('SENT_WITHOUT_INTENT', report.reportId, 'the facility has it, the log has no intent');
    }
    compareAcceptance(report, journal, blame);
    const [accepted] = journal.accepted;
    if (accepted !== undefined) {
      if (journal.accepted.length === 1 && report.accepted.length > 0) counts.exactlyOnce += 1;
      if (report.accepted.some(({ late }) => late)) counts.late += 1;
      if (!sameTrade(report, accepted)) {
        blame('CONTENT_DIFFERS', report.reportId, 'symbol, quantity or price are not those of the execution');
      }
    } else if (report.latest === 'IN_DOUBT') blame('IN_DOUBT', report.reportId, 'its outcome is not known');
    else if (report.latest === 'REJECTED') counts.rejectedWaiting += 1;
    else if (report.latest === 'HELD') counts.held += 1;
    else if (facts.settledByPerson.has(report.reportId)) counts.rejectedWaiting += 1;
    else if (facts.nowNs <= report.dueAtNs) counts.open += 1;
    else
      blame(
        'NOT_ACCEPTED',
        report.reportId,
        `execution ${report.executionId} has no accepted report; last: ${report.latest}`,
      );
  }
  for (const [reportId, { accepted }] of facts.journal) {
    if (accepted.length > 0 && !facts.reports.has(reportId)) {
      blame('ACCEPTED_UNKNOWN', reportId, 'the facility accepted a report that the log does not know');
    }
  }
  if (facts.unreadable > 0)
    blame('UNREADABLE_RECORD', '', `${facts.unreadable} records on the log cannot be read`);
  if (facts.deadLetters > 0)
    blame('DEAD_LETTER', '', `${facts.deadLetters} records were set aside by services`);
  return {
    counts: {
      executions: facts.executions.size,
      reports: facts.reports.size,
      notReportable: facts.notReportable,
      repairsOpen: facts.repairsOpen,
      acceptedByFacility: [...facts.journal.values()].reduce((sum, { accepted }) => sum + accepted.length, 0),
      ...counts,
      exceptions: exceptions.length,
    },
    exceptions,
  };
}

function compareAcceptance(
  report: LoggedReport,
  journal: JournalledReport,
  blame: (code: Exception['code'], subject: string, text: string) => void,
): void {
  const { reportId } = report;
  const logged = new Set(report.accepted.map(({ controlNumber }) => controlNumber));
  const journalled = new Set(journal.accepted.map(({ controlNumber }) => controlNumber));
  if (logged.size > 0 && journalled.size === 0) {
    blame('LOG_ACCEPTED_JOURNAL_NOT', reportId, 'the log says accepted, the facility does not');
  } else if (logged.size === 0 && journalled.size > 0) {
    blame('JOURNAL_ACCEPTED_LOG_NOT', reportId, 'the facility says accepted, the log does not');
  } else if ([...logged].some((controlNumber) => !journalled.has(controlNumber))) {
    blame(
      'LOG_ACCEPTED_DIFFERENTLY',
      reportId,
      `control number ${[...logged].join(', ')} against ${[...journalled].join(', ')}`,
    );
  }
}

function sameTrade({ execution }: LoggedReport, journal: JournalledReport['accepted'][number]): boolean {
  return (
    journal.symbol === execution.symbol &&
    parseDecimal(journal.quantity, QUANTITY_SCALE) === execution.quantityE6 &&
    parseDecimal(journal.price, PRICE_SCALE) === execution.priceE8
  );
}
