import { NS_PER_MS } from '@tapeclock/domain';
import { type HostedService, hostServices, obeySignals, startHealthServer } from '@tapeclock/service';
import type { ProcessContext } from './process-context.ts';

const READY_POLL_NS = 10n * NS_PER_MS;

/**
 * The life of one prepared process: starts its services, answers about health, and ends as
 * `obeySignals` has it. `services` names what the process hosts, in the order in which it is stopped.
 */
export async function runProcess(options: {
  readonly name: string;
  readonly healthPort: number;
  readonly context: ProcessContext;
  readonly services: readonly HostedService[];
  readonly onReady: () => void;
}): Promise<void> {
  const { context } = options;
  const { clock, config, telemetry } = context;
  const { logger, metrics } = telemetry;
  let stopServices: () => Promise<unknown> = async () => {};
  obeySignals(async () => {
    const left = (await stopServices()) as readonly string[] | undefined;
    if (left !== undefined && left.length > 0) logger.warn('stopped without waiting longer', { left });
    await context.close();
  }, logger);

  let readiness: () => readonly { readonly name: string; readonly ready: boolean }[] = () => [];
  const health = await startHealthServer({
    host: config.listen.host,
    port: options.healthPort,
    tls: context.exposure.listen,
    processName: options.name,
    services: () => readiness(),
    contentType: metrics.contentType,
    scrape: () => metrics.scrape(),
  });
  const host = await hostServices(options.services, { clock, logger });
  readiness = host.readiness;
  stopServices = async () => {
    const left = await host.stop();
    await health.close();
    return left;
  };
  const tellWhenReady = (): void => {
    if (host.ready()) options.onReady();
    else clock.after(READY_POLL_NS, tellWhenReady);
  };
  tellWhenReady();
}
