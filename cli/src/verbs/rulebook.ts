import {
  checkRulebook,
  countByClause,
  dayCases,
  easternText,
  faultLine,
  RulebookError,
  rehearse,
  rfc3339FromNs,
} from '@tapeclock/domain';
import { loadConfig } from '@tapeclock/service';
import { openLogReader } from '../log-reader.ts';
import { rulebookFolder } from '../product-folders.ts';
import { rehearseLog } from '../rulebook/rehearse-log.ts';
import { rehearsalLines } from '../rulebook/tell-rehearsal.ts';
import { CURRENT, draftNames, version, versionFiles } from '../rulebook/versions.ts';
import { DECLARATIONS } from '../settings.ts';
import { readOptions, UsageError } from '../usage-error.ts';

const USAGE = `usage: tapeclock rulebook check [version] [--json]
         reads a version strictly and holds it to its vectors; 1 with every fault at file:line:column
       tapeclock rulebook diff <version> <version> --over <day> [--data <folder>] [--each] [--json]
         rehearsal: decides a day under both and lists what differs, with counts by clause; 1 when anything does.
         With --data the executions of that day on the log, otherwise a dense grid of what can happen on it
       tapeclock rulebook versions   the rules in force and the drafts beside them
  A version is "current", the name of a draft, or a folder with a rulebook or a draft. --rulebook <folder>: the one in force.`;

export async function rulebook(argv: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = readOptions(
    argv,
    { over: text, data: text, rulebook: text, each: flag, json: flag },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const base = values.rulebook ?? rulebookFolder(loadConfig(DECLARATIONS, process.env, process.cwd()));
  const [verb, first, second] = positionals;
  try {
    switch (verb) {
      case 'check':
        return await check(first ?? CURRENT, base, values.json === true);
      case 'diff':
        if (first === undefined || second === undefined || values.over === undefined) break;
        return await diff([first, second], base, values.over, values);
      case 'versions':
        return await versions(base);
    }
  } catch (error) {
    if (!(error instanceof RulebookError)) throw error;
    if (values.json === true) console.log(JSON.stringify({ ok: false, faults: error.faults }, null, 2));
    else for (const fault of error.faults) console.error(faultLine(fault));
    return 1;
  }
  throw new UsageError(USAGE);
}

async function check(name: string, base: string, json: boolean): Promise<number> {
  const { rulebook: checked, vectors, changed } = checkRulebook(await versionFiles(name, base));
  const differing = changed.map(({ vector, differences }) => ({
    id: vector.id,
    why: vector.why,
    differences,
  }));
  if (json) {
    console.log(
      JSON.stringify(
        { ok: true, version: checked.version, vectors: vectors.length, changed: differing },
        null,
        2,
      ),
    );
    return 0;
  }
  console.log(`rulebook ${checked.version}: complete, ${vectors.length} vectors, each entry tried.`);
  if (differing.length > 0) console.log(`${differing.length} vectors of the rules in force would change:`);
  for (const { id, why, differences } of differing) console.log(`  ${id} (${why}) ${differences.join('; ')}`);
  return 0;
}

async function versions(base: string): Promise<number> {
  const current = await version(CURRENT, base);
  console.log(`${CURRENT} (${current.version}): ${current.sentence}`);
  for (const name of await draftNames(base)) {
    const files = await versionFiles(name, base);
    const { sentence } = JSON.parse(files[`drafts/${name}/draft.json`] ?? '{}') as {
      readonly sentence?: string;
    };
    console.log(`${name}: ${sentence ?? ''}`);
  }
  return 0;
}

interface DiffOptions {
  readonly data?: string | undefined;
  readonly each?: boolean | undefined;
  readonly json?: boolean | undefined;
}

async function diff(
  [a, b]: readonly [string, string],
  base: string,
  over: string,
  { data, each, json }: DiffOptions,
): Promise<number> {
  const before = await version(a, base);
  const after = await version(b, base);
  const title = { before: before.version, after: after.version, over };
  if (data !== undefined) {
    const reader = await openLogReader(data);
    const { asked, differences, byClause } = await rehearseLog(reader, before, after, over).finally(() =>
      reader.close(),
    );
    if (json === true) {
      const counts = Object.fromEntries(byClause);
      console.log(JSON.stringify({ ...title, from: data, asked, byClause: counts, differences }, null, 2));
      return differences.length === 0 ? 0 : 1;
    }
    console.log(`${before.version} → ${after.version}, executions of ${over} on the log in ${data}`);
    for (const one of differences)
      console.log(`${one.executionId} ${one.field}: ${one.before} → ${one.after}`);
    const differing = new Set(differences.map(({ executionId }) => executionId)).size;
    console.log(`${differing} of ${asked} decisions differ${byClause.size === 0 ? '.' : ', by clause:'}`);
    for (const [clause, count] of byClause) console.log(`  ${clause}: ${count}`);
    return differences.length === 0 ? 0 : 1;
  }
  const cases = dayCases(over, [before, after]);
  if (cases.length === 0) throw new UsageError(`"${over}" is no date; write it as 2026-03-30\n\n${USAGE}`);
  const rehearsal = rehearse(before, after, cases);
  if (json === true) {
    const changes = rehearsal.changes.map(({ question, ...change }) => ({
      question: Object.fromEntries(
        Object.entries(question).map(([key, value]) =>
          typeof value === 'bigint' ? [key.replace(/Ns$/, 'At'), rfc3339FromNs(value)] : [key, value],
        ),
      ),
      eastern: easternText(question.eventNs ?? question.executedNs),
      ...change,
    }));
    const counts = Object.fromEntries(countByClause(rehearsal.changes));
    console.log(
      JSON.stringify({ ...title, from: 'grid', asked: rehearsal.asked, byClause: counts, changes }, null, 2),
    );
  } else {
    console.log(`${before.version} → ${after.version}, what can happen on ${over}`);
    for (const line of rehearsalLines(rehearsal, each === true)) console.log(line);
  }
  return rehearsal.changes.length === 0 ? 0 : 1;
}
