import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { NS_PER_MS } from '@tapeclock/domain';
import { sleep, systemClock } from '@tapeclock/ports';

const PARENT = fileURLToPath(new URL('./orphan-parent.ts', import.meta.url));

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('kill -9 of the supervisor leaves no process behind', { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tapeclock-orphans-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PARENT, folder]);
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (line) => resolve(Number(String(line).trim())));
  });
  assert.ok(alive(pid));
  parent.kill('SIGKILL');
  while (alive(pid)) await sleep(systemClock(), 20n * NS_PER_MS);
});
