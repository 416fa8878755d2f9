export { type PreparedTracker, prepareDeadlineTracker, startDeadlineTracker } from './start.ts';
export type { TrackerConfig } from './tracker-config.ts';
