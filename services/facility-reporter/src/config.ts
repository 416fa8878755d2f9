import { FACILITIES, NS_PER_DAY, type Ns, type Rulebook } from '@tapeclock/domain';
import type { FollowedSessions } from '@tapeclock/fix';
import type { TlsOptions } from '@tapeclock/ports';
import type { Facility } from '@tapeclock/schemas';
import type { CoreSettings } from './core/settings.ts';
import type { FacilityProfile } from './wire/profile.ts';
import { PROFILES } from './wire/profiles.ts';

/** One FIX session to one facility. */
export interface FacilitySessionConfig {
  readonly facility: Facility;
  readonly host: string;
  readonly port: number;
  /** @default null: plain TCP, for loopback or a line that something in front of us encrypts */
  readonly tls?: TlsOptions | null;
  /** Ours (49). Every instance has its own, so that each can be logged on in advance. */
  readonly senderCompId: string;
  /** User id (50), where the facility wants one. */
  readonly senderSubId?: string;
  /** The facility's (56) and product (57). @default the profile's */
  readonly targetCompId?: string;
  readonly targetSubId?: string;
}

export interface FacilityReporterConfig {
  /** Wire codes of modifiers and meanings of reject codes come from here. */
  readonly rulebook: Rulebook;
  /** At most one per facility; a report for a facility without one is held. See `facilitySessions`. */
  readonly sessions: readonly FacilitySessionConfig[];
  /** Figures that differ from `CORE_DEFAULTS`. */
  readonly settings?: Partial<CoreSettings>;
  /** @default `PROFILES`, from the files in profiles/ */
  readonly profiles?: Readonly<Record<Facility, FacilityProfile>>;
  /**
   * How far back reports are remembered across a restart: repeats are dropped and control numbers known for so long.
   * @default 7 days
   */
  readonly horizonNs?: Ns;
  /** Lineages with a report that is not settled, beyond which no more trades are read for now. @default 200,000 */
  readonly backlogMax?: number;
  /** What the FIX sessions remember, read ahead. @default each reads the log when it opens */
  readonly followedSessions?: FollowedSessions;
}

export const REPORTER_DEFAULTS = { horizonNs: 7n * NS_PER_DAY, backlogMax: 200_000 } as const;

/**
 * One session per facility at one address, CompIDs made from the instance's name (`TAPE1-ADF`): distinct for
 * each facility, for a counterparty may tell sessions apart by CompIDs alone.
 */
export function facilitySessions(options: {
  readonly host: string;
  readonly port: number;
  /** @default null */
  readonly tls?: TlsOptions | null;
  /** Unique among instances and the same after a restart. @default TAPE1 */
  readonly instance?: string;
}): readonly FacilitySessionConfig[] {
  const { host, port, tls = null, instance = 'TAPE1' } = options;
  return FACILITIES.map((facility) => ({
    facility,
    host,
    port,
    tls,
    senderCompId: `${instance}-${PROFILES[facility].session.targetSubId}`,
  }));
}

/** Names the session on the log and on screens, the same after a restart. */
export function sessionIdOf(session: FacilitySessionConfig, profile: FacilityProfile): string {
  const target = session.targetCompId ?? profile.session.targetCompId;
  return `${session.senderCompId}->${target}/${session.targetSubId ?? profile.session.targetSubId}`;
}
