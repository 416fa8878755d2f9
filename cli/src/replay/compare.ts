import type { AnyEvent, TradeReportable } from '@tapeclock/schemas';

/** What became of an execution, as far as a decision goes. */
export type Decided = { readonly [field: string]: string };

export interface Difference {
  readonly executionId: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

export interface DecidedExecution {
  readonly executionId: string;
  /** Execution and report: what a decision of another run is compared with. */
  readonly key: string;
  /** `null` where the execution stands in the repair queue. */
  readonly executedNs: bigint | null;
  readonly decided: Decided;
}

/** The outcome of a decision as comparable texts, by execution and report; null for events that decide nothing. */
export function decidedBy(input: AnyEvent): DecidedExecution | null {
  if (input.type === 'TradeReportable') {
    const { executionId, action, execution } = input.event;
    return {
      executionId,
      key: `${executionId} ${action}`,
      executedNs: execution.executedNs,
      decided: decisionOf(input.event),
    };
  }
  if (input.type !== 'RepairOpened' || input.event.stage !== 'enrichment' || input.event.executionId === null)
    return null;
  const codes = input.event.issues.map(({ code }) => code).sort();
  const { executionId } = input.event;
  return {
    executionId,
    key: `${executionId} REPAIR`,
    executedNs: null,
    decided: { outcome: `repair (${codes.join(', ')})` },
  };
}

function decisionOf({ decision, facility, action, reportId }: TradeReportable): Decided {
  const marks = (list: typeof decision.modifiers): string =>
    list.map(({ field, code }) => `${field}:${code}`).join(' ');
  return {
    outcome: decision.reportable ? `${action} ${facility} ${reportId}` : 'not reportable',
    opensAtNs: String(decision.opensAtNs),
    dueAtNs: String(decision.dueAtNs),
    asOf: String(decision.asOf),
    modifiers: marks(decision.modifiers),
    lateModifiers: marks(decision.lateModifiers),
    clause: decision.clause,
  };
}

/** Field by field; what exists on one side only differs in its outcome. */
export function compare(
  executionId: string,
  before: Decided | undefined,
  after: Decided | undefined,
): readonly Difference[] {
  const fields =
    before === undefined || after === undefined ? ['outcome'] : Object.keys({ ...before, ...after });
  return fields
    .filter((field) => before?.[field] !== after?.[field])
    .map((field) => ({
      executionId,
      field,
      before: before?.[field] ?? 'nothing',
      after: after?.[field] ?? 'nothing',
    }));
}
