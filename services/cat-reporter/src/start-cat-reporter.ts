import { type RunningService, runProcessor, type ServiceEnvironment } from '@tapeclock/service';
import type { Bzip2 } from './bzip2.ts';
import type { CatReporterConfig } from './cat-config.ts';
import type { CatTransport } from './cat-transport.ts';
import { catCollector } from './collector/collector.ts';
import { startCourier } from './courier/courier.ts';
import { ACTIVITY_TOPIC } from './courier/outbox.ts';
import { commandBzip2, hasBzip2Command } from './node/bzip2-command.ts';
import { wasmBzip2 } from './node/bzip2-wasm.ts';
import { sftpTransport } from './node/sftp-transport.ts';

/** Ports that only this service has; left out, they are SFTP as configured and the best bzip2 there is. */
export interface CatPorts {
  readonly transport?: CatTransport;
  readonly bzip2?: Bzip2;
}

/**
 * Starts the collector (events to files) and the courier (files to CAT and answers back). CAT being unreachable does not
 * keep it from starting: files wait in the log. Rejects where neither a transport nor `config.sftp` is given.
 */
export async function startCatReporter(
  environment: ServiceEnvironment,
  config: CatReporterConfig,
  ports: CatPorts = {},
): Promise<RunningService> {
  const transport = ports.transport ?? (config.sftp === null ? null : sftpTransport(config.sftp));
  if (transport === null) throw new TypeError('cat-reporter needs a transport or an SFTP configuration');
  const bzip2 = ports.bzip2 ?? ((await hasBzip2Command()) ? commandBzip2() : await wasmBzip2());
  const { log } = environment;
  const collectorConfig = { ...config, keyOf: partitionKeys((key) => log.partitionOf(ACTIVITY_TOPIC, key)) };

  const courier = await startCourier(environment, collectorConfig, { transport, bzip2 });
  const collector = await runProcessor(catCollector(collectorConfig), environment);
  return {
    ready: () => collector.ready() && courier.ready(),
    async stop() {
      await collector.stop();
      await courier.stop();
    },
  };
}

/** For each partition number the first of `CAT-FILES-0`, `CAT-FILES-1` … that the log would put there. */
function partitionKeys(partitionOf: (key: string) => number): (partition: number) => string {
  const keys = new Map<number, string>();
  let next = 0;
  return (partition) => {
    for (;;) {
      const known = keys.get(partition);
      if (known !== undefined) return known;
      const key = `CAT-FILES-${next}`;
      next += 1;
      const number = partitionOf(key);
      if (!keys.has(number)) keys.set(number, key);
    }
  };
}
