import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseRulebook, type Rulebook } from '@tapeclock/domain';

/** The text of every JSON file below the rulebook folder, by its path inside it (`deadlines/adf.json`). */
export async function readRulebookFiles(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(directory, path).split(sep).join('/')] = await readFile(path, 'utf8');
  }
  return files;
}

/**
 * Reads and checks the rulebook in a folder. Throws `RulebookError` with every fault found; a service that
 * cannot trust its rules must not start.
 */
export async function loadRulebook(directory: string): Promise<Rulebook> {
  return parseRulebook(await readRulebookFiles(directory));
}
