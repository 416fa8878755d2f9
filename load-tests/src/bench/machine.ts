import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a figure means nothing without. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Of the folder that the runs keep their data in. */
  readonly fileSystem: string;
  readonly commit: string;
  /** Whether the working tree differed from the commit. */
  readonly dirty: boolean;
  /** Load average over the minute before the start: what else was running. */
  readonly loadBefore: number;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BYTES_PER_GIB = 1024 ** 3;

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / BYTES_PER_GIB),
    system: `${type()} ${release()}`,
    node: process.version,
    fileSystem: fileSystemOf(tmpdir()),
    commit: git('rev-parse', '--short=12', 'HEAD'),
    dirty: git('status', '--porcelain', '--untracked-files=no') !== '',
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

/** The type of the longest mount point above the folder; `unknown` where there is no /proc. */
function fileSystemOf(folder: string): string {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, point = '']) => point === '/' || folder === point || folder.startsWith(`${point}/`))
      .sort(([, a = ''], [, b = '']) => b.length - a.length);
    return mounts[0]?.[2] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
