import { startCatSimulator, startControlApi, startDemoFeed, startFacility } from '@tapeclock/finra-simulator';
import { diskFileStore, systemRandom } from '@tapeclock/ports';
import type { HostedService } from '@tapeclock/service';
import { demoCredentials } from '../demo-credentials.ts';
import type { ProcessContext } from './process-context.ts';

/** The world around the product, made up: facility, CAT, and a source of executions. */
export async function outsideServices(context: ProcessContext): Promise<readonly HostedService[]> {
  const { config } = context;
  const { host } = config.simulator;
  const simulators: readonly HostedService[] = [
    {
      name: 'facility-simulator',
      async start() {
        const facility = await startFacility(context.environment('finra-simulator'), {
          host,
          port: config.facility.port,
        });
        const control = await startControlApi(facility, { host, port: config.simulator.controlPort });
        return {
          ready: () => true,
          async stop() {
            await control.stop();
            await facility.stop();
          },
        };
      },
    },
    {
      name: 'cat-simulator',
      async start() {
        const cat = await startCatSimulator(context.environment('cat-simulator'), {
          host,
          port: config.cat.port,
          username: config.cat.username,
          password: config.cat.password.reveal(),
        });
        return { ready: () => true, stop: () => cat.stop() };
      },
    },
  ];
  const feed: HostedService = {
    name: 'demo-feed',
    async start() {
      const { fixPassword } = await demoCredentials(diskFileStore(context.data.root), systemRandom);
      return startDemoFeed(context.environment('demo-feed'), {
        host: config.listen.host,
        port: config.fixGateway.port,
        senderCompId: 'DEMO44',
        targetCompId: 'TAPECLOCK',
        password: fixPassword,
        mpid: 'TCLK',
        rate: config.demo.rate,
      });
    },
  };
  // The feed first: when stopping, no new trades are made while the facility still answers the last ones.
  return [
    ...(config.demo.enabled && config.demo.rate > 0 ? [feed] : []),
    ...(config.simulator.enabled ? simulators : []),
  ];
}
