/** The rulebook as it stands in the repository, read once for all tests of this package. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseRulebook } from '../../src/index.ts';

const ROOT = join(import.meta.dirname, '../../../../rulebook');

export const RULEBOOK_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(ROOT, path), readFileSync(path, 'utf8')])
    .filter(([path]) => !path?.startsWith('drafts/')),
);

export const RULEBOOK = parseRulebook(RULEBOOK_FILES);
