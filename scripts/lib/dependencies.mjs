// Installs the locked dependencies when they are missing or older than the lockfile.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const stampFile = `${root}node_modules/.tapeclock-lock-sha256`;

/** Runs `npm ci` unless node_modules was laid from exactly this lockfile. Throws if npm fails. */
export async function ensureDependencies() {
  const lockDigest = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockDigest) return;
  console.error('installing the locked dependencies (once) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // stdout belongs to the command that was asked for
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) throw new Error(`npm ci failed with status ${result.status}`);
  writeFileSync(stampFile, lockDigest);
}
