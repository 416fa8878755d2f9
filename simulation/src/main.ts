// `tapeclock simulate`: seeds of the whole pipeline on virtual time. Exit 1 when an invariant is broken.
import { parseArgs } from 'node:util';
import { systemClock } from '@tapeclock/ports';
import { MUTATIONS, type Mutation } from './mutations/mutation.ts';
import { violationLines } from './print-violation.ts';
import { runSeed } from './run-seed.ts';
import { simulateSeeds } from './simulate.ts';
import { loadProduct } from './world/product.ts';

const USAGE = `usage: tapeclock simulate [--seeds N] [--from S]      run N seeds from S on (100 from 0)
       tapeclock simulate --seed S [--trace]        run one seed; --trace prints every step
options: --mutation <name>   plant a bug: ${MUTATIONS.map(({ name }) => name).join(', ')}
         --split-brain       cut processes with a warm standby off the group coordinator too
         --keep-going        do not stop at the first seed that breaks an invariant`;

function readOptions() {
  try {
    return parseArgs({
      options: {
        seeds: { type: 'string', default: '100' },
        from: { type: 'string', default: '0' },
        seed: { type: 'string' },
        trace: { type: 'boolean', default: false },
        mutation: { type: 'string' },
        'split-brain': { type: 'boolean', default: false },
        'keep-going': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return leave(error instanceof Error ? error.message : String(error));
  }
}

function leave(text: string): never {
  console.error(`${text}\n\n${USAGE}`);
  process.exit(2);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) leave(`--${name} ${text}: a whole number is wanted`);
  return Number(text);
}

function mutationOf(name: string | undefined): Mutation | undefined {
  if (name === undefined) return undefined;
  return MUTATIONS.find((mutation) => mutation.name === name) ?? leave(`no mutation "${name}"`);
}

const values = readOptions();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const mutation = mutationOf(values.mutation);
const splitBrain = values['split-brain'];
const again = [
  ...(mutation === undefined ? [] : ['--mutation', mutation.name]),
  ...(splitBrain ? ['--split-brain'] : []),
];
const planted = mutation === undefined ? {} : { mutation };
const product = await loadProduct();
const clock = systemClock();
const startNs = clock.monotonicNs();

if (values.seed !== undefined) {
  const seed = wholeNumber('seed', values.seed);
  const result = await runSeed({ seed, product, splitBrain, keepTrace: values.trace, ...planted });
  for (const line of result.trace) console.log(line);
  for (const line of violationLines(result, again)) console.log(line);
  console.log(`seed ${seed}: layout ${result.layout}, ${result.intensity}, digest ${result.digest}`);
  print('faults', result.faults);
  print('coverage', result.coverage);
  process.exitCode = result.violations.length === 0 ? 0 : 1;
} else {
  const totals = await simulateSeeds({
    product,
    splitBrain,
    ...planted,
    from: wholeNumber('from', values.from),
    seeds: wholeNumber('seeds', values.seeds),
    onSeed(result) {
      for (const line of violationLines(result, again)) console.log(line);
      return result.violations.length === 0 || values['keep-going'];
    },
  });
  print('layouts', totals.layouts);
  print('intensity', totals.intensities);
  print('faults', totals.faults);
  print('coverage', totals.coverage);
  const seconds = Number((clock.monotonicNs() - startNs) / 1_000_000n) / 1_000;
  const rate = (totals.seeds / seconds).toFixed(1);
  console.log(
    `${totals.seeds} seeds in ${seconds.toFixed(1)} s (${rate} seeds/s), ${totals.violations} violations`,
  );
  if (totals.failed.length > 0) console.log(`seeds that broke an invariant: ${totals.failed.join(', ')}`);
  process.exitCode = totals.failed.length === 0 ? 0 : 1;
}

function print(title: string, counts: ReadonlyMap<string, number>): void {
  console.log(`${title}:`);
  for (const [name, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${name.padEnd(34)} ${count}`);
  }
}
