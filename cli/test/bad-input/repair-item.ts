import assert from 'node:assert/strict';
import type { RepairOpenedShown } from './board.ts';
import type { IssueShown, World } from './world.ts';

/** What a person must be shown: the code, the field and the value as it came. */
export interface Expected {
  readonly code: string;
  readonly field: string;
  readonly value: string;
}

/**
 * Waits for the repair item of an execution that says `code`, and holds it to what every item promises: a message, what
 * to do, and the original beside it.
 */
export async function repairItem(
  world: World,
  sourceExecutionId: string,
  expected: Expected,
  original: string,
): Promise<RepairOpenedShown> {
  const row = await world.until(`a repair item ${expected.code} for ${sourceExecutionId}`, async () =>
    (await world.board.repairs()).find(
      (repair) =>
        repair.sourceExecutionId === sourceExecutionId &&
        repair.issues.some(({ code }) => code === expected.code),
    ),
  );
  const item = await world.board.repair(row.repairId);
  const issue = item.repair.issues.find(({ code }) => code === expected.code);
  assertIssue(issue, expected);
  assert.equal(item.repair.state, 'OPEN');
  assert.ok(item.original.text.includes(original), `the original ${item.original.text} holds ${original}`);
  return item;
}

export function assertIssue(issue: IssueShown | undefined, expected: Expected): void {
  assert.ok(issue !== undefined, `an issue ${expected.code}`);
  const { code, field, value, message, action } = issue;
  assert.deepEqual({ code, field, value }, expected);
  assert.ok(message.length > 10 && action.length > 10, 'it says what is wrong and what to do');
}
