import type { Facility } from '@tapeclock/domain';
import type { Reading } from '../validation/reading.ts';
import { facilityTakes } from '../validation/vocabulary.ts';

export interface FacilityChoice {
  readonly facility: Facility;
  readonly reason: string;
}

/**
 * The source's wish where it has one, else the firm's route, else the second facility of that route.
 * Expects a reading that passed validation; null where it names no possible facility all the same.
 */
export function chooseFacility({ facility, security, mpid, route }: Reading): FacilityChoice | null {
  if (facility !== null) return { facility, reason: 'The source asked for it.' };
  if (security === null || mpid === null || route === null) return null;
  const possible = (candidate: Facility | null): candidate is Facility =>
    candidate !== null &&
    facilityTakes(candidate, security.symbolClass) &&
    mpid.facilities.includes(candidate);
  const whose = route.mpid === '*' ? 'the default route' : `the route of ${route.mpid}`;
  if (possible(route.preferred)) {
    return { facility: route.preferred, reason: `First choice of ${whose} for ${security.symbolClass}.` };
  }
  if (possible(route.second)) {
    return {
      facility: route.second,
      reason: `Second choice of ${whose} for ${security.symbolClass}: ${route.preferred} is not open to ${mpid.mpid}.`,
    };
  }
  return null;
}
