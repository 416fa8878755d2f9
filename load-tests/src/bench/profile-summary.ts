import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}
interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Cost {
  readonly name: string;
  readonly place: string;
  readonly percent: number;
}

export interface ProfileSummary {
  readonly file: string;
  /** 0 is the main thread; the others write the log. */
  readonly thread: number;
  readonly sampledSeconds: number;
  /** Of the sampled time, not idle. */
  readonly busyPercent: number;
  /** Self time of busy time, worst first. */
  readonly functions: readonly Cost[];
  readonly modules: readonly Cost[];
}

const IDLE = new Set(['(idle)', '(root)']);
const FUNCTIONS_SHOWN = 30;
const MODULES_SHOWN = 20;

/** Place of process and thread in `CPU.<day>.<time>.<pid>.<thread>.<number>.cpuprofile`. */
const PID_PART = 3;
const THREAD_PART = 4;

/** Reads the profiles that a process and its threads left, the main thread first. One that was killed left none. */
export function summarizeProfiles(folder: string, pid: number): readonly ProfileSummary[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile') && name.split('.')[PID_PART] === String(pid))
    .map((name) => summarize(name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile))
    .sort((a, b) => a.thread - b.thread);
}

function summarize(file: string, profile: CpuProfile): ProfileSummary {
  const selfUs = new Map<number, number>();
  profile.samples.forEach((id, index) => {
    selfUs.set(id, (selfUs.get(id) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  const functions = new Map<string, number>();
  const modules = new Map<string, number>();
  let totalUs = 0;
  let busyUs = 0;
  for (const { id, callFrame } of profile.nodes) {
    const us = selfUs.get(id) ?? 0;
    totalUs += us;
    if (IDLE.has(callFrame.functionName)) continue;
    busyUs += us;
    const module = placeOf(callFrame.url);
    const key = `${callFrame.functionName || '(anonymous)'}\t${module}:${callFrame.lineNumber + 1}`;
    functions.set(key, (functions.get(key) ?? 0) + us);
    modules.set(module, (modules.get(module) ?? 0) + us);
  }
  const worst = (costs: ReadonlyMap<string, number>, shown: number): Cost[] =>
    [...costs]
      .sort(([, a], [, b]) => b - a)
      .slice(0, shown)
      .map(([key, us]) => {
        const [name = '', place = ''] = key.split('\t');
        return { name, place, percent: Math.round((us / busyUs) * 1_000) / 10 };
      });
  return {
    file,
    thread: Number(file.split('.')[THREAD_PART]),
    sampledSeconds: Math.round(totalUs / 1e5) / 10,
    busyPercent: totalUs === 0 ? 0 : Math.round((busyUs / totalUs) * 1_000) / 10,
    functions: worst(functions, FUNCTIONS_SHOWN),
    modules: worst(modules, MODULES_SHOWN),
  };
}

/** The path below the repository, or below node_modules; native code and the engine have none. */
function placeOf(url: string): string {
  if (url === '') return '(native)';
  return /(node_modules\/.*|(?:packages|services|schemas|cli|load-tests)\/.*)$/.exec(url)?.[1] ?? url;
}
