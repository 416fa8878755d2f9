import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { checkRulebook, type Rulebook, withDraft } from '@tapeclock/domain';

/** The text of every JSON file below the rulebook folder, by its path inside it (`deadlines/adf.json`); drafts are not of it. */
export async function readRulebookFiles(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const path = join(entry.parentPath, entry.name);
    const inside = relative(directory, path).split(sep).join('/');
    if (!inside.startsWith('drafts/')) files[inside] = await readFile(path, 'utf8');
  }
  return files;
}

/**
 * The files of one version of the rules: of a folder that holds a rulebook, or of one that holds a draft (`draft.json`), laid
 * over the rulebook in `base`. Rejects with the file system's error where the folder cannot be read.
 */
export async function readRulebookVersion(directory: string, base: string): Promise<Record<string, string>> {
  const files = await readRulebookFiles(directory);
  if (files['draft.json'] === undefined) return files;
  return { ...withDraft(await readRulebookFiles(base), basename(directory), files) };
}

/**
 * Reads and checks the rulebook in a folder and holds it to its vectors. Throws `RulebookError` with every fault found; a
 * service that cannot trust its rules must not start.
 */
export async function loadRulebook(directory: string): Promise<Rulebook> {
  return checkRulebook(await readRulebookFiles(directory)).rulebook;
}
