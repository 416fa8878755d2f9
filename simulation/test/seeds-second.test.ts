import assert from 'node:assert/strict';
import test from 'node:test';
import { holdSeeds } from './hold-seeds.ts';

test('seeds 55 to 109 keep every invariant, in every layout', async () => {
  const { layouts } = await holdSeeds(55, 55);
  assert.deepEqual([...layouts.keys()].sort(), ['apart', 'laptop', 'standby']);
});
