import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { nsFromRfc3339 } from '@tapeclock/domain';
import type { JournalEntry } from '@tapeclock/finra-simulator';
import type { JournalledReport } from './facts.ts';

/**
 * What the simulated facility wrote down, by report id. A missing journal is an empty one: nothing was ever sent. What was
 * accepted at or after `asOfNs` is left out unless `isLogged` knows its control number: the log was read before.
 */
export async function readJournal(
  path: string,
  asOf: { readonly atNs: bigint; isLogged(reportId: string, controlNumber: string): boolean } = {
    atNs: FOR_EVER_NS,
    isLogged: () => true,
  },
): Promise<ReadonlyMap<string, JournalledReport>> {
  const reports = new Map<string, JournalledReport>();
  if (!existsSync(path)) return reports;
  const of = (id: string): JournalledReport => {
    const report = reports.get(id) ?? { accepted: [], rejections: 0, sentAgain: 0, resent: 0 };
    reports.set(id, report);
    return report;
  };
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    const entry = parsed(line);
    if (entry === null) continue;
    if (entry.kind === 'ACCEPTED') {
      const { controlNumber, symbol, quantity, price } = entry;
      const tooNew = (nsFromRfc3339(entry.at) ?? 0n) >= asOf.atNs;
      if (tooNew && !asOf.isLogged(entry.tradeReportId, controlNumber)) continue;
      of(entry.tradeReportId).accepted.push({ controlNumber, symbol, quantity, price });
    } else if (entry.kind === 'REJECTED') of(entry.tradeReportId).rejections += 1;
    else if (entry.kind === 'SEEN_TWICE') {
      const report = of(entry.tradeReportId);
      if (entry.possDup) report.resent += 1;
      else report.sentAgain += 1;
    }
  }
  return reports;
}

const FOR_EVER_NS = 2n ** 63n;

/** A torn last line is one that the facility never acted upon. */
function parsed(line: string): JournalEntry | null {
  try {
    return line === '' ? null : (JSON.parse(line) as JournalEntry);
  } catch {
    return null;
  }
}
