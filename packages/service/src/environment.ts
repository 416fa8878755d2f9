import type { EventLog } from '@tapeclock/event-log';
import type { Clock, FileStore, Network, Random } from '@tapeclock/ports';
import type { EventCodec } from '@tapeclock/schemas';
import type { Telemetry } from '@tapeclock/telemetry';

/**
 * Everything a service may reach. A service takes nothing from anywhere else, so that the very same service runs
 * in a process of its own, beside others in one process, and in the simulation.
 */
export interface ServiceEnvironment {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  /** Files below the service's own folder of the data directory. */
  readonly files: FileStore;
  readonly log: EventLog;
  readonly codec: EventCodec;
  /** `silentTelemetry` where nobody listens. */
  readonly telemetry: Telemetry;
  /** The process that hosts the service, e.g. `hot`; stands in events as the holder of a trade. */
  readonly processName: string;
  /** Unique among living processes and never used again: process name, process id, start instant. */
  readonly memberId: string;
  /** Host clock minus time source, nanoseconds; null where no time source is configured. Goes into stamps. */
  clockOffsetNs?(): bigint | null;
}

/** A started service. `start<Name>(environment, config)` resolves to one, once its ports are bound. */
export interface RunningService {
  /** True while it can do its work; false lets `/readyz` say 503. */
  ready(): boolean;
  /** Takes nothing new, finishes what is in hand, lets go of ports and partitions. Idempotent. */
  stop(): Promise<void>;
}

export type StartService<Config> = (
  environment: ServiceEnvironment,
  config: Config,
) => Promise<RunningService>;
