import { NS_PER_DAY, NS_PER_SECOND } from '@tapeclock/domain';
import type { Decide } from '../../src/decision/decide.ts';

/** A rulebook small enough to know by heart: ten seconds, same UTC day corrects and cancels, else reverses. */
export const smallDecide: Decide = (question) => {
  const { execution, action, actedNs, role } = question;
  const isSameDay = execution.executedNs / NS_PER_DAY === actedNs / NS_PER_DAY;
  const told = {
    NEW: 'NEW',
    CANCEL: isSameDay ? 'CANCEL' : 'REVERSAL',
    CORRECT: isSameDay ? 'CORRECT' : 'REVERSAL_AND_NEW',
  } as const;
  return {
    action: told[action],
    decision: {
      rulebookVersion: 'small',
      reportable: role === 'EXECUTING_PARTY',
      opensAtNs: actedNs,
      dueAtNs: actedNs + 10n * NS_PER_SECOND,
      asOf: false,
      tradeDate: new Date(Number(execution.executedNs / 1_000_000n))
        .toISOString()
        .slice(0, 10)
        .replaceAll('-', ''),
      modifiers: [],
      lateModifiers: [{ field: 3, code: 'Z' }],
      clause: '6282(a)(1)',
      certainty: 'verified',
      ruleId: 'small',
      trace: [],
    },
  };
};
