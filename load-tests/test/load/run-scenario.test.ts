import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import test from 'node:test';
import { startProduct } from '@tapeclock/cli';
import { systemClock } from '@tapeclock/ports';
import { isWhole } from '../../src/account/hold-against-log.ts';
import { failuresOf } from '../../src/load/load-result.ts';
import { runScenario } from '../../src/load/run-scenario.ts';
import { SCENARIOS } from '../../src/load/scenarios.ts';

const scenario = (name: string) => SCENARIOS.find((known) => known.name === name)!;

test('over real HTTP on a real product, each execution offered is accounted for and reported once', async () => {
  const played = scenario('board');
  const result = await runScenario(
    systemClock(),
    played,
    { rate: 40, seconds: 5, records: 1, viewers: 2, seed: 1 },
    null,
  );
  assert.deepEqual(failuresOf(result, played), []);
  const { account, counts, board, pipeline } = result;
  assert.ok(account !== null && isWhole(account));
  assert.equal(counts.offered, counts.taken);
  assert.equal(pipeline?.accepted, counts.taken);
  assert.deepEqual([board?.signedIn, board?.events.hello], [2, 2]);
  assert.ok(board !== null && board.pollsOffered === (board.pollsAnswered[200] ?? 0));
  assert.ok(board.receivedToShownMs.count > 0, 'trades came up on the live feed');
});

test('lists and files sent to a product that runs already are accounted for record by record', async () => {
  const product = await startProduct();
  const target = {
    url: `http://127.0.0.1:${product.ports.rest}`,
    key: product.restKey,
    dataDir: product.dataDir,
    clockOffsetNs: product.clockOffsetNs,
  };
  try {
    for (const [name, records] of [
      ['batch', 20],
      ['upload', 100],
    ] as const) {
      const played = scenario(name);
      const settings = { rate: 200, seconds: 2, records, viewers: 0, seed: 1 };
      const result = await runScenario(systemClock(), played, settings, target);
      assert.deepEqual(failuresOf(result, played), []);
      assert.ok(result.account !== null && isWhole(result.account));
      assert.deepEqual([result.counts.offered, result.counts.taken], [400, 400]);
    }
  } finally {
    await product.stop();
    rmSync(product.dataDir, { recursive: true, force: true });
  }
});
