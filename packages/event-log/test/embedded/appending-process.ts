/**
 * A process to be killed. Appends without end, several at a time, and tells on its standard output each record that
 * was acknowledged, before it counts it. Arguments: directory, lane, first number, and optionally how many appends to make
 * before it ends by itself.
 */
import { writeSync } from 'node:fs';
import { openEmbeddedLog } from '../../src/index.ts';
import { clock } from './embedded-world.ts';
import { KILL_TOPIC } from './kill-topic.ts';

const [directory = '', lane = '', first = '0', appendsMax = 'Infinity'] = process.argv.slice(2);
const log = await openEmbeddedLog({ directory, clock, topics: [KILL_TOPIC] });
let next = Number(first);

let left = Number(appendsMax);

async function appendOn(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const numbers = [next, next + 1, next + 2];
    next += 3;
    await log.append(
      numbers.map((n) => ({
        topic: KILL_TOPIC.name,
        key: `${lane}-${n % 5}`,
        value: Buffer.from(`${lane} ${n}`),
      })),
    );
    tell(`${numbers.join('\n')}\n`);
  }
}

/** At once, for a kill gives no notice. The pipe does not block: while its reader lags behind, it is tried again. */
function tell(text: string): void {
  for (let left = Buffer.from(text); left.length > 0; ) {
    try {
      left = left.subarray(writeSync(1, left));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

await Promise.all(Array.from({ length: 8 }, appendOn));
await log.close();
