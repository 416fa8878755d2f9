import type { LogReader } from '@tapeclock/cli';
import { TOPICS } from '@tapeclock/schemas';
import type { Fate, FateCounts, Ledger } from './ledger.ts';

/** Source execution ids by what is wrong with them. */
export interface Contradictions {
  /** Answered as taken, and not on the log: lost. */
  readonly missing: readonly string[];
  /** Answered as taken, and on the log more than once. */
  readonly twice: readonly string[];
  /** Answered as refused or never sent, and on the log all the same. */
  readonly uncalledFor: readonly string[];
}

/** The sender's account beside the log's. */
export interface Account extends FateCounts, Contradictions {
  readonly offered: number;
  /** Those without any answer, by whether the log has them; neither is a loss, for nothing was promised. */
  readonly unknownOnLog: readonly string[];
  readonly unknownNotOnLog: readonly string[];
}

/** How often each execution of a run stands on the log, by the source's id. */
export async function occurrencesOnLog(reader: LogReader, runId: string): Promise<Map<string, number>> {
  const occurrences = new Map<string, number>();
  for await (const read of reader.events(TOPICS.executionsReceived)) {
    if (read?.type !== 'ExecutionReceived') continue;
    const { sourceExecutionId } = read.event;
    if (!sourceExecutionId.startsWith(`${runId}-`)) continue;
    occurrences.set(sourceExecutionId, (occurrences.get(sourceExecutionId) ?? 0) + 1);
  }
  return occurrences;
}

/** Holds every fate against the log. Everything that was answered as taken must be there, once. */
export function holdAgainstLog(
  ledger: Ledger,
  runId: string,
  occurrences: ReadonlyMap<string, number>,
): Account {
  const found = {
    missing: [] as string[],
    twice: [] as string[],
    uncalledFor: [] as string[],
    unknownOnLog: [] as string[],
    unknownNotOnLog: [] as string[],
  };
  for (let number = 1; number <= ledger.offered; number += 1) {
    const id = executionIdOf(runId, number);
    const list = listFor(ledger.fateOf(number), occurrences.get(id) ?? 0);
    if (list !== null) found[list].push(id);
  }
  return { offered: ledger.offered, ...ledger.counts(), ...found };
}

/** What the driver calls the execution with that number in its ledger. */
export function executionIdOf(runId: string, number: number): string {
  return `${runId}-${number}`;
}

/** Nothing that was promised is missing, nothing is there twice or without having been taken, and every offer has a fate. */
export function isWhole(account: Account): boolean {
  const { missing, twice, uncalledFor, pending } = account;
  return missing.length + twice.length + uncalledFor.length + pending === 0;
}

function listFor(
  fate: Fate,
  times: number,
): 'missing' | 'twice' | 'uncalledFor' | 'unknownOnLog' | 'unknownNotOnLog' | null {
  if (fate === 'unknown') return times > 0 ? 'unknownOnLog' : 'unknownNotOnLog';
  if (fate === 'taken') return times === 0 ? 'missing' : times > 1 ? 'twice' : null;
  return times > 0 && fate !== 'pending' ? 'uncalledFor' : null;
}
