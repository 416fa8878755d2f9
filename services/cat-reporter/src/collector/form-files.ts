/** Puts what is owed into files: one reporter and one CAT trading day per file, in the order the trades came. */
import { createHash } from 'node:crypto';
import type { Ns } from '@tapeclock/domain';
import {
  type CatCalendar,
  catBaseName,
  catReportDueNs,
  catTradingDay,
  easternDate,
  renderRecord,
} from '@tapeclock/domain/cat';
import type { CatFileIntended } from '@tapeclock/schemas';
import type { CatState } from './cat-state.ts';
import { catMeta } from './event-meta.ts';
import type { Owed } from './owed.ts';

export interface FileRules {
  readonly submitterId: string;
  readonly group: string;
  readonly recordsPerFileMax: number;
  readonly fileBytesMax: number;
  readonly calendar: CatCalendar;
  /** Record key of everything about this partition's files, so that it meets in this partition. */
  keyOf(partition: number): string;
}

export interface OwedTrade extends Owed {
  /** When an officer sent it again; the file is dated after that, or a restart would send it once more. */
  readonly resubmittedNs: Ns;
}

interface Draft {
  readonly imid: string;
  readonly tradingDay: string;
  readonly lines: string[];
  readonly firmRoeIds: string[];
  readonly executionIds: string[];
  bytes: number;
  afterNs: Ns;
}

/** Takes file numbers from the state; changes nothing else in it. */
export function formFiles(
  trades: readonly OwedTrade[],
  state: CatState,
  rules: FileRules,
  nowNs: Ns,
): readonly CatFileIntended[] {
  const drafts: Draft[] = [];
  const open = new Map<string, Draft>();
  for (const trade of trades) {
    const tradingDay = catTradingDay(trade.version.execution.executedNs, rules.calendar);
    const lines = trade.records.map((record) => `${renderRecord(record)}\n`);
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    const key = `${trade.imid}/${tradingDay}`;
    let draft = open.get(key);
    if (draft === undefined || isFull(draft, lines.length, bytes, rules)) {
      draft = {
        imid: trade.imid,
        tradingDay,
        lines: [],
        firmRoeIds: [],
        executionIds: [],
        bytes: 0,
        afterNs: nowNs,
      };
      open.set(key, draft);
      drafts.push(draft);
    }
    draft.lines.push(...lines);
    draft.bytes += bytes;
    for (const record of trade.records) {
      draft.firmRoeIds.push(String(record.firmROEID));
      draft.executionIds.push(trade.version.executionId);
    }
    if (trade.resubmittedNs >= draft.afterNs) draft.afterNs = trade.resubmittedNs + 1n;
  }
  return drafts.map((draft) => intent(draft, state, rules, nowNs));
}

function isFull(draft: Draft, lines: number, bytes: number, rules: FileRules): boolean {
  return draft.lines.length + lines > rules.recordsPerFileMax || draft.bytes + bytes > rules.fileBytesMax;
}

function intent(draft: Draft, state: CatState, rules: FileRules, nowNs: Ns): CatFileIntended {
  const date = easternDate(nowNs);
  const counter = `${draft.imid}/${date}`;
  const number = (state.fileNumbers.get(counter) ?? 0) + 1;
  state.fileNumbers.set(counter, number);
  const base = catBaseName({
    submitterId: rules.submitterId,
    reporterImid: draft.imid,
    date,
    // Partitions number their files on their own: no two can ever make the same name.
    group: `${rules.group}${state.partition}`,
    number,
  });
  const content = new TextEncoder().encode(draft.lines.join(''));
  return {
    meta: catMeta('CatFileIntended', [base], rules.keyOf(state.partition), draft.afterNs),
    fileName: `${base}.json.bz2`,
    tradeDate: draft.tradingDay,
    imid: draft.imid,
    recordCount: draft.lines.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    firmRoeIds: draft.firmRoeIds,
    executionIds: draft.executionIds,
    dueAtNs: catReportDueNs(draft.tradingDay, rules.calendar),
    content,
  };
}
