import { NS_PER_HOUR } from '@tapeclock/domain';
import type { EventLog } from '@tapeclock/event-log';
import type { VirtualClock } from '@tapeclock/ports/virtual';
import { type Processor, type ProcessorStandby, runProcessor } from '../../src/index.ts';
import { alert, codec, INPUT, OUTPUT } from './echo-processor.ts';

export interface Ledger {
  readonly partition: number;
  /** Subjects of the inputs taken, in order. */
  readonly seen: string[];
  /** Subjects of the outputs made, in order. */
  readonly said: string[];
}

/** Says each subject once; knows from its inputs what it has seen, as a service that drops repeats does. */
export function ledgerProcessor(ledgers: Ledger[] = []): Processor<Ledger> {
  return {
    name: 'ledger',
    inputs: [INPUT],
    restoreFrom: [INPUT, OUTPUT].map((topic) => ({ topic, horizonNs: 24n * NS_PER_HOUR })),
    init(partition) {
      const ledger: Ledger = { partition, seen: [], said: [] };
      ledgers.push(ledger);
      return ledger;
    },
    restore(ledger, { type, event }) {
      if (type === 'SessionStateChanged') ledger.seen.push(event.sessionId);
      if (type === 'OperationsAlert') ledger.said.push(event.subject);
    },
    step(ledger, { type, event }, { nowNs }) {
      if (type !== 'SessionStateChanged' || ledger.seen.includes(event.sessionId)) return [];
      ledger.seen.push(event.sessionId);
      if (ledger.said.includes(event.sessionId)) return [];
      ledger.said.push(event.sessionId);
      return [alert(event.sessionId, nowNs, 'now')];
    },
    release(ledger) {
      ledgers.splice(ledgers.indexOf(ledger), 1);
    },
  };
}

/** Runs a ledger as a process of its own. */
export function runLedger(
  clock: VirtualClock,
  log: EventLog,
  memberId: string,
  options: { readonly ledgers?: Ledger[]; readonly standby?: ProcessorStandby<Ledger> } = {},
) {
  return runProcessor(ledgerProcessor(options.ledgers), { clock, codec, memberId, log }, options.standby);
}

/** The ledgers by partition, to be compared. */
export const sorted = (ledgers: readonly Ledger[]): readonly Ledger[] =>
  [...ledgers].sort((a, b) => a.partition - b.partition);
