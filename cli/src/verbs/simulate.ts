import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PRODUCT_ROOT } from '../product-folders.ts';

/** `tapeclock simulate …`: simulation/src/main.ts with the same options, in a process of its own. */
export async function simulate(argv: readonly string[]): Promise<number> {
  const entry = `${PRODUCT_ROOT}simulation/src/main.ts`;
  if (!existsSync(entry)) {
    console.error('this copy of the product has no simulation');
    return 1;
  }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...argv], {
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
