import { readFileSync } from 'node:fs';
import { NS_PER_MS } from '@tapeclock/domain';
import { loadReference, prepareEnrichment } from '@tapeclock/enrichment';
import { facilitySessions, prepareFacilityReporter } from '@tapeclock/facility-reporter';
import { followSessions } from '@tapeclock/fix';
import { type GatewaySession, readProfiles, startFixGateway } from '@tapeclock/fix-gateway';
import { followIndex, INDEX_REACH } from '@tapeclock/intake';
import { diskFileStore, systemRandom } from '@tapeclock/ports';
import { type ApiKey, REST_LIMITS, startRestGateway } from '@tapeclock/rest-gateway';
import { type HostedService, loadRulebook } from '@tapeclock/service';
import { demoCredentials, sha256Hex } from '../demo-credentials.ts';
import { demoSessions } from '../demo-sessions.ts';
import { REFERENCE_FOLDER, rulebookFolder } from '../product-folders.ts';
import type { ProcessContext } from './process-context.ts';

/** A standby reads this far behind: woken ten times a second, it costs the working process next to nothing. */
const STANDBY_PACE_NS = 100n * NS_PER_MS;

/** From bytes in to report bytes out. Gateways first: when stopping, the doors close before the house empties. */
export async function hotServices(context: ProcessContext): Promise<readonly HostedService[]> {
  const { config, exposure } = context;
  // Read and followed now, not when taking over: a trade waits for every millisecond of a start.
  const rulebook = await loadRulebook(rulebookFolder(config));
  const reference = await loadReference(diskFileStore(REFERENCE_FOLDER), '');
  const sessions = await fixSessions(context);
  const keys = await restKeys(context);
  const profiles = readProfiles();
  const environment = context.environment('facility-reporter');
  const { log, codec, clock } = environment;
  const index = followIndex({ log, clock, ...INDEX_REACH, paceNs: STANDBY_PACE_NS });
  const followedSessions = followSessions({ log, codec, clock, paceNs: STANDBY_PACE_NS });
  const enrichment = prepareEnrichment(context.environment('enrichment'), { reference, rulebook });
  const reporter = prepareFacilityReporter(environment, {
    rulebook,
    followedSessions,
    sessions: facilitySessions({
      host: config.facility.host,
      port: config.facility.port,
      tls: exposure.facility,
    }),
  });
  return [
    {
      name: 'fix-gateway',
      start: async () =>
        startFixGateway(context.environment('fix-gateway'), {
          host: config.listen.host,
          port: config.fixGateway.port,
          sessions,
          profiles,
          index,
          followedSessions,
          ...(exposure.fix === null ? {} : { tls: exposure.fix }),
        }),
    },
    {
      name: 'rest-gateway',
      start: async () =>
        startRestGateway(context.environment('rest-gateway'), {
          host: config.listen.host,
          port: config.restGateway.port,
          keys,
          limits: REST_LIMITS,
          index,
          tls: exposure.listen,
        }),
    },
    { name: 'enrichment', start: enrichment.start },
    { name: 'facility-reporter', start: reporter.start },
  ];
}

async function fixSessions({ config, data }: ProcessContext): Promise<readonly GatewaySession[]> {
  const { sessionsFile } = config.fixGateway;
  if (sessionsFile !== null) return JSON.parse(readFileSync(sessionsFile, 'utf8')) as GatewaySession[];
  const { fixPassword } = await demoCredentials(diskFileStore(data.root), systemRandom);
  return demoSessions(sha256Hex(fixPassword));
}

async function restKeys({ config, data }: ProcessContext): Promise<readonly ApiKey[]> {
  const { keysFile } = config.restGateway;
  if (keysFile !== null) return JSON.parse(readFileSync(keysFile, 'utf8')) as ApiKey[];
  const { restKey } = await demoCredentials(diskFileStore(data.root), systemRandom);
  return [{ name: 'demo', source: 'DEMO-OMS', sha256: sha256Hex(restKey) }];
}
