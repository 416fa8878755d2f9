import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { summarizeProfiles } from '../../src/bench/profile-summary.ts';

const node = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});

test('the main thread comes first though others are busier; self time is of busy time, by function and file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapeclock-profile-'));
  const write = (name: string, samples: readonly number[]): void => {
    const profile = {
      nodes: [
        node(1, '(idle)', ''),
        node(2, 'step', 'file:///somewhere/services/enrichment/src/step.ts'),
        node(3, '', 'file:///somewhere/node_modules/avsc/lib/types.js'),
      ],
      samples,
      timeDeltas: samples.map(() => 100_000),
    };
    writeFileSync(join(folder, name), JSON.stringify(profile));
  };
  try {
    write('CPU.20261127.152658.77.1.002.cpuprofile', [2, 2, 2, 2]);
    write('CPU.20261127.152658.77.0.001.cpuprofile', [1, 2, 2, 2, 3]);
    write('CPU.20261127.152658.78.0.001.cpuprofile', [3]);
    const [main, ...others] = summarizeProfiles(folder, 77);
    assert.deepEqual(
      others.map(({ thread }) => thread),
      [1],
    );
    assert.deepEqual([main?.thread, main?.sampledSeconds, main?.busyPercent], [0, 0.5, 80]);
    assert.deepEqual(main?.functions, [
      { name: 'step', place: 'services/enrichment/src/step.ts:10', percent: 75 },
      { name: '(anonymous)', place: 'node_modules/avsc/lib/types.js:10', percent: 25 },
    ]);
    assert.deepEqual(
      main?.modules.map(({ name }) => name),
      ['services/enrichment/src/step.ts', 'node_modules/avsc/lib/types.js'],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
