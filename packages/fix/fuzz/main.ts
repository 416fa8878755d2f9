// `npm run fuzz`: messages that fast-check makes, then real ones broken in every way that came to mind, against codec,
// dictionaries and session. A failure is kept under packages/fix/test/fuzz/cases, where npm test plays it again from then on.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock, systemRandom } from '@tapeclock/ports';
import { type FuzzCase, fuzz } from './fuzz.ts';
import { structured } from './structured.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '' },
  },
});
const CASES = fileURLToPath(new URL('../test/fuzz/cases/', import.meta.url));
/** One conversation made by fast-check for so many inputs in all: they cost more, and shrink. */
const STRUCTURED_PART = 200;
const clock = systemClock();
const seed = values.seed === '' ? systemRandom.nextU32() : Number(values.seed);
const inputs = Number(values.inputs);
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(inputs)) {
  console.error('usage: npm run fuzz -- [--inputs <n>] [--seed <n>]');
  process.exit(2);
}
console.log(`seed ${seed}, ${inputs} inputs`);
const startNs = clock.monotonicNs();
const seconds = () => Number((clock.monotonicNs() - startNs) / 1_000_000n) / 1000;
function keep({ text, options, steps }: FuzzCase): never {
  mkdirSync(CASES, { recursive: true });
  const path = `${CASES}seed-${seed}-${steps.length}.json`;
  const kept = {
    options,
    steps: steps.map((step) => (typeof step === 'number' ? step : Buffer.from(step).toString('base64'))),
  };
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
  console.error(`failed after ${steps.length} steps of a conversation, kept as ${path}\n${text}`);
  process.exit(1);
}

const memory = () => `${seconds().toFixed(0)} s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`;
const made = structured(seed | 0, Math.ceil(inputs / STRUCTURED_PART));
if (typeof made !== 'number') keep(made);
console.log(`${made} inputs made by fast-check, ${memory()}`);
let said = 0;
const result = fuzz(seed, inputs - made, (done) => {
  if (done - said < 1_000_000) return;
  said = done;
  console.log(`${done} inputs by mutation, ${memory()}`);
});
if ('text' in result) keep(result);
const { conversations, frames } = result;
console.log(
  `${made + result.inputs} inputs; of those by mutation, ${frames} in ${conversations} conversations reached the session as whole messages; no failure, ${memory()}`,
);
