import assert from 'node:assert/strict';
import test from 'node:test';
import { seededRandom } from '@tapeclock/ports/virtual';
import { amended, demoTrade, spoiled, tradeFields } from '../../src/feed/demo-execution.ts';

const NOW = 1_795_532_400_000_000_000n;

test('no two executions of a feed share an id', () => {
  const random = seededRandom(1);
  const ids = Array.from({ length: 20_000 }, (_, i) => demoTrade(random, NOW + BigInt(i)).id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-9A-Z]{1,64}$/);
});

test('an execution never lies in the future', () => {
  const random = seededRandom(2);
  for (let i = 0; i < 1_000; i += 1) assert.ok(demoTrade(random, NOW).executedNs < NOW);
});

test('a bust or correction names the trade it is about and has an id of its own', () => {
  const trade = demoTrade(seededRandom(3), NOW);
  for (const kind of ['bust', 'correction'] as const) {
    const fields = amended(trade, kind, 'K1', NOW, 'TCLK');
    assert.deepEqual(
      fields.filter(([tag]) => tag === 17 || tag === 19),
      [
        [17, 'K1'],
        [19, trade.id],
      ],
    );
  }
});

test('a spoiled execution differs from the good one in exactly one field', () => {
  const random = seededRandom(4);
  const good = tradeFields(demoTrade(random, NOW), 'TCLK');
  for (let i = 0; i < 50; i += 1) {
    const bad = new Set(spoiled(good, random).map(String));
    assert.equal(good.filter((field) => !bad.has(String(field))).length, 1);
  }
});

test('a trade with a customer names the order on the other side, which CAT wants of us', () => {
  const random = seededRandom(5);
  const trades = Array.from({ length: 100 }, () => demoTrade(random, NOW));
  assert.ok(trades.some(({ contra }) => contra === 'C'));
  for (const trade of trades) {
    const named = tradeFields(trade, 'TCLK').some(([tag]) => tag === 198);
    assert.equal(named, trade.contra === 'C');
  }
});
