import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT_ROOT } from '../product-folders.ts';

/** Builds the board's assets where a fresh clone has none. Without them the API still runs, so a failure is told only. */
export async function buildBoard(webFolder: string): Promise<void> {
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
