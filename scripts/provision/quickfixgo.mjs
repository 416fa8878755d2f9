// Builds the test-only counterparty on quickfixgo into the cache: a FIX engine that we did not write. Fetched by module
// name and pinned by go.sum; nothing of it is in the repository.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = `${root}cli/test/counterparty/quickfixgo/`;

/** Path of the program, or why there is none. Builds on the first call for these sources, in about a minute. */
export function quickfixgo() {
  const digest = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) digest.update(readFileSync(`${sources}${name}`));
  const folder = `${root}.cache/quickfixgo-${digest.digest('hex').slice(0, 16)}`;
  const program = `${folder}/counterparty`;
  if (existsSync(program)) return { program };
  if (spawnSync('go', ['version']).status !== 0) return { missing: 'not provisioned: needs a Go toolchain' };
  mkdirSync(folder, { recursive: true });
  const built = spawnSync('go', ['build', '-mod=readonly', '-o', program, '.'], {
    cwd: sources,
    encoding: 'utf8',
  });
  if (built.status !== 0) return { missing: `not provisioned: go build failed: ${built.stderr.trim()}` };
  return { program };
}
