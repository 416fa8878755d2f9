import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import test from 'node:test';
import { startProduct } from '../../src/product/start-product.ts';
import type { Verdict } from '../../src/verify/judge.ts';
import { verifyData } from '../../src/verify/verify-data.ts';
import { fieldCases } from './field-cases.ts';
import { fixCases } from './fix-cases.ts';
import { lineageCases } from './lineage-cases.ts';
import { logCases } from './log-cases.ts';
import { textCases } from './text-cases.ts';
import { uploadCases } from './upload-cases.ts';
import { openWorld } from './world.ts';

test('bad input: a precise error, nothing lost, the stream goes on', { timeout: 120_000 }, async (t) => {
  const product = await startProduct({ spare: false });
  t.after(async () => {
    await product.stop();
    rmSync(product.dataDir, { recursive: true, force: true });
  });
  const world = await openWorld(product);
  await fieldCases(t, world);
  await lineageCases(t, world);
  await fixCases(t, world);
  await textCases(t, world);
  await uploadCases(t, world);
  const judged = async (): Promise<Verdict> => {
    const verdict = await verifyData(product.dataDir);
    assert.equal(verdict.counts.exactlyOnce, world.good.length);
    assert.equal(verdict.counts.acceptedByFacility, world.good.length, 'nothing bad was sent');
    return verdict;
  };
  await t.test('each good execution has exactly one accepted report, and no bad one was sent', async () => {
    assert.deepEqual((await judged()).exceptions, []);
  });
  await logCases(t, world);
  await t.test('what was set aside is all that verify finds, and it names nothing else', async () => {
    const { exceptions } = await judged();
    assert.deepEqual(exceptions.map(({ code }) => code).sort(), ['DEAD_LETTER', 'UNREADABLE_RECORD']);
  });
});
