// The source of quickfixgo, for what it carries beside its code: the public acceptance definitions and the XML
// specifications of FIX. Fetched by name through the Go client, pinned by the sum in cli/test/counterparty; only the path
// is remembered in the cache, nothing of it is in the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const VERSION = 'v0.9.10';
const NOTE = `${root}.cache/quickfixgo-module-${VERSION}`;

/** Folder of the module, or why there is none. Without `download` it is only looked for. */
export function quickfixgoModule({ download = true } = {}) {
  if (existsSync(NOTE)) {
    const folder = readFileSync(NOTE, 'utf8');
    if (existsSync(`${folder}/spec`)) return { folder };
  }
  if (!download) return { missing: 'not provisioned: the source of quickfixgo is not in the cache' };
  if (spawnSync('go', ['version']).status !== 0) return { missing: 'not provisioned: needs a Go toolchain' };
  const name = `github.com/quickfixgo/quickfix@${VERSION}`;
  const fetched = spawnSync('go', ['mod', 'download', '-json', name], { encoding: 'utf8' });
  if (fetched.status !== 0)
    return { missing: `not provisioned: ${fetched.stderr.trim() || fetched.stdout.trim()}` };
  const { Dir: folder, Sum: sum } = JSON.parse(fetched.stdout);
  const pinned = readFileSync(`${root}cli/test/counterparty/quickfixgo/go.sum`, 'utf8');
  if (!pinned.split('\n').includes(`github.com/quickfixgo/quickfix ${VERSION} ${sum}`)) {
    throw new Error(`${name} has the sum ${sum}, which is not the one pinned in go.sum`);
  }
  mkdirSync(`${root}.cache`, { recursive: true });
  writeFileSync(NOTE, folder);
  return { folder };
}
