import assert from 'node:assert/strict';
import test from 'node:test';
import { planKills } from '../../../drills/kill/plan.ts';

test('each process is killed as often as asked, in turn and inside the load; hot once more, and again before it has a standby', () => {
  const plan = planKills(120, 3);
  const count = (role: string) => plan.filter((kill) => kill.role === role).length;
  assert.deepEqual(['hot', 'watch', 'desk', 'outside'].map(count), [5, 3, 3, 3]);
  const at = plan.flatMap(({ atSeconds }) => (atSeconds === null ? [] : [atSeconds]));
  assert.equal(at.length, plan.length - 1);
  assert.ok(at.every((second, index) => second > 0 && second < 120 && second > (at[index - 1] ?? 0)));
  assert.deepEqual(plan.at(-1), { role: 'hot', atSeconds: null });
});
