export { type Distribution, distribution } from './account/distribution.ts';
export type { LoadCounts, LoadOptions, LoadSummary } from './fix-driver/load-options.ts';
export type { Phase, Spacing } from './fix-driver/schedule.ts';
export { type Load, startLoad } from './fix-driver/start-load.ts';
