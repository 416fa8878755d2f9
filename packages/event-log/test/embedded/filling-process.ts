/** Fills the volume it is given through the log, makes room again, appends once more, and prints what it saw. */
import { rmSync, writeFileSync } from 'node:fs';
import { type LogError, openEmbeddedLog } from '../../src/index.ts';
import { readAll, record } from '../contract/log-under-test.ts';
import { clock } from './embedded-world.ts';

const [directory = ''] = process.argv.slice(2);
writeFileSync(`${directory}/ballast`, Buffer.alloc(1_000_000));
let alerts = 0;
const log = await openEmbeddedLog({
  directory,
  clock,
  topics: [{ name: 'single', partitions: 1 }],
  onAlert: () => {
    alerts += 1;
  },
});
let kept = 0;
let code = '';
while (code === '') {
  await log.append([record('single', 'k', 'x'.repeat(2000))]).then(
    () => {
      kept += 1;
    },
    (error: LogError) => {
      code = error.code;
    },
  );
}
rmSync(`${directory}/ballast`);
await log.append([record('single', 'k', 'after')]);
const found = (await readAll(log, 'single', 0)).length;
await log.close();
console.log(JSON.stringify({ code, kept, found, alerts }));
