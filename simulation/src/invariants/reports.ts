import { PRICE_SCALE, parseDecimal, QUANTITY_SCALE } from '@tapeclock/domain';
import type { Facts, ReportStory } from '../facts/facts.ts';
import type { JournalledReport } from '../facts/journal.ts';
import type { Violation } from './violation.ts';

/** Holds that pass by themselves once nothing goes wrong any more: at the end of a run none may be left. */
const PASSING_HOLDS: ReadonlySet<string> = new Set(['SESSION_DOWN', 'FACILITY_CLOSED', 'FACILITY_RETRY']);

/** Where a report stands at the end. */
export type Ending = 'accepted' | 'rejected' | 'held' | 'person' | 'open';

export function endingOf(story: ReportStory): Ending {
  let ending: Ending = 'open';
  for (const outcome of story.outcomes) {
    switch (outcome.type) {
      case 'ReportAccepted':
        return 'accepted';
      case 'ReportRejected':
        if (outcome.event.retryClass !== 'RETRY' && outcome.event.retryClass !== 'DUPLICATE')
          ending = 'rejected';
        break;
      case 'ReportInDoubt':
        ending = outcome.event.nextStep === 'PERSON' ? 'person' : 'open';
        break;
      case 'ReportHeld':
        ending = PASSING_HOLDS.has(outcome.event.cause) ? 'open' : 'held';
        break;
      case 'ReportIntended':
        ending = 'open';
        break;
    }
  }
  return ending;
}

/** The facility must hold each report once, and only what the log knows to have been sent. */
export function acceptedOnce(facts: Facts): Violation[] {
  const violations: Violation[] = [];
  for (const [key, entries] of facts.accepted) {
    const story = facts.reports.get(key);
    const lineageId = story?.lineageId ?? null;
    if (entries.length > 1) {
      const numbers = entries.map(({ controlNumber }) => controlNumber).join(', ');
      violations.push({
        invariant: 'ACCEPTED_TWICE',
        subject: key,
        text: `the facility accepted it ${entries.length} times: ${numbers}`,
        lineageId,
      });
    }
    if (story !== undefined) violations.push(...sameTrade(story, entries));
  }
  for (const entry of facts.sentAgain) {
    violations.push({
      invariant: 'SENT_AGAIN',
      subject: entry.tradeReportId,
      text: `sent again as message ${entry.seq} of ${entry.session}, not as a retransmission, after it was accepted`,
      lineageId: storyOf(facts, entry.tradeReportId)?.lineageId ?? null,
    });
  }
  for (const entry of facts.unknownToLog) {
    violations.push({
      invariant: 'UNKNOWN_TO_LOG',
      subject: entry.tradeReportId,
      text: `the facility has it (${entry.kind}), the log holds no intent to send it`,
      lineageId: storyOf(facts, entry.tradeReportId)?.lineageId ?? null,
    });
  }
  for (const story of facts.reports.values()) {
    const journalled = facts.accepted.has(story.key);
    const logged = story.outcomes.some(({ type }) => type === 'ReportAccepted');
    if (logged && !journalled) {
      violations.push(differs(story, 'the log says accepted, the facility does not'));
    } else if (journalled && !logged && endingOf(story) !== 'person') {
      violations.push(differs(story, 'the facility says accepted, the log does not'));
    }
  }
  return violations;
}

/** Every report ends: accepted, or where a person sees it and knows what to do. */
export function reportsEnd(facts: Facts): Violation[] {
  const violations: Violation[] = [];
  const inRepair = new Set([...facts.repairs.values()].map(({ executionId }) => executionId));
  for (const story of facts.reports.values()) {
    const ending = endingOf(story);
    const latest = story.outcomes.at(-1);
    const where = latest === undefined ? 'nothing was ever done about it' : `last: ${latest.type}`;
    if (ending === 'open') {
      const isDoubt = latest?.type === 'ReportInDoubt';
      violations.push({
        invariant: isDoubt ? 'DOUBT_NOT_SHOWN' : 'REPORT_NOT_ENDED',
        subject: story.key,
        text: where,
        lineageId: story.lineageId,
      });
    }
    if (ending === 'rejected' && !inRepair.has(story.executionId)) {
      violations.push({
        invariant: 'REPORT_NOT_ENDED',
        subject: story.key,
        text: 'rejected by the facility, and no repair item tells a person',
        lineageId: story.lineageId,
      });
    }
  }
  return violations;
}

function differs(story: ReportStory, text: string): Violation {
  return { invariant: 'LOG_AND_FACILITY_DIFFER', subject: story.key, text, lineageId: story.lineageId };
}

function sameTrade(story: ReportStory, entries: readonly JournalledReport[]): Violation[] {
  const { symbol, quantityE6, priceE8 } = story.execution;
  return entries.flatMap((entry) => {
    const same =
      entry.symbol === symbol &&
      parseDecimal(entry.quantity, QUANTITY_SCALE) === quantityE6 &&
      parseDecimal(entry.price, PRICE_SCALE) === priceE8;
    if (same) return [];
    const text = `the facility has ${entry.quantity} ${entry.symbol} at ${entry.price}, which is another trade`;
    return [{ invariant: 'CONTENT_DIFFERS', subject: story.key, text, lineageId: story.lineageId } as const];
  });
}

function storyOf(facts: Facts, reportId: string): ReportStory | undefined {
  return [...facts.reports.values()].find(
    (story) => story.reportId === reportId || story.outcomes.some(({ event }) => event.reportId === reportId),
  );
}
