import { topicDeclarations } from '@tapeclock/schemas';
import { readJournal } from '../facts/journal.ts';
import type { World } from '../world/world.ts';

/** The story of one lineage: its records on all topics in the order of time, then the facility's lines about it. */
export function historyOf(world: World, lineageId: string): readonly string[] {
  const { log, codec } = world.ground;
  const found: { readonly atNs: bigint; readonly text: string }[] = [];
  const wireIds = new Set<string>();
  for (const { name } of topicDeclarations) {
    for (const record of log.records(name)) {
      if (record.key !== lineageId) continue;
      const { type, event } = codec.decode(record.value);
      if (type === 'ReportIntended') wireIds.add(event.reportId);
      if (type === 'TradeReportable' && event.reportId !== null) wireIds.add(event.reportId);
      const place = `${record.topic}/${record.partition}/${record.offset}`;
      found.push({ atNs: record.appendedNs, text: `${type} ${told(event)} [${place}]` });
    }
  }
  const journal = readJournal(world.journal())
    .filter(({ tradeReportId }) => wireIds.has(tradeReportId))
    .map((entry) => {
      const said = entry.controlNumber ?? entry.code ?? '';
      return `facility journal, its clock ${entry.at}: ${entry.kind} ${entry.tradeReportId} message ${entry.seq} ${said}`;
    });
  found.sort((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0));
  const secondsOf = (atNs: bigint) => (Number((atNs - world.startNs) / 1_000n) / 1e6).toFixed(6).padStart(11);
  return [...found.map(({ atNs, text }) => `${secondsOf(atNs)} s  ${text}`), ...journal];
}

const TOLD = [
  'sourceExecutionId',
  'executionId',
  'action',
  'reportId',
  'sessionId',
  'msgSeqNum',
  'attempt',
  'cause',
  'nextStep',
  'code',
  'text',
  'resolvedBy',
  'controlNumber',
  'percentUsed',
  'stage',
  'resolution',
  'verb',
  'outcome',
] as const;

function told(event: object): string {
  const fields = event as Readonly<Record<string, unknown>>;
  return TOLD.flatMap((name) => (fields[name] == null ? [] : [`${name}=${String(fields[name])}`])).join(' ');
}
