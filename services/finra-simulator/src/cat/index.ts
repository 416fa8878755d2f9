export { CatDesk, type CatDeskOptions } from './cat-desk.ts';
export { type CatFaults, NO_CAT_FAULTS } from './cat-faults.ts';
export {
  CAT_JOURNAL_FILE,
  CatJournal,
  type CatJournalEntry,
  type FileEntry,
  type IntegrityEntry,
  type RecordEntry,
} from './cat-journal.ts';
export { bzip2Compressor } from './simulated-bzip2.ts';
export {
  CAT_SIMULATOR_DEFAULTS,
  type CatSimulatorConfig,
  HOST_KEY_SHA256_FILE,
  type RunningCatSimulator,
  startCatSimulator,
} from './start-cat-simulator.ts';
