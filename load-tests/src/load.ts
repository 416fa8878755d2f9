// `npm run load -- <scenario>`: REST ingest and board under an open schedule, every execution accounted for; see
// load-tests/README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { demoOffsetNs } from '@tapeclock/cli';
import { diskFileStore, systemClock } from '@tapeclock/ports';
import { loadPage } from './load/load-page.ts';
import { failuresOf, loadTargets } from './load/load-result.ts';
import { type RunningTarget, runScenario } from './load/run-scenario.ts';
import { SCENARIOS } from './load/scenarios.ts';

const RESULTS = fileURLToPath(new URL('../results', import.meta.url));
const USAGE = [
  'usage: npm run load -- <scenario> [options]',
  '',
  ...SCENARIOS.map(
    ({ name, about, defaults: { rate, seconds, records, viewers } }) =>
      `  ${name.padEnd(8)} ${about}\n           (--rate ${rate} --seconds ${seconds}${records > 1 ? ` --records ${records}` : ''}${viewers > 0 ? ` --viewers ${viewers}` : ''})`,
  ),
  '',
  '  --rate <n>       executions per second',
  '  --seconds <n>    how long they are offered',
  '  --records <n>    executions in one request (batch, upload, burst)',
  '  --viewers <n>    open boards, up to 200 (board)',
  '  --seed <n>       of the executions (20261124)',
  '  --url <address>  REST ingest of a product that runs already, with',
  '  --key <key>      its key, and',
  '  --data <folder>  its data folder, to hold the answers against its log; without it they are only counted',
].join('\n');

const options = {
  rate: { type: 'string' },
  seconds: { type: 'string' },
  records: { type: 'string' },
  viewers: { type: 'string' },
  seed: { type: 'string', default: '20261124' },
  url: { type: 'string' },
  key: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const { values, name } = read();
const scenario = SCENARIOS.find((known) => known.name === name);
if (scenario === undefined || values.help) {
  if (!values.help && name !== undefined) console.error(`there is no scenario "${name}"`);
  console.log(USAGE);
  process.exit(values.help || name === undefined ? 0 : 2);
}
const settings = {
  rate: whole('rate', scenario.defaults.rate),
  seconds: whole('seconds', scenario.defaults.seconds),
  records: whole('records', scenario.defaults.records),
  viewers: whole('viewers', scenario.defaults.viewers),
  seed: whole('seed', 0),
};
if (scenario.form === 'single' && settings.records !== 1)
  refuse(`${scenario.name} sends one record in a request`);
if (settings.viewers > 0 && values.url !== undefined)
  refuse('boards are opened only on a product of its own');

const clock = systemClock();
const result = await runScenario(clock, scenario, settings, await target());
const failures = failuresOf(result, scenario);
const targets = loadTargets(result, scenario);
const page = loadPage(result, { about: scenario.about, failures, targets });
const file = `load-${scenario.name}-${result.startedAt.slice(0, 19).replace(/[:T]/g, '-')}`;
mkdirSync(RESULTS, { recursive: true });
writeFileSync(
  `${RESULTS}/${file}.json`,
  `${JSON.stringify({ ...result, targets, failed: failures }, null, 2)}\n`,
);
writeFileSync(`${RESULTS}/${file}.md`, page);
console.log(`${page}\nwritten: load-tests/results/${file}.json and .md`);
process.exit(failures.length === 0 ? 0 : 1);

async function target(): Promise<RunningTarget | null> {
  const { url, key, data } = values;
  if (url === undefined) return null;
  if (key === undefined) return refuse('--url needs --key');
  return {
    url,
    key,
    dataDir: data ?? null,
    // Its clock may stand on a demo day; executions of another day would be judged late.
    clockOffsetNs: data === undefined ? 0n : await demoOffsetNs(diskFileStore(data)),
  };
}

function read() {
  try {
    const { values: given, positionals } = parseArgs({ allowPositionals: true, options });
    return { values: given, name: positionals[0] };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function whole(option: 'rate' | 'seconds' | 'records' | 'viewers' | 'seed', fallback: number): number {
  const text = values[option];
  if (text === undefined) return fallback;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : refuse(`--${option}: give a whole number above 0`);
}

function refuse(message: string): never {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(2);
}
