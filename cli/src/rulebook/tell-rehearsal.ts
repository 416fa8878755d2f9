/** A rehearsal for a person: runs of neighbouring cases that changed in the same way, and counts by clause. */
import {
  countByClause,
  type DecisionChange,
  easternText,
  type Ns,
  nsFromRfc3339,
  type Rehearsal,
} from '@tapeclock/domain';

/** One line a decision (`each`), or one a run of cases from the first to the last that changed alike. */
export function rehearsalLines(rehearsal: Rehearsal, each: boolean): readonly string[] {
  const runs = each ? rehearsal.changes.map((change) => [change]) : runsOf(rehearsal.changes);
  return [...runs.flatMap(runLines), ...countLines(rehearsal)];
}

export function countLines({ asked, changes }: Rehearsal): readonly string[] {
  const counts = [...countByClause(changes)].map(([clause, count]) => `  ${clause}: ${count}`);
  return [
    `${changes.length} of ${asked} decisions differ${counts.length === 0 ? '.' : ', by clause:'}`,
    ...counts,
  ];
}

/** Neighbours that ask alike, were answered by the same entries and differ in the same fields. */
function runsOf(changes: readonly DecisionChange[]): readonly (readonly DecisionChange[])[] {
  const runs: DecisionChange[][] = [];
  let last = '';
  for (const change of changes) {
    const like = `${asked(change)} ${change.ruleBefore} ${change.ruleAfter} ${change.fields.join()}`;
    if (like === last) runs.at(-1)?.push(change);
    else runs.push([change]);
    last = like;
  }
  return runs;
}

function asked({ question }: DecisionChange): string {
  const { facility, symbolClass, kind, reportType } = question;
  const undone = question.eventNs == null ? '' : ` of ${short(question.executedNs)}`;
  return `${facility} ${symbolClass} ${kind}${reportType === undefined ? '' : ` ${reportType}`}${undone}`;
}

function runLines(run: readonly DecisionChange[]): readonly string[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = run.length === 1 ? when(first) : `${when(first)} to ${when(last)} (${run.length} cases)`;
  return [
    `${asked(first)}, ${first.question.eventNs == null ? 'executed' : 'undone'} ${span}`,
    ...first.fields.map(
      (field) => `    ${field}: ${told(field, first.before[field])} → ${told(field, first.after[field])}`,
    ),
    `    by ${first.ruleBefore === first.ruleAfter ? first.ruleAfter : `${first.ruleBefore} → ${first.ruleAfter}`}`,
  ];
}

function when({ question }: DecisionChange): string {
  return short(question.eventNs ?? question.executedNs);
}

function short(ns: Ns): string {
  return easternText(ns).replace('.000000000', '');
}

/** Instants as the wall in New York shows them, whole seconds without their zeros; an empty list of marks said aloud. */
function told(field: string, text: string): string {
  const ns = field.endsWith('At') ? nsFromRfc3339(text) : null;
  if (ns !== null) return short(ns);
  return text === '' ? `no ${field.endsWith('odifiers') ? 'mark' : field}` : text;
}
