import { NS_PER_DAY, type Ns, type Rulebook } from '@tapeclock/domain';
import type { Facility } from '@tapeclock/schemas';
import type { Decide } from './decision/decide.ts';
import type { ReferenceBase } from './reference/parse-files.ts';
import { DEFAULT_LIMITS, type ValidationLimits } from './validation/limits.ts';

/** Settings of the enrichment service. */
export interface EnrichmentConfig extends EnrichmentOptions {
  /** Reference data from the files, see `loadReference`; updates come on reference.updates. */
  readonly reference: ReferenceBase;
  /** See `loadRulebook` in packages/service. */
  readonly rulebook: Rulebook;
}

/** What has a default. */
export interface EnrichmentOptions {
  /** Limits that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<ValidationLimits>;
  /**
   * How long an execution is remembered for repeats, cancels and corrections. Three trade days, over the longest
   * run of closed days. Also how far back a taken-over partition is re-read. @default 7 days
   */
  readonly horizonNs?: Ns;
  /** The same for executions that ever were in repair: people take longer. @default 30 days */
  readonly repairHorizonNs?: Ns;
  /** Executions remembered per partition, whatever the horizon; about 1 KB each. @default 500,000 */
  readonly lineagesMax?: number;
  /** Deadline shown on a repair item whose facility cannot be told yet. @default ADF */
  readonly presumedFacility?: Facility;
}

export interface EnrichmentSettings {
  readonly decide: Decide;
  readonly limits: ValidationLimits;
  readonly horizonNs: Ns;
  readonly repairHorizonNs: Ns;
  readonly lineagesMax: number;
  readonly presumedFacility: Facility;
}

/** Fills in the defaults. */
export function settingsOf(config: EnrichmentOptions & { readonly decide: Decide }): EnrichmentSettings {
  return {
    decide: config.decide,
    limits: { ...DEFAULT_LIMITS, ...config.limits },
    horizonNs: config.horizonNs ?? 7n * NS_PER_DAY,
    repairHorizonNs: config.repairHorizonNs ?? 30n * NS_PER_DAY,
    lineagesMax: config.lineagesMax ?? 500_000,
    presumedFacility: config.presumedFacility ?? 'ADF',
  };
}
