import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT_ROOT } from '../product-folders.ts';

const BUILT = join('dist', 'index.html');
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'];

/**
 * Builds the board's assets where a fresh clone has none or a source has changed since. Without them the API still runs,
 * so a failure is told only.
 */
export async function buildBoard(webFolder: string): Promise<void> {
  if (boardIsBuilt(webFolder)) return;
  const vite = join(PRODUCT_ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(join(webFolder, 'index.html')) || !existsSync(vite)) {
    console.error('the board has no sources here; its API runs without it');
    return;
  }
  console.log('building the board (once) …');
  const builder = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: webFolder,
    stdio: 'inherit',
  });
  const status = await new Promise<number | null>((resolve) => {
    builder.once('error', () => resolve(1));
    builder.once('exit', resolve);
  });
  if (status !== 0) console.error('the board could not be built; its API runs without it');
}

/** Whether what was built is younger than everything it was built from: a checkout of another version is newer. */
export function boardIsBuilt(webFolder: string): boolean {
  const built = join(webFolder, BUILT);
  if (!existsSync(built)) return false;
  const builtAtMs = statSync(built).mtimeMs;
  return SOURCES.map((name) => join(webFolder, name))
    .filter((path) => existsSync(path))
    .every((path) => filesBelow(path).every((file) => statSync(file).mtimeMs <= builtAtMs));
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
