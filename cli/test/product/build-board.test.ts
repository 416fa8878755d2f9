import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { boardIsBuilt } from '../../src/product/build-board.ts';

const folder = mkdtempSync(join(tmpdir(), 'tapeclock-board-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, atSeconds: number): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, name);
  utimesSync(path, atSeconds, atSeconds);
}

test('the board is built again when, and only when, a source is newer than what was built', () => {
  write('index.html', 1_000);
  write('src/board/app.tsx', 1_000);
  assert.equal(boardIsBuilt(folder), false, 'nothing was built');
  write('dist/index.html', 2_000);
  write('dist/assets/app.js', 3_000);
  assert.equal(boardIsBuilt(folder), true);
  write('src/board/app.tsx', 2_001);
  assert.equal(boardIsBuilt(folder), false, 'a source has changed');
});
