export type { RunningService, ServiceEnvironment, StartService } from './environment.ts';
export type { ProcessorHooks } from './processor/partition-run.ts';
export type { Processor, StepContext } from './processor/processor.ts';
export { type ProcessorEnvironment, type RunningProcessor, runProcessor } from './processor/run-processor.ts';
