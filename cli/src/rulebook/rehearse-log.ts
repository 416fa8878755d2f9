import { type EasternDate, easternDate, type Rulebook } from '@tapeclock/domain';
import type { LogReader } from '../log-reader.ts';
import type { DecidedExecution, Difference } from '../replay/compare.ts';
import { decideLog, differencesOf } from '../replay/replay-data.ts';

export interface LogRehearsal {
  readonly asked: number;
  readonly differences: readonly Difference[];
  /** Executions that were decided differently, by the clause of the later version. */
  readonly byClause: ReadonlyMap<string, number>;
}

/**
 * What a day's executions, as they stand on the log, would have been decided to under each version. Those that stand in
 * the repair queue under both have no day and count with every one.
 */
export async function rehearseLog(
  reader: LogReader,
  before: Rulebook,
  after: Rulebook,
  over: EasternDate,
): Promise<LogRehearsal> {
  const was = onDay(await decideLog(reader, before), over);
  const is = onDay(await decideLog(reader, after), over);
  const differences = differencesOf(was, is);
  const clauses = new Map<string, string>();
  for (const { executionId, decided } of [...was.values(), ...is.values()]) {
    if (decided.clause !== undefined) clauses.set(executionId, decided.clause);
  }
  const byClause = new Map<string, number>();
  for (const executionId of new Set(differences.map((one) => one.executionId))) {
    const clause = clauses.get(executionId) ?? 'none';
    byClause.set(clause, (byClause.get(clause) ?? 0) + 1);
  }
  return { asked: new Set([...was.keys(), ...is.keys()]).size, differences, byClause };
}

function onDay(decided: ReadonlyMap<string, DecidedExecution>, over: EasternDate) {
  const kept = [...decided].filter(
    ([, { executedNs }]) => executedNs === null || easternDate(executedNs) === over,
  );
  return new Map(kept);
}
