import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { openPresence } from '../../src/embedded/presence.ts';

const PRESENCE = fileURLToPath(new URL('../../src/embedded/presence.ts', import.meta.url));

test('a process is known to live, stopped or not, and to be dead as soon as it is killed', {
  timeout: 60_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'presence-'));
  const script = `import { openPresence } from ${JSON.stringify(PRESENCE)};
    globalThis.presence = openPresence(${JSON.stringify(directory)}); console.log(presence.token); process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const presence = openPresence(directory);
  try {
    const [line] = await once(child.stdout, 'data');
    const token = String(line).trim();
    assert.equal(presence.isDead(token), false);
    child.kill('SIGSTOP');
    assert.equal(presence.isDead(token), false, 'one that hangs may go on: it must time out instead');
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(presence.isDead(token), true);
    assert.equal(presence.isDead(presence.token), false);
    assert.equal(presence.isDead('../escape'), false);
  } finally {
    child.kill('SIGKILL');
    presence.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
