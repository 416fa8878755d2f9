/**
 * What every log adapter must do. `memory`, `embedded` and, later, `kafka` run the very same cases; a case that one of
 * them cannot pass is a case that services must not rely on.
 */
import { groupContract } from './group-contract.ts';
import type { LogFactory } from './log-under-test.ts';
import { recordContract } from './record-contract.ts';

export function eventLogContract(name: string, factory: LogFactory): void {
  recordContract(name, factory);
  groupContract(name, factory);
}
