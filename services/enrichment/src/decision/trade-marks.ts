import { type DecidedModifier, easternDate, inForce, type Rulebook } from '@tapeclock/domain';
import type { ReportableExecution, TraceStep } from '@tapeclock/schemas';

/** Field 1 by settlement; regular way carries none. */
const SETTLEMENT_RULES: Readonly<Record<string, string>> = {
  CASH: 'MOD-1-CASH',
  NEXT_DAY: 'MOD-1-NEXT-DAY',
  SELLERS_OPTION: 'MOD-1-SELLER',
};

/** Field 2 by trade-through reason. */
const TRADE_THROUGH_RULES: Readonly<Record<string, string>> = {
  SELF_HELP: 'MOD-2-SELF-HELP',
  ISO_INBOUND: 'MOD-2-ISO-INBOUND',
  ISO_OUTBOUND: 'MOD-2-ISO-OUTBOUND',
  DERIVATIVELY_PRICED: 'MOD-2-DERIVATIVELY-PRICED',
  ERROR_CORRECTION: 'MOD-2-ERROR-CORRECTION',
  PRINT_PROTECTION: 'MOD-2-PRINT-PROTECTION',
  QCT: 'MOD-2-QCT',
};

/** Reported as average price in field 4, so that they do not set the last sale (FINRA on LULD modifiers). */
const AVERAGE_PRICED: ReadonlySet<string> = new Set(['ERROR_CORRECTION', 'PRINT_PROTECTION', 'QCT']);
const AVERAGE_PRICE_RULE = 'MOD-4-WEIGHTED-AVERAGE';

/**
 * Marks of fields 1 and 2, and the average-price mark that some reasons of field 2 bring along. Pure. Throws where
 * the rulebook has no entry for a code that validation let through: the two must agree.
 */
export function tradeMarks(
  rulebook: Rulebook,
  execution: ReportableExecution,
  decided: { readonly modifiers: readonly DecidedModifier[] },
): { readonly modifiers: readonly DecidedModifier[]; readonly steps: readonly TraceStep[] } {
  const { settlement, tradeThrough, reportType } = execution;
  const settlementRule = SETTLEMENT_RULES[settlement];
  const reasonRule = tradeThrough === null ? undefined : TRADE_THROUGH_RULES[tradeThrough];
  if (settlementRule === undefined && reasonRule === undefined) return NONE;
  const ids: string[] = [];
  if (settlementRule !== undefined) ids.push(settlementRule);
  if (reasonRule !== undefined && reportType === 'TAPE') ids.push(reasonRule);
  const isField4Free = decided.modifiers.every(({ field }) => field !== 4);
  if (tradeThrough !== null && AVERAGE_PRICED.has(tradeThrough) && isField4Free) ids.push(AVERAGE_PRICE_RULE);

  const date = easternDate(execution.executedNs);
  const rules = ids.map((id) => {
    const rule = rulebook.modifiers.find((entry) => entry.id === id && inForce(entry, date));
    if (rule === undefined) throw new TypeError(`the rulebook has no entry ${id} in force on ${date}`);
    return rule;
  });
  return {
    modifiers: rules.map(({ field, code }) => ({ field, code })),
    steps: rules.map((rule) => ({
      question: `Which mark in field ${rule.field}?`,
      answer: rule.code,
      ruleId: rule.id,
      clause: typeof rule.clause === 'string' ? rule.clause : '',
      certainty: rule.certainty,
      inputs: `settlement ${settlement}, trade-through ${tradeThrough ?? 'none'}`,
    })),
  };
}

const NONE = { modifiers: [], steps: [] } as const;
