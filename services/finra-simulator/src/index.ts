export { CatDesk, type CatDeskOptions } from './cat/cat-desk.ts';
export type { CatFaults } from './cat/cat-faults.ts';
export { CAT_JOURNAL_FILE, type CatJournalEntry } from './cat/cat-journal.ts';
export { bzip2Compressor } from './cat/simulated-bzip2.ts';
export {
  type CatSimulatorConfig,
  type RunningCatSimulator,
  startCatSimulator,
} from './cat/start-cat-simulator.ts';
export { startControlApi } from './control/control-api.ts';
export type { FacilityConfig, FacilityProduct } from './facility/facility-config.ts';
export { type FacilityFaults, NO_FAULTS } from './facility/facility-faults.ts';
export type { JournalEntry, OutEntry, ReportEntry } from './facility/journal-entry.ts';
export { type RunningFacility, startFacility } from './facility/start-facility.ts';
export { type DemoFeedConfig, startDemoFeed } from './feed/demo-feed.ts';
