/** Field 3 from session and lateness, field 4 from the type of trade, both only where the report carries them. */
import type { EasternDate } from '../calendar/eastern.ts';
import type { Facility } from '../facility.ts';
import { inForce } from '../rulebook/entry.ts';
import type { HoursMarkRule, Rulebook, Session } from '../rulebook/rulebook.ts';
import type { DecidedModifier } from './decision.ts';
import type { Question } from './question.ts';
import type { Trace } from './trace.ts';

export interface Marks {
  readonly modifiers: readonly DecidedModifier[];
  readonly lateModifiers: readonly DecidedModifier[];
}

export const NO_MARKS: Marks = { modifiers: [], lateModifiers: [] };

/** `late` tells which of the two answers the decision's certainty rests on. */
export function decideModifiers(
  rulebook: Rulebook,
  question: Question,
  date: EasternDate,
  session: Session,
  late: boolean,
  trace: Trace,
): Marks {
  const { facility } = question;
  const reportType = question.reportType ?? 'TAPE';
  const fields = rulebook.reportTypes.find(
    (rule) => rule.reportType === reportType && rule.facilities.includes(facility) && inForce(rule, date),
  );
  if (fields !== undefined) {
    const asked = 'Which modifier fields does it carry?';
    // What other reports leave out shapes their answer; a tape report leaves out nothing.
    if (reportType === 'TAPE') trace.note(asked, fields.fields.join(', '), fields);
    else trace.rest(asked, fields.fields.join(', '), fields);
  }
  const carries = (field: number) => fields?.fields.some((carried) => carried === field) ?? true;
  const inTime: DecidedModifier[] = [];
  const afterwards: DecidedModifier[] = [];
  if (carries(3)) {
    const timely = hoursMark(rulebook, facility, date, session, false);
    const tardy = hoursMark(rulebook, facility, date, session, true);
    const rule = late ? tardy : timely;
    if (rule !== undefined) trace.rest('Which mark in field 3?', rule.code ?? 'none', rule);
    if (timely?.code != null) inTime.push({ field: 3, code: timely.code });
    if (tardy?.code != null) afterwards.push({ field: 3, code: tardy.code });
  }
  const tradeType = question.tradeType ?? 'REGULAR';
  if (carries(4) && tradeType !== 'REGULAR') {
    const rule = rulebook.modifiers.find(
      (candidate) => candidate.tradeTypes.includes(tradeType) && inForce(candidate, date),
    );
    if (rule !== undefined) {
      const second = rule.needsReferenceTime ? ', with the second time' : '';
      trace.rest(`Which mark in field ${rule.field}?`, `${rule.code}${second}`, rule);
      const mark: DecidedModifier = { field: rule.field, code: rule.code };
      inTime.push(mark);
      afterwards.push(mark);
    }
  }
  return { modifiers: inTime, lateModifiers: afterwards };
}

function hoursMark(
  rulebook: Rulebook,
  facility: Facility,
  date: EasternDate,
  session: Session,
  late: boolean,
): HoursMarkRule | undefined {
  return rulebook.hoursMarks.find(
    (rule) =>
      rule.session === session &&
      rule.late === late &&
      rule.facilities.includes(facility) &&
      inForce(rule, date),
  );
}
