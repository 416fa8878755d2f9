import { type Issue, type Rulebook, wireModifiers } from '@tapeclock/domain';
import type { OutgoingMessage } from '@tapeclock/fix';
import type { Facility } from '@tapeclock/schemas';
import type { Moment } from '../core/moment.ts';
import type { Control, Report } from '../core/report.ts';
import type { FacilityProfile } from '../wire/profile.ts';
import { reportMessage } from '../wire/report-message.ts';

export type Written = { readonly message: OutgoingMessage } | { readonly issue: Issue };

const NO_ORDER: Issue = {
  code: 'ORDER_MISSING',
  field: '',
  value: '',
  message: 'The trade of this report is no longer within the horizon of the log.',
  action: 'Send the trade again from its source.',
};

/** Writes a report in the facility's words as of now: late ones carry the marks of the late. */
export function writeReport(
  report: Report,
  reference: Control | null,
  rulebook: Rulebook,
  profiles: Readonly<Record<Facility, FacilityProfile>>,
  moment: Moment,
): Written {
  const { order, wireId, action, possResend, facility } = report;
  if (order === null) return { issue: NO_ORDER };
  const { decision, execution } = order;
  const marks = moment.nowNs > decision.dueAtNs ? decision.lateModifiers : decision.modifiers;
  const { modifiers, issues } = wireModifiers(rulebook, facility, marks, execution.executedNs);
  const [issue] = issues;
  if (issue !== undefined) return { issue };
  const wired = modifiers.flatMap(({ field, wire }) => (wire === null ? [] : [{ field, wire }]));
  return {
    message: reportMessage(
      { wireId, action, order, possResend, reference, modifiers: wired },
      profiles[facility],
    ),
  };
}
