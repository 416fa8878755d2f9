import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withDraft } from '@tapeclock/domain';
import { dataMutants } from './data-mutants.ts';
import type { Rules } from './judge-thread.ts';
import type { Mutant } from './mutant.ts';
import { sourceMutants } from './source-mutants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = join(ROOT, 'packages/domain/src');

/** The code between a question and its decision. What only reads or checks files is held by tests of its own. */
const DECIDING = [
  'calendar/eastern.ts',
  'decision/decide.ts',
  'decision/decide-modifiers.ts',
  'decision/decide-undo.ts',
  'decision/decision.ts',
  'decision/exempt.ts',
  'decision/explain-input.ts',
  'decision/place-instant.ts',
  'decision/reckon-window.ts',
  'ns.ts',
  'rulebook/day-plan.ts',
  'rulebook/entry.ts',
  'rulebook/reject-codes.ts',
  'rulebook/trade-day.ts',
  'rulebook/wire-modifiers.ts',
];

export function rules(): Rules {
  const folder = join(ROOT, 'rulebook');
  const files = jsonFiles(folder, (path) => !path.startsWith('drafts/'));
  const drafts = readdirSync(join(folder, 'drafts')).map((name) =>
    withDraft(
      files,
      name,
      jsonFiles(join(folder, 'drafts', name), () => true),
    ),
  );
  return { files, drafts };
}

function jsonFiles(folder: string, wanted: (path: string) => boolean): Record<string, string> {
  const files: Record<string, string> = {};
  for (const found of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = found.split(sep).join('/');
    if (path.endsWith('.json') && wanted(path)) files[path] = readFileSync(join(folder, found), 'utf8');
  }
  return files;
}

/** Every mutant, in an order that stays while files and code do: data by file, then source by file. */
export function allMutants({ files }: Rules): readonly Mutant[] {
  const ruleFiles = Object.keys(files)
    .filter((file) => !/^(?:vectors|cat)\/|^(?:rulebook|sources)\.json$/.test(file))
    .sort();
  return [
    ...ruleFiles.flatMap((file) => dataMutants(file, files[file] ?? '')),
    ...DECIDING.flatMap((file) => sourceMutants(file, readFileSync(join(SOURCES, file), 'utf8'))),
  ];
}
