// `npm run bench`: FIX bytes in → report bytes out at several rates, read from the log; see load-tests/README.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rfc3339FromNs } from '@tapeclock/domain';
import { systemClock } from '@tapeclock/ports';
import { type BenchResult, isAccounted, judgeTargets } from './bench/bench-result.ts';
import { describeMachine } from './bench/machine.ts';
import { performancePage } from './bench/performance-page.ts';
import { summarizeProfiles } from './bench/profile-summary.ts';
import { type RunResult, runRate } from './bench/run-rate.ts';
import { costTable, telemetryCost } from './telemetry-cost/telemetry-cost.ts';

const USAGE = `usage: npm run bench -- [options]
  --rates <list>      executions per second, or max   (500,2000,5000,max)
  --seconds <n>       measured time at each rate      (60)
  --warm-up <n>       seconds before that             (10)
  --sessions <n>      FIX sessions, 1 to 8            (4)
  --spacing <s>       poisson or even                 (poisson)
  --seed <n>          of the executions
  --profile           CPU profiles of every process; slower, and not written to the page
  --docs              write docs/reference/performance.md though it was not the full run
  --log               only the log: append → consume   (packages/event-log/bench/append.ts)
  --enrichment        only the decision step           (services/enrichment/bench/step.ts)
  --tracker           only the deadline tracker        (services/deadline-tracker/bench/tracker.ts)
  --forecast          how well breaches are foretold   (services/deadline-tracker/bench/forecast/main.ts)
  --fix               only the FIX codec               (packages/fix/bench/codec.ts)
  --telemetry         what sending spans costs: no collector and every trade traced, two products side by side
  --rounds <n>        of --telemetry                  (6)`;

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RESULTS = `${ROOT}load-tests/results`;
const PAGE = `${ROOT}docs/reference/performance.md`;
/** Of each of the two products of --telemetry: what two cores carry beside one another. */
const TELEMETRY_RATE = 100;
const FULL = { rates: '500,2000,5000,max', seconds: 60 } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rates: { type: 'string', default: FULL.rates },
    seconds: { type: 'string', default: String(FULL.seconds) },
    'warm-up': { type: 'string', default: '10' },
    sessions: { type: 'string', default: '4' },
    spacing: { type: 'string', default: 'poisson' },
    seed: { type: 'string', default: '20261124' },
    profile: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
    enrichment: { type: 'boolean', default: false },
    tracker: { type: 'boolean', default: false },
    fix: { type: 'boolean', default: false },
    forecast: { type: 'boolean', default: false },
    telemetry: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '6' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const alone = values.log
  ? 'packages/event-log/bench/append.ts'
  : values.enrichment
    ? 'services/enrichment/bench/step.ts'
    : values.tracker
      ? 'services/deadline-tracker/bench/tracker.ts'
      : values.forecast
        ? 'services/deadline-tracker/bench/forecast/main.ts'
        : values.fix
          ? 'packages/fix/bench/codec.ts'
          : null;
if (alone !== null) {
  const { status } = spawnSync(process.execPath, ['--expose-gc', `${ROOT}${alone}`, ...positionals], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

const clock = systemClock();
const startedAt = rfc3339FromNs(clock.nowNs());
const stamp = startedAt.slice(0, 19).replace(/[:T]/g, '-');
const machine = describeMachine();
mkdirSync(RESULTS, { recursive: true });
console.log(
  `${machine.cpu}, ${machine.cores} cores; commit ${machine.commit}; load average ${machine.loadBefore}`,
);

if (values.telemetry) {
  const cost = await telemetryCost(
    clock,
    {
      rate: values.rates === FULL.rates ? TELEMETRY_RATE : Number(values.rates),
      seconds: Number(values.seconds),
      warmUpSeconds: Number(values['warm-up']),
      sessions: Number(values.sessions),
      spacing: values.spacing === 'even' ? 'even' : 'poisson',
      seed: Number(values.seed),
      profileFolder: null,
    },
    Number(values.rounds),
  );
  writeFileSync(
    `${RESULTS}/telemetry-${stamp}.json`,
    `${JSON.stringify({ startedAt, machine, ...cost }, null, 2)}\n`,
  );
  console.log(`\n${costTable(cost)}\n\nwritten: load-tests/results/telemetry-${stamp}.json`);
  process.exit(0);
}

const runs: RunResult[] = [];
for (const text of values.rates.split(',')) {
  const rate = text === 'max' ? 'max' : Number(text);
  const profileFolder = values.profile ? `${RESULTS}/profile-${stamp}-${text}` : null;
  const run = await runRate(clock, {
    rate,
    seconds: Number(values.seconds),
    warmUpSeconds: Number(values['warm-up']),
    sessions: Number(values.sessions),
    spacing: values.spacing === 'even' ? 'even' : 'poisson',
    seed: Number(values.seed),
    profileFolder,
  });
  runs.push(run);
  const { bytesInToBytesOut, scheduledToBytesOut } = run.latencyMs;
  console.log(
    `${text}/s: offered ${run.offered}, refused ${run.refused}, taken ${run.taken}, accepted ${run.accepted}, repairs ${run.repairs}, ` +
      `late ${run.late}, breached ${run.breached}, exceptions ${JSON.stringify(run.exceptions)}\n` +
      `  bytes in → out   p50 ${bytesInToBytesOut.p50}  p99 ${bytesInToBytesOut.p99}  p99.9 ${bytesInToBytesOut.p999}  max ${bytesInToBytesOut.max} ms\n` +
      `  scheduled → out  p50 ${scheduledToBytesOut.p50}  p99 ${scheduledToBytesOut.p99}  max ${scheduledToBytesOut.max} ms; ${run.reportsPerSecond} reports/s`,
  );
  if (profileFolder !== null) showProfile(profileFolder, run);
}

const result: BenchResult = { startedAt, machine, runs, targets: judgeTargets(runs) };
const page = performancePage(result);
writeFileSync(`${RESULTS}/${stamp}.json`, `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(`${RESULTS}/${stamp}.md`, page);
console.log(`\n${page}\nwritten: load-tests/results/${stamp}.json and .md`);
const isFull = values.rates === FULL.rates && Number(values.seconds) >= FULL.seconds && !values.profile;
if (isFull || values.docs) {
  writeFileSync(PAGE, page);
  console.log('written: docs/reference/performance.md');
}
// A missed target is a finding, not a failure of the bench; a lost execution is a failure.
process.exit(runs.every(isAccounted) ? 0 : 1);

function showProfile(folder: string, run: RunResult): void {
  const summaries = summarizeProfiles(folder, run.hotPid);
  writeFileSync(`${folder}/summary.json`, `${JSON.stringify(summaries, null, 2)}\n`);
  if (summaries[0]?.thread !== 0) {
    console.log(
      `  the main thread of the process hot (${run.hotPid}) left no profile: it was too slow to stop`,
    );
  }
  for (const { thread, busyPercent, sampledSeconds, modules, functions } of summaries) {
    console.log(
      `  process hot, ${thread === 0 ? 'main thread' : `thread ${thread}`}: busy ${busyPercent} % of ${sampledSeconds} s`,
    );
    for (const { name, percent } of modules) console.log(`    ${String(percent).padStart(5)} %  ${name}`);
    console.log('  self time of functions');
    for (const { name, place, percent } of functions) {
      console.log(`    ${String(percent).padStart(5)} %  ${name}  ${place}`);
    }
  }
}
