import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MODULE = fileURLToPath(new URL('../../src/processes/priority.ts', import.meta.url));

/** Niceness of a process of its own after each step: a test must not slow down the tests beside it. */
function steps(role: string): number[] {
  const script = `
    import { getPriority } from 'node:os';
    const { takePriority, waitBehind } = await import(${JSON.stringify(MODULE)});
    const told = [getPriority()];
    takePriority('${role}');
    told.push(getPriority());
    const comeForward = waitBehind('${role}');
    told.push(getPriority());
    comeForward();
    told.push(getPriority());
    console.log(JSON.stringify(told));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as number[];
}

test('the way of a trade comes before the watch, and the watch before the board', () => {
  const [hot = 0, watch = 0, desk = 0] = ['hot', 'watch', 'desk'].map((role) => steps(role)[1]);
  assert.ok(hot <= watch && watch < desk, `${hot}, ${watch}, ${desk}`);
});

test('a spare waits behind all of them and comes forward when called, or never steps behind', () => {
  for (const role of ['hot', 'watch']) {
    const [, own = 0, waiting = 0, called = 0] = steps(role);
    const mayComeForward = waiting >= 15;
    assert.equal(called, mayComeForward ? own : waiting);
    assert.ok(called <= own + 1, `${role} stays ${called - own} behind`);
  }
});
