import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

test('a reader who has read enough and closed the pipe gets no stack trace', async () => {
  const child = spawn(process.execPath, [
    ...['--disable-warning=ExperimentalWarning', MAIN, 'explain', '--facility', 'ADF', '--class', 'NMS'],
    ...['--executed-at', '2026-03-06T18:45:00-05:00'],
  ]);
  child.stdout.destroy();
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += String(text);
  });
  await once(child, 'close');
  assert.equal(complaint, '');
});
