import { dateFromDayNumber, type EasternDate, easternDayNumber } from '../calendar/eastern.ts';
import type { Facility } from '../facility.ts';
import type { Issue } from '../issue.ts';
import type { Ns } from '../ns.ts';
import { type Certainty, inForce } from './entry.ts';
import type { Rulebook } from './rulebook.ts';

/** A modifier as one facility wants it on the wire. Letters collide between facilities: never carry one across. */
export interface WireModifier {
  readonly field: number;
  /** The rulebook's letter. */
  readonly code: string;
  /** The facility's code; `null` where it wants the field left out. */
  readonly wire: string | null;
  readonly certainty: Certainty;
  readonly ruleId: string;
}

/**
 * Translates the rulebook's letters into a facility's codes as in force on the day of `atNs`. A letter without
 * a code is an issue (`MODIFIER_NOT_MAPPED`), never sent as it is.
 */
export function wireModifiers(
  rulebook: Rulebook,
  facility: Facility,
  modifiers: readonly { readonly field: number; readonly code: string }[],
  atNs: Ns,
): { readonly modifiers: readonly WireModifier[]; readonly issues: readonly Issue[] } {
  if (modifiers.length === 0) return NOTHING;
  const date = dateFromDayNumber(easternDayNumber(atNs));
  const mapped: WireModifier[] = [];
  const issues: Issue[] = [];
  for (const { field, code } of modifiers) {
    const rule = rulebook.wires.find(
      (candidate) =>
        candidate.field === field &&
        candidate.code === code &&
        candidate.facilities.includes(facility) &&
        inForce(candidate, date),
    );
    if (rule === undefined) issues.push(notMapped(facility, field, code, date));
    else mapped.push({ field, code, wire: rule.wire, certainty: rule.certainty, ruleId: rule.id });
  }
  return { modifiers: mapped, issues };
}

const NOTHING = { modifiers: [], issues: [] };

function notMapped(facility: Facility, field: number, code: string, date: EasternDate): Issue {
  return {
    code: 'MODIFIER_NOT_MAPPED',
    field: `modifier${field}`,
    value: code.slice(0, 200),
    message: `The rulebook has no wire code for ${field}:${code} at ${facility} on ${date}.`,
    action: 'Correct the modifier, or add its code to the wire file of that facility in rulebook/modifiers.',
  };
}
