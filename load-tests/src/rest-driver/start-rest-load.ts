import { type OwnProcess, startOwnProcess } from '../own-process/start-own-process.ts';
import type { RestLoadOptions, RestLoadSummary } from './rest-load-options.ts';

/** Starts offering at once, in a process of its own. */
export function startRestLoad(options: RestLoadOptions): OwnProcess<RestLoadSummary> {
  return startOwnProcess<RestLoadSummary>(new URL('./process.ts', import.meta.url), options);
}
