import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Check, Outcome } from './outcome.ts';
import { ROOT } from './source-files.ts';

interface Finished {
  readonly status: number;
  readonly output: string;
  readonly stdout: string;
}

function run(command: string, args: readonly string[], timeoutMs = 60_000): Promise<Finished> {
  return new Promise((resolve) => {
    const options = {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
      timeout: timeoutMs,
      env: { ...process.env, NO_COLOR: '1' },
    };
    execFile(command, [...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ status, output: `${stdout}${stderr}`.trim(), stdout });
    });
  });
}

/** A check that is a program: its exit status decides, its output is the complaint. */
export function command(name: string, file: string, args: readonly string[]): Check {
  return {
    name,
    async run() {
      const { status, output } = await run(file, args);
      return status === 0 ? { kind: 'ok' } : { kind: 'failed', complaints: output };
    },
  };
}

/** A script of ours, run by the Node we run on. */
export function script(name: string, path: string, ...args: readonly string[]): Check {
  return {
    name,
    run: async () =>
      existsSync(`${ROOT}${path}`)
        ? command(name, process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args]).run()
        : { kind: 'skipped', why: `${path} does not exist` },
  };
}

/** An installed tool, started without npx, which may look around the network. */
export function tool(name: string, binary: string, ...args: readonly string[]): Check {
  return command(name, `${ROOT}node_modules/.bin/${binary}`, args);
}

/**
 * Whether a clean install would take the lockfile. One written beside an installed tree can lack the packages of other
 * platforms, and nothing here would notice: what lies in `node_modules` is enough for this machine.
 */
export const lockfile: Check = command('lockfile', 'npm', [
  'ci',
  '--dry-run',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
]);

const GRAVE = ['high', 'critical'] as const;

/** Known holes in production dependencies, where the registry can tell. */
export const audit: Check = {
  name: 'npm audit',
  async run(): Promise<Outcome> {
    const { stdout } = await run('npm', ['audit', '--omit=dev', '--json'], 20_000);
    let report: { metadata?: { vulnerabilities?: Record<string, number> } };
    try {
      report = JSON.parse(stdout) as typeof report;
    } catch {
      return { kind: 'skipped', why: 'npm gave no report' };
    }
    const found = report.metadata?.vulnerabilities;
    if (found === undefined) return { kind: 'skipped', why: 'the registry does not answer audits' };
    const grave = GRAVE.reduce((sum, level) => sum + (found[level] ?? 0), 0);
    if (grave === 0) return { kind: 'ok', note: `${found.total ?? 0} lesser findings` };
    const text = `${grave} high or critical findings: run npm audit --omit=dev`;
    return process.env.CI === 'true' ? { kind: 'failed', complaints: text } : { kind: 'ok', note: text };
  },
};
