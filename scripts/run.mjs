// The one door from npm scripts into the product. It runs on whatever Node the host has (≥ 20), makes sure
// the locked dependencies are there, and hands over to the Node 24 that those dependencies bring. Plain
// JavaScript on purpose: the host's Node may not strip types.
import { spawn } from 'node:child_process';
import { ensureDependencies } from './lib/dependencies.mjs';
import { nodeBinary } from './lib/node-binary.mjs';

const VERBS = {
  start: ['cli/src/main.ts', 'start'],
  tapeclock: ['cli/src/main.ts'],
  test: ['scripts/test.ts'],
  check: ['scripts/check.ts'],
  bench: ['load-tests/src/bench.ts'],
  load: ['load-tests/src/load.ts'],
  drill: ['runbooks/drills/main.ts'],
  fuzz: ['packages/fix/fuzz/main.ts'],
  'fix:echo': ['packages/fix/src/acceptance/main.ts'],
  format: ['scripts/format.ts'],
  ts: [],
};

const [verb = '', ...rest] = process.argv.slice(2);
const script = VERBS[verb];
if (script === undefined) {
  console.error(`unknown verb "${verb}"; one of: ${Object.keys(VERBS).join(', ')}`);
  process.exit(2);
}

await ensureDependencies();
const child = spawn(nodeBinary(), ['--disable-warning=ExperimentalWarning', ...script, ...rest], {
  stdio: 'inherit',
});
// The terminal sends ctrl-C to the whole process group; waiting here lets the child finish its own stop.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
