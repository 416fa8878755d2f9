import { type Ns, rfc3339FromNs } from '@tapeclock/domain';
import type { FacilityOverview } from '../api/contract.ts';
import type { ForecastRecord } from '../read-model/tables.ts';
import { epochMs, nullable, spanMs } from './values.ts';

/**
 * The lanes of one facility added up: what waits, how fast it goes, and the first breach that any lane has in sight. Null
 * while no lane has spoken.
 */
export function facilityForecast(
  facility: FacilityOverview['facility'],
  lanes: readonly ForecastRecord[],
): FacilityOverview['forecast'] {
  if (lanes.length === 0) return null;
  const sum = (of: (lane: ForecastRecord) => bigint): bigint => lanes.reduce((n, lane) => n + of(lane), 0n);
  const newestNs = lanes.reduce((newest, { at_ns }) => (at_ns > newest ? at_ns : newest), 0n);
  return {
    facility,
    open: Number(sum(({ open }) => open)),
    servicePerSecond: Number(sum(({ service_rate_e3 }) => service_rate_e3)) / 1_000,
    breachInMs: nullable(least(lanes.map(({ breach_in_ns }) => breach_in_ns)), spanMs),
    nearestDueAtMs: epochMs(least(lanes.map(({ nearest_due_ns }) => nearest_due_ns))),
    at: rfc3339FromNs(newestNs),
  };
}

function least(instants: readonly (Ns | null)[]): Ns | null {
  return instants.reduce((first, ns) => (first === null || (ns !== null && ns < first) ? ns : first), null);
}
