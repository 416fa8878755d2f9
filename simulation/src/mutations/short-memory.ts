import type { ServiceSettings } from '../world/parts.ts';

/** Enrichment reads nothing back, and the reporter keeps one settled report per partition: both horizons are too near. */
export const SHORT_MEMORY: ServiceSettings = {
  enrichment: { horizonNs: 1n, repairHorizonNs: 1n },
  reporter: { reportsMax: 1 },
};
