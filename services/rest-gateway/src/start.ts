import { createIntake, followIndex, INDEX_REACH } from '@tapeclock/intake';
import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import { REST_LIMITS, type RestGatewayConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { RequestLimits } from './limits/request-limits.ts';

/** Starts the REST ingest. Its port opens when the ids of the last day are known again. */
export async function startRestGateway(
  environment: ServiceEnvironment,
  given: Pick<RestGatewayConfig, 'keys'> & Partial<RestGatewayConfig>,
): Promise<RunningService & { readonly port: number }> {
  const { clock, random, log, codec, telemetry } = environment;
  const config: RestGatewayConfig = {
    host: '127.0.0.1',
    port: 8090,
    limits: REST_LIMITS,
    tls: null,
    ...given,
  };
  const following = config.index ?? followIndex({ log, clock, ...INDEX_REACH });
  await following.upToDate();
  const { index } = following;
  const intake = createIntake({ log, clock, codec, index, producer: 'rest-gateway' });
  const limits = new RequestLimits(config.limits, clock);
  const app = await createApp({ clock, random, metrics: telemetry.metrics, intake, limits, config });
  telemetry.metrics.beforeScrape(() => {
    telemetry.metrics.set('tapeclock_queue_depth', { queue: 'rest-requests' }, limits.inHand);
  });
  await app.listen({ host: config.host, port: config.port });
  let open = true;
  return {
    port: portOf(app.server.address()),
    ready: () => open,
    async stop() {
      open = false;
      await app.close();
      if (config.index === undefined) await following.stop();
    },
  };
}

function portOf(address: string | { readonly port: number } | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
