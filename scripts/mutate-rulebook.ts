// `npm run mutate:rulebook`: puts one fault at a time into the rules or into the code that decides by them, and counts how many
// vectors and properties notice. With a text: only faults whose place has it (`deadlines/adf.json`). Prints the survivors; 1 where fewer than 95 % were noticed.
import { availableParallelism } from 'node:os';
import { systemClock } from '@tapeclock/ports';
import { allMutants, rules } from './mutate/all-mutants.ts';
import { judgeAll } from './mutate/judge-all.ts';
import { scoreOf } from './mutate/score.ts';

const PERCENT_MIN = 95;

const clock = systemClock();
const startNs = clock.monotonicNs();
const held = rules();
const [only = ''] = process.argv.slice(2);
const mutants = allMutants(held).filter(({ place }) => place.includes(only));
console.log(`${mutants.length} mutants`);
const outcomes = await judgeAll(mutants, held, Math.min(4, availableParallelism()), (done) => {
  if (done % 500 === 0) console.log(`  ${done} judged`);
});
const score = scoreOf(outcomes);
for (const { mutant } of score.survivors) console.log(`survived  ${mutant.place}: ${mutant.change}`);
const seconds = Number((clock.monotonicNs() - startNs) / 1_000_000_000n);
for (const line of score.lines) console.log(line);
console.log(`${seconds} s`);
process.exit(score.percent >= PERCENT_MIN ? 0 : 1);
