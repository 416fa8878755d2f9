import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRulebook, type Rulebook, type RulebookFiles } from '@tapeclock/domain';
import { readRulebookVersion } from '@tapeclock/service';
import { UsageError } from '../usage-error.ts';

/** The name of the rules in force, whatever folder they are in. */
export const CURRENT = 'current';

/** Files of a version: `current`, the name of a draft in `<base>/drafts`, or a folder that holds a rulebook or a draft. */
export async function versionFiles(name: string, base: string): Promise<RulebookFiles> {
  const folder =
    name === CURRENT ? base : (await draftNames(base)).includes(name) ? draftFolder(base, name) : name;
  let files: RulebookFiles;
  try {
    files = await readRulebookVersion(folder, base);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    files = {};
  }
  if (Object.keys(files).length > 0) return files;
  const known = [CURRENT, ...(await draftNames(base))].join(', ');
  throw new UsageError(`there is no version "${name}" of the rulebook; known are ${known}, and folders`);
}

/** A version to decide by. Throws `RulebookError`; vectors are not asked, for a draft may be rehearsed before it has any. */
export async function version(name: string, base: string): Promise<Rulebook> {
  return parseRulebook(await versionFiles(name, base));
}

export async function draftNames(base: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(base, 'drafts'), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function draftFolder(base: string, name: string): string {
  return join(base, 'drafts', name);
}
