import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { sleep, systemClock } from '@tapeclock/ports';
import { quickfixgo } from '../../../scripts/provision/quickfixgo.mjs';
import { startProduct } from '../../src/product/start-product.ts';
import { verifyData } from '../../src/verify/verify-data.ts';
import { cuttingProxy } from './cutting-proxy.ts';

const engine = quickfixgo();
const COUNT = 1_000;

for (const [begin, sender] of [
  ['FIX.4.2', 'DEMO42'],
  ['FIX.4.4', 'DEMO44'],
  ['FIXT.1.1', 'DEMO50'],
] as const) {
  test(`an engine we did not write sends ${COUNT} executions over ${begin} with cuts in the middle; each is reported once`, {
    skip: 'missing' in engine ? engine.missing : false,
    timeout: 60_000,
  }, async (t) => {
    assert.ok('program' in engine);
    const store = mkdtempSync(join(tmpdir(), 'quickfixgo-'));
    const product = await startProduct({ demoRate: 0 });
    t.after(async () => {
      await product.stop();
      rmSync(product.dataDir, { recursive: true, force: true });
      rmSync(store, { recursive: true, force: true });
    });
    const proxy = await cuttingProxy(product.ports.fix);
    t.after(() => proxy.close());
    const child = spawn(engine.program, [
      ...['-port', String(proxy.port), '-begin', begin, '-sender', sender, '-target', 'TAPECLOCK'],
      ...['-password', product.fixPassword, '-store', store, '-count', String(COUNT)],
      ...['-clock-offset-ms', String(product.clockOffsetNs / 1_000_000n)],
    ]);
    t.after(() => child.kill('SIGKILL'));
    const heard: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => heard.push(line));

    const clock = systemClock();
    const until = async (what: string, done: () => boolean | Promise<boolean>) => {
      while (!(await done())) {
        assert.equal(
          child.exitCode,
          null,
          `the counterparty ended before ${what}: ${heard.slice(-5).join(' | ')}`,
        );
        await sleep(clock, 50_000_000n);
      }
    };
    const received = async () => (await verifyData(product.dataDir)).counts.executions ?? 0;
    const logons = () => heard.filter((line) => line === 'logon').length;
    for (const [cuts, progress] of [200, 500, 800].entries()) {
      await until(`execution ${progress}`, () => heard.includes(`progress ${progress}`));
      await until(`logon ${cuts + 1}`, () => logons() > cuts);
      assert.ok(proxy.cut() > 0, 'there was a connection to cut');
    }
    await until('its logon after the last cut', () => logons() > 3);
    await until('the last execution', async () => (await received()) >= COUNT);
    await until(
      'the last answer',
      async () => ((await verifyData(product.dataDir)).counts.exactlyOnce ?? 0) >= COUNT,
    );
    const verdict = await verifyData(product.dataDir);
    assert.deepEqual(verdict.exceptions, []);
    assert.equal(verdict.counts.exactlyOnce, COUNT);
  });
}
