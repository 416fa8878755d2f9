import { NS_PER_DAY, type Ns } from '@tapeclock/domain';

export interface TrackerConfig {
  /** Shares of the window, in percent and rising, at which a warning is given. @default [50, 80] */
  readonly warnAtPercent: readonly number[];
  /** How far back the log is read to rebuild the open obligations. @default 4 days, a long weekend */
  readonly horizonNs: Ns;
}

export const TRACKER_DEFAULTS: TrackerConfig = {
  warnAtPercent: [50, 80],
  horizonNs: 4n * NS_PER_DAY,
};
