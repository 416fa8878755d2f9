import { prepareDeadlineTracker } from '@tapeclock/deadline-tracker';
import { type EnrichmentOptions, prepareEnrichment } from '@tapeclock/enrichment';
import { type CoreSettings, facilitySessions, prepareFacilityReporter } from '@tapeclock/facility-reporter';
import { followSessions } from '@tapeclock/fix';
import { startFixGateway } from '@tapeclock/fix-gateway';
import { followIndex, INDEX_REACH } from '@tapeclock/intake';
import type { ServiceEnvironment } from '@tapeclock/service';
import type { DeskHouse } from './desk-house.ts';
import type { FacilityHouse } from './facility-house.ts';
import type { Part } from './layout.ts';
import type { Product } from './product.ts';
import { GATEWAY_COMP_ID, GATEWAY_PORT, PASSWORD_SHA256, type SourceSession } from './trading-system.ts';

/** Values of the services' own configuration that a run may set; the defaults otherwise. */
export interface ServiceSettings {
  readonly enrichment?: EnrichmentOptions;
  readonly reporter?: Partial<CoreSettings>;
}

/**
 * Prepares one part of the pipeline in the environment it is given, reading ahead what the log tells where the part can,
 * and returns what starts it.
 */
export type PreparePart = (environment: ServiceEnvironment) => () => Promise<unknown>;

const FACILITY_PORT = 9881;
const STANDBY_PACE_NS = 100_000_000n;

const portsOf = ({ log, codec, clock }: ServiceEnvironment) => ({ log, codec, clock });

/** Reporting firm of every source. */
export const MPID = 'TCLK';

/** The shells of the product, as its processes start them; only the ports differ. */
export function prepareParts(house: {
  readonly product: Product;
  readonly sessions: readonly SourceSession[];
  readonly facility: FacilityHouse;
  readonly desk: DeskHouse;
  readonly settings: ServiceSettings;
}): Readonly<Record<Part, PreparePart>> {
  const { profiles, rulebook, reference } = house.product;
  return {
    gateway: (environment) => {
      const index = followIndex({ ...portsOf(environment), ...INDEX_REACH, paceNs: STANDBY_PACE_NS });
      const followedSessions = followSessions({ ...portsOf(environment), paceNs: STANDBY_PACE_NS });
      return () =>
        startFixGateway(environment, {
          index,
          followedSessions,
          host: '127.0.0.1',
          port: GATEWAY_PORT,
          profiles,
          sessions: house.sessions.map(({ sessionId, senderCompId, source }) => ({
            sessionId,
            beginString: 'FIX.4.4',
            senderCompId,
            targetCompId: GATEWAY_COMP_ID,
            source,
            mpid: MPID,
            profile: 'drop-copy',
            passwordSha256: PASSWORD_SHA256,
            remoteAddresses: ['127.0.0.1'],
          })),
        });
    },
    enrichment: (environment) =>
      prepareEnrichment(environment, { ...house.settings.enrichment, rulebook, reference }).start,
    reporter: (environment) =>
      prepareFacilityReporter(environment, {
        rulebook,
        followedSessions: followSessions({ ...portsOf(environment), paceNs: STANDBY_PACE_NS }),
        settings: house.settings.reporter ?? {},
        // Named after the process: the same after a restart, and no two instances share a session.
        sessions: facilitySessions({
          host: '127.0.0.1',
          port: FACILITY_PORT,
          instance: environment.processName.toUpperCase(),
        }),
      }).start,
    tracker: (environment) => prepareDeadlineTracker(environment).start,
    facility: (environment) => () => house.facility.start(environment),
    desk: (environment) => () => house.desk.start(environment),
  };
}
