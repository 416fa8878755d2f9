import type { ReportEntry } from '@tapeclock/finra-simulator';

/** One line of the facility's journal that is about a report. */
export type JournalledReport = ReportEntry & {
  readonly kind: 'ACCEPTED' | 'REJECTED' | 'SEEN_TWICE';
  readonly controlNumber?: string;
  readonly code?: string;
  readonly possDup?: boolean;
};

/** Reads the journal as the facility itself would: whole lines only, a torn one never happened. */
export function readJournal(bytes: Uint8Array): readonly JournalledReport[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  return lines.flatMap((line) => {
    try {
      const entry = JSON.parse(line) as { readonly kind: string };
      const isReport = entry.kind === 'ACCEPTED' || entry.kind === 'REJECTED' || entry.kind === 'SEEN_TWICE';
      return isReport ? [entry as JournalledReport] : [];
    } catch {
      return [];
    }
  });
}
