import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { type Clock, sleep } from '@tapeclock/ports';
import { errorFields, type Logger } from '@tapeclock/telemetry';
import type { RunningService } from '../environment.ts';

/** A service and how to start it, its environment and configuration already applied. */
export interface HostedService {
  readonly name: string;
  start(): Promise<RunningService>;
}

export interface ServiceHost {
  readiness(): readonly { readonly name: string; readonly ready: boolean }[];
  ready(): boolean;
  /**
   * Stops the services one after the other in the order given, which is the order in which trades flow: a gateway
   * closes its doors before the services behind it drain. Resolves within the bound, with the names of those that did
   * not make it; for them the log decides, as after a crash.
   */
  stop(): Promise<readonly string[]>;
}

const STOP_BOUND_NS = 4_000n * NS_PER_MS;

/**
 * Starts all services of a process at once, for a takeover waits for the slowest only. When one cannot start, those
 * that did are stopped again and the error is thrown: half a process helps nobody.
 */
export async function hostServices(
  services: readonly HostedService[],
  { clock, logger, stopBoundNs = STOP_BOUND_NS }: { clock: Clock; logger: Logger; stopBoundNs?: Ns },
): Promise<ServiceHost> {
  const beganNs = clock.monotonicNs();
  const starts = await Promise.allSettled(
    services.map(async ({ name, start }) => {
      const service = await start();
      logger.info(`${name} started`, { tookMs: Number((clock.monotonicNs() - beganNs) / NS_PER_MS) });
      return service;
    }),
  );
  const running: { readonly name: string; readonly service: RunningService }[] = [];
  let failure: { readonly reason: unknown } | null = null;
  for (const [index, start] of starts.entries()) {
    const name = services[index]?.name ?? '';
    if (start.status === 'fulfilled') running.push({ name, service: start.value });
    else {
      logger.error(`${name} did not start`, errorFields(start.reason));
      failure ??= start;
    }
  }
  let stopping: Promise<readonly string[]> | null = null;
  const stopAll = async (): Promise<readonly string[]> => {
    const left = new Set(running.map(({ name }) => name));
    const patience = new AbortController();
    const inOrder = async (): Promise<void> => {
      for (const { name, service } of running) {
        try {
          await service.stop();
          left.delete(name);
        } catch (error) {
          logger.error(`${name} failed while stopping`, errorFields(error));
        }
      }
    };
    const bound = sleep(clock, stopBoundNs, patience.signal).catch(() => {});
    await Promise.race([inOrder(), bound]);
    patience.abort();
    return [...left];
  };
  const host: ServiceHost = {
    readiness: () =>
      running.map(({ name, service }) => ({ name, ready: stopping === null && service.ready() })),
    ready: () => stopping === null && running.every(({ service }) => service.ready()),
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
  };
  if (failure === null) return host;
  await host.stop();
  throw failure.reason;
}
