import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { type EventLog, openEmbeddedLog } from '@tapeclock/event-log';
import { type Clock, diskFileStore, systemClock, systemRandom, tcpNetwork } from '@tapeclock/ports';
import { type EventCodec, topicDeclarations } from '@tapeclock/schemas';
import { askSntp, observedLog, type ServiceEnvironment, watchOffset } from '@tapeclock/service';
import { errorFields, type ProcessTelemetry, processTelemetry } from '@tapeclock/telemetry';
import manifest from '../../package.json' with { type: 'json' };
import { type DataDirectory, dataDirectory } from '../data-directory.ts';
import { type Exposure, exposureOf } from '../exposure.ts';
import type { Config } from '../settings.ts';

const TIME_SOURCE_PATIENCE_NS = 2_000n * NS_PER_MS;

/** What the services of one process have in common. */
export interface ProcessContext {
  readonly config: Config;
  readonly exposure: Exposure;
  readonly data: DataDirectory;
  readonly clock: Clock;
  readonly telemetry: ProcessTelemetry;
  /** Shows a line to the person at the terminal. */
  readonly notice: (text: string) => void;
  /** A service's environment: the same ports for all, files of its own. */
  environment(service: string): ServiceEnvironment;
  /** Lets go of log, time source and telemetry; after the services. */
  close(): Promise<void>;
}

/** Rejects with `ConfigError` where a port would be open in the clear. */
export async function openProcessContext(options: {
  readonly name: string;
  readonly config: Config;
  readonly codec: EventCodec;
  readonly clockOffsetNs: Ns;
  readonly notice: (text: string) => void;
}): Promise<ProcessContext> {
  const { name, config, codec } = options;
  const exposure = exposureOf(config);
  const data = dataDirectory(config.data.folder);
  const clock = systemClock(options.clockOffsetNs);
  const telemetry = await processTelemetry({
    clock,
    processName: name,
    version: manifest.version,
    logLevel: config.log.level,
    otlpEndpoint: config.telemetry.otlpEndpoint,
    traceShare: config.telemetry.traceShare,
  });
  const embedded = await openEmbeddedLog({
    directory: data.log,
    clock,
    topics: topicDeclarations,
    onAlert: (error) => telemetry.logger.error('the log needs a person', errorFields(error)),
  });
  const log: EventLog = observedLog(embedded, clock, telemetry.metrics);
  const { host, port } = config.timeSource;
  // The host's own clock is compared, not the demo's.
  const hostClock = systemClock();
  const offset =
    host === null
      ? null
      : watchOffset(() => askSntp({ host, port, clock: hostClock, timeoutNs: TIME_SOURCE_PATIENCE_NS }), {
          clock,
          telemetry,
        });
  const memberId = `${name}-${process.pid}-${hostClock.nowNs().toString(36)}`;
  return {
    config,
    exposure,
    data,
    clock,
    telemetry,
    notice: options.notice,
    environment: (service) => ({
      clock,
      random: systemRandom,
      network: tcpNetwork,
      files: diskFileStore(data.service(service)),
      log,
      codec,
      telemetry: { ...telemetry, logger: telemetry.logger.child({ service }) },
      processName: name,
      memberId,
      clockOffsetNs: () => offset?.offsetNs() ?? null,
    }),
    async close() {
      offset?.stop();
      await log.close();
      await telemetry.stop();
    },
  };
}
