/**
 * How well the forecast foretells breaches: `npm run bench -- --forecast [runs] [seed]`. Pure simulation of arrivals, a queue and a
 * service rate, seeded: the same numbers on every machine. Two naive thresholds beside it, each the best of its kind on these very runs.
 */
import { seededRandom } from '@tapeclock/ports/virtual';
import { createEventCodec, embeddedRegistry, releasedSchemas } from '@tapeclock/schemas';
import { drawOverload, KINDS } from './overload.ts';
import { play } from './play.ts';
import { type Score, score, threshold } from './score.ts';

const RUNS = Number(process.argv[2] ?? 400);
const SEED = Number(process.argv[3] ?? 1);
const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
const random = seededRandom(SEED);
const runs = Array.from({ length: RUNS }, () => {
  const overload = drawOverload(random);
  return { kind: overload.kind, played: play(overload, random, codec) };
});

const of = (
  spansOf: (played: (typeof runs)[number]['played']) => (typeof runs)[number]['played']['forecast'],
) => score(runs.map(({ played }) => ({ alarms: spansOf(played), breachesAt: played.breachesAt })));
const depths = [50, 100, 200, 400, 800, 1_600, 3_200].map((depth) => ({
  name: `open ≥ ${depth}`,
  score: of((played) => threshold(played, ({ open }) => open >= depth)),
}));
const lefts = [2, 3, 4, 5, 6, 7, 8].map((left) => ({
  name: `deadline < ${left} s`,
  score: of((played) => threshold(played, ({ leftSeconds }) => leftSeconds < left)),
}));
const balanced = ({ precision, recall }: Score) => (2 * precision * recall) / (precision + recall);
const best = (rows: typeof depths) =>
  rows.reduce((first, row) => (balanced(row.score) > balanced(first.score) ? row : first));

console.log(`${RUNS} runs, seed ${SEED}\n`);
console.log(line('', 'alarms', 'episodes', 'precision', 'recall', 'F1', 'lead p10', 'lead p50 s'));
const rows = [{ name: 'forecast', score: of((played) => played.forecast) }, best(depths), best(lefts)];
for (const { name, score: s } of rows) console.log(scored(name, s));
console.log('\nforecast by kind of overload');
for (const kind of KINDS) {
  const own = runs.filter((run) => run.kind === kind);
  console.log(
    scored(
      kind,
      score(own.map(({ played }) => ({ alarms: played.forecast, breachesAt: played.breachesAt }))),
    ),
  );
}

function scored(name: string, s: Score): string {
  return line(
    name,
    String(s.alarms),
    String(s.episodes),
    s.precision.toFixed(3),
    s.recall.toFixed(3),
    balanced(s).toFixed(3),
    s.leadSeconds.p10.toFixed(1),
    s.leadSeconds.p50.toFixed(1),
  );
}

function line(name: string, ...cells: readonly string[]): string {
  return name.padEnd(18) + cells.map((cell) => cell.padStart(11)).join('');
}
