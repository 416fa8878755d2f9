import type { Facility } from '../facility.ts';
import type { RejectCodeRule, Rulebook } from './rulebook.ts';

/**
 * What the rulebook knows of a facility's reject code; `null` for a code it does not list, which is a person's
 * to judge: the published lists may change and are not complete. Codes are not portable between facilities.
 */
export function rejectCode(rulebook: Rulebook, facility: Facility, code: string): RejectCodeRule | null {
  return (
    rulebook.rejectCodes.find((rule) => rule.facilities.includes(facility) && rule.codes.includes(code)) ??
    null
  );
}
