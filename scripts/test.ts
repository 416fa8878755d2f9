// `npm test`: the checks, then every test. With arguments: only those test files, without the checks. A part that
// can be provisioned here but is not (a browser, a Go toolchain) skips with a reason that begins "not provisioned";
// under CI=true such a skip is a failure, for there it would hide what was promised to be tried.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const named = process.argv.slice(2);
const ALL = [
  'packages/*/test/**/*.test.ts',
  'schemas/test/**/*.test.ts',
  'scripts/test/**/*.test.ts',
  'services/*/test/**/*.test.ts',
  'cli/test/**/*.test.ts',
  'load-tests/test/**/*.test.ts',
  'runbooks/**/*.test.ts',
  'simulation/test/**/*.test.ts',
];
const node = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: 'inherit',
  });

let failed = false;
if (named.length === 0) failed = node('scripts/check.ts').status !== 0;

const folder = mkdtempSync(join(tmpdir(), 'tapeclock-test-'));
const skipFile = join(folder, 'skipped.jsonl');
const { status } = node(
  '--test',
  '--test-concurrency=2',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${root}scripts/lib/skip-reporter.mjs`,
  `--test-reporter-destination=${skipFile}`,
  ...(named.length > 0 ? named : ALL),
);
failed ||= status !== 0;

const skipped = readFileSync(skipFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { readonly name: string; readonly reason: string });
rmSync(folder, { recursive: true });
for (const { name, reason } of skipped) {
  const promised = process.env.CI === 'true' && reason.startsWith('not provisioned');
  failed ||= promised;
  console.log(
    `${promised ? 'FAILED, for it was skipped under CI' : 'skipped'}: ${name}${reason === '' ? '' : ` (${reason})`}`,
  );
}
process.exit(failed ? 1 : 0);
