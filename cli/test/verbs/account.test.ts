import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

test('accounts of the board are made, listed, given a new password and removed at the terminal', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tapeclock-accounts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) =>
    new Promise<{ readonly status: number | null; readonly output: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', MAIN, 'account', ...args, '--data', folder],
        (_error, stdout, stderr) => resolve({ status: child.exitCode, output: stdout + stderr }),
      );
    });
  const passwordIn = (output: string) => /password (\S{20}) /.exec(output)?.[1];

  assert.equal((await run('jane')).status, 2, 'a new account needs a role');
  const made = await run('jane', '--role', 'officer');
  assert.equal(made.status, 0, made.output);
  const renewed = await run('jane');
  assert.ok(passwordIn(made.output) !== undefined && passwordIn(renewed.output) !== undefined);
  assert.notEqual(passwordIn(made.output), passwordIn(renewed.output));
  assert.match((await run()).output, /^jane +officer\n$/);
  assert.equal((await run('Jane Doe', '--role', 'viewer')).status, 2);
  assert.equal((await run('jane', '--remove')).output, 'removed jane\n');
  assert.equal((await run('jane', '--remove')).status, 1);
  assert.equal((await run()).output, '');
});
