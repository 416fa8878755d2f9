import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { repairItem } from './repair-item.ts';
import type { World } from './world.ts';

/** A cell that a spreadsheet runs begins like this; a plain number may. */
const RUNS = /^[=+\-@\t\r\n]/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const EXPORTS = [
  'trades',
  'repairs',
  'obligations',
  'late',
  'in-doubt',
  'alerts',
  'dead-letters',
  'desk-actions',
];

/** Text that attacks whoever reads it: terminals, spreadsheets, decoders. */
export async function textCases(t: TestContext, world: World): Promise<void> {
  for (const { name, symbol, code } of [
    { name: 'an escape sequence', symbol: '\u001b[31mAAPL', code: 'TEXT_CONTROL_CHARACTERS' },
    { name: 'a NUL', symbol: 'AA\u0000PL', code: 'TEXT_CONTROL_CHARACTERS' },
    { name: 'the FIX separator', symbol: 'AAPL\u000155=MSFT', code: 'TEXT_CONTROL_CHARACTERS' },
    { name: 'a line separator', symbol: 'AAPL\u2028', code: 'TEXT_CONTROL_CHARACTERS' },
    { name: 'half a surrogate pair', symbol: 'AAPL\ud83d', code: 'TEXT_NOT_UTF8' },
    { name: 'a letter that is not ASCII', symbol: 'AÄPL', code: 'TEXT_NOT_ASCII' },
  ] as const) {
    await t.test(`${name} in a field waits for a person and is shown escaped`, async () => {
      const record = world.execution({ symbol });
      assert.equal((await world.send(record)).status, 202);
      const row = await world.until(`${code} for ${record.executionId}`, async () =>
        (await world.board.repairs()).find((item) => item.sourceExecutionId === record.executionId),
      );
      assert.ok(
        row.issues.some((issue) => issue.code === code && issue.field === 'symbol'),
        JSON.stringify(row.issues),
      );
      const { original } = await world.board.repair(row.repairId);
      const acting = [...original.text].filter((char) => char < ' ' || char === '\u2028');
      assert.deepEqual(acting, [], 'nothing that a terminal acts upon');
      await world.goesOn();
    });
  }

  await t.test(
    'a body that is no UTF-8 is taken as far as it can be read, and the field is named',
    async () => {
      const record = world.execution({ symbol: 'A\u00ff' });
      const body = Buffer.from(JSON.stringify(record), 'latin1');
      assert.equal((await world.post('/v1/executions', body)).status, 202);
      const expected = { code: 'TEXT_NOT_UTF8', field: 'symbol', value: 'A\ufffd' };
      await repairItem(world, record.executionId, expected, record.executionId);
      await world.goesOn();
    },
  );

  await t.test('a body that is no JSON is refused with what is wrong with it', async () => {
    const { status, body } = await world.post('/v1/executions', '{"executionId": "A1",');
    assert.equal(status, 400);
    assert.equal(body.code, 'REQUEST_INVALID');
    assert.match(body.detail ?? '', /JSON/);
    await world.goesOn();
  });

  await t.test('an id with a control character or a space is refused at the door', async () => {
    for (const executionId of ['A\u0007', 'A B', '', 'A'.repeat(65)]) {
      const { status, body } = await world.send(world.execution({ executionId }));
      assert.equal(status, 400);
      assert.equal(body.issues?.[0]?.field, 'executionId');
    }
    await world.goesOn();
  });

  await t.test('formulas in ids and fields are text in every export of the board', async () => {
    const symbols = ['=1+1', '@SUM(1)', '+1+1', '-1+1', '\t=1', '"=1'];
    const records = symbols.map((symbol) =>
      world.execution({ executionId: `=cmd|'/C'!${world.id()}`, symbol, account: '=HYPERLINK("x")' }),
    );
    for (const record of records) assert.equal((await world.send(record)).status, 202);
    await world.until('their repair items', async () => {
      const ids = new Set((await world.board.repairs()).map(({ sourceExecutionId }) => sourceExecutionId));
      return records.every(({ executionId }) => ids.has(executionId));
    });
    for (const list of EXPORTS) {
      const rows = cellsOf(await world.board.text(`/api/export/${list}.csv`));
      const running = rows.flat().filter((cell) => RUNS.test(cell) && !NUMBER.test(cell));
      assert.deepEqual(running, [], list);
      if (list === 'repairs') {
        const cells = new Set(rows.flat());
        for (const { executionId } of records)
          assert.ok(cells.has(`'${executionId}`), 'it is there, as text');
      }
    }
    await world.goesOn();
  });
}

/** RFC 4180. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows;
}
