export { printConfig, renderConfigReference } from './config/describe-config.ts';
export { CONFIG_FILE, ConfigError, loadConfig } from './config/load-config.ts';
export {
  type ConfigOf,
  type ConfigResult,
  type ConfigSources,
  type Declarations,
  readConfig,
  variableOf,
} from './config/read-config.ts';
export { Secret } from './config/secret.ts';
export * as settings from './config/setting.ts';
export type { RunningService, ServiceEnvironment, StartService } from './environment.ts';
export { type HealthServer, startHealthServer } from './health/health-server.ts';
export { type HostedService, hostServices, type ServiceHost } from './lifecycle/host-services.ts';
export { EXIT, obeySignals } from './lifecycle/process-signals.ts';
export { alertObserver } from './observe/alert-observer.ts';
export { observedLog } from './observe/observed-log.ts';
export { outcomeObserver } from './observe/outcome-observer.ts';
export { sessionObserver } from './observe/session-observer.ts';
export { followProcessor, type PreparedState, type ProcessorStandby } from './processor/follow-processor.ts';
export type { ProcessorHooks } from './processor/partition-run.ts';
export type { Processor, StepContext } from './processor/processor.ts';
export { deadLetter, readEvent } from './processor/read-event.ts';
export { type ProcessorEnvironment, type RunningProcessor, runProcessor } from './processor/run-processor.ts';
export { loadRulebook, readRulebookFiles, readRulebookVersion } from './rulebook-files.ts';
export { type OffsetWatch, watchOffset } from './time-source/offset-watch.ts';
export { askSntp } from './time-source/sntp.ts';
