import { startCatSimulator, startControlApi, startFacility } from '@tapeclock/finra-simulator';
import type { HostedService } from '@tapeclock/service';
import type { ProcessContext } from './process-context.ts';

/** The world around the product, made up: facility, CAT, and a source of executions. */
export function outsideServices(context: ProcessContext): readonly HostedService[] {
  const { config } = context;
  const { host } = config.listen;
  return [
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
}
