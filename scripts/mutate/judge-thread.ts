/**
 * A thread that judges mutants, one message each. A mutated source is loaded beside the real one: every module of the domain
 * that it reaches is asked for by a name of its own, so that the fault is in this copy and nowhere else.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { Domain } from '../../packages/domain/test/decision/decision-properties.ts';
import { type Judged, judge } from './judge.ts';
import type { Mutant } from './mutant.ts';

const SOURCES = new URL('../../packages/domain/src/', import.meta.url).href;
const MARK = /\?mutant=\d+$/;

let current: { readonly file: string; readonly text: string } | null = null;
let files: Readonly<Record<string, string>> = {};
let drafts: readonly Readonly<Record<string, string>>[] = [];
let count = 0;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    const mark = MARK.exec(context.parentURL ?? '')?.[0];
    if (mark === undefined || !resolved.url.startsWith(SOURCES) || MARK.test(resolved.url)) return resolved;
    return { ...resolved, url: resolved.url + mark };
  },
  load(url, context, nextLoad) {
    if (!MARK.test(url)) return nextLoad(url, context);
    const real = url.replace(MARK, '');
    const mutated = current !== null && real === new URL(current.file, SOURCES).href;
    const text = mutated && current !== null ? current.text : readFileSync(fileURLToPath(real), 'utf8');
    return { format: 'module', shortCircuit: true, source: stripTypeScriptTypes(text) };
  },
});

async function judgeMutant({ where }: Mutant): Promise<Judged> {
  if (where.kind === 'data') {
    const domain = (await import('../../packages/domain/src/index.ts')) as Domain;
    return judge(domain, { ...files, [where.file]: where.text });
  }
  count += 1;
  current = { file: where.file, text: where.text };
  let domain: Domain;
  try {
    domain = (await import(`${SOURCES}index.ts?mutant=${count}`)) as Domain;
  } catch (error) {
    return { verdict: 'checks', by: error instanceof Error ? error.message : String(error) };
  }
  return judge(domain, files, drafts);
}

/** The rulebook's files, and the same with each draft laid over. */
export interface Rules {
  readonly files: Readonly<Record<string, string>>;
  readonly drafts: readonly Readonly<Record<string, string>>[];
}

export type ThreadMessage = Rules | { readonly mutant: Mutant };

parentPort?.on('message', async (message: ThreadMessage) => {
  if ('files' in message) ({ files, drafts } = message);
  else parentPort?.postMessage(await judgeMutant(message.mutant));
});
