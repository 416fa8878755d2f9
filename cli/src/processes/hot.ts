import { readFileSync } from 'node:fs';
import { loadReference, startEnrichment } from '@tapeclock/enrichment';
import { facilitySessions, startFacilityReporter } from '@tapeclock/facility-reporter';
import { type GatewaySession, readProfiles, startFixGateway } from '@tapeclock/fix-gateway';
import { diskFileStore, systemRandom } from '@tapeclock/ports';
import { type ApiKey, REST_LIMITS, startRestGateway } from '@tapeclock/rest-gateway';
import { type HostedService, loadRulebook } from '@tapeclock/service';
import { demoCredentials, sha256Hex } from '../demo-credentials.ts';
import { demoSessions } from '../demo-sessions.ts';
import { REFERENCE_FOLDER, RULEBOOK_FOLDER } from '../product-folders.ts';
import type { ProcessContext } from './process-context.ts';

/** From bytes in to report bytes out. Gateways first: when stopping, the doors close before the house empties. */
export async function hotServices(context: ProcessContext): Promise<readonly HostedService[]> {
  const { config, exposure } = context;
  // Read now, not when taking over: a trade waits for every millisecond of a start.
  const rulebook = await loadRulebook(RULEBOOK_FOLDER);
  const reference = await loadReference(diskFileStore(REFERENCE_FOLDER), '');
  const sessions = await fixSessions(context);
  const keys = await restKeys(context);
  const profiles = readProfiles();
  return [
    {
      name: 'fix-gateway',
      start: async () =>
        startFixGateway(context.environment('fix-gateway'), {
          host: config.listen.host,
          port: config.fixGateway.port,
          sessions,
          profiles,
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
          tls: exposure.listen,
        }),
    },
    {
      name: 'enrichment',
      start: async () =>
        startEnrichment(context.environment('enrichment'), {
          reference,
          rulebook,
        }),
    },
    {
      name: 'facility-reporter',
      start: async () =>
        startFacilityReporter(context.environment('facility-reporter'), {
          rulebook,
          sessions: facilitySessions({
            host: config.facility.host,
            port: config.facility.port,
            tls: exposure.facility,
          }),
        }),
    },
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
