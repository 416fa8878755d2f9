// Installs the locked dependencies when what lies in node_modules is not what the lockfile says.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs `npm ci` unless every locked package is installed in its locked version. Throws if npm fails. */
export async function ensureDependencies() {
  if (isInstalled()) return;
  console.error('installing the locked dependencies …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // stdout belongs to the command that was asked for
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) throw new Error(`npm ci failed with status ${result.status}`);
}

/** npm writes down what it installed; packages for other platforms are in the lockfile but not on the disk. */
function isInstalled() {
  const locked = readLock('package-lock.json');
  const installed = readLock('node_modules/.package-lock.json');
  if (locked === null || installed === null) return false;
  return Object.entries(locked).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.optional || entry.devOptional) return true;
    const present = installed[path];
    return (
      present !== undefined &&
      present.version === entry.version &&
      Boolean(present.link) === Boolean(entry.link)
    );
  });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(`${root}${path}`, 'utf8')).packages;
  } catch {
    return null;
  }
}
