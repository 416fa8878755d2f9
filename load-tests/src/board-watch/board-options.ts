import type { Ns } from '@tapeclock/domain';

export interface BoardWatchOptions {
  /** Base address of the board. */
  readonly url: string;
  readonly account: { readonly name: string; readonly password: string };
  /** Boards that are open at once, each signed in for itself and with a live feed of its own. */
  readonly viewers: number;
  /** Requests for overview, trades and obligations, of all viewers together. */
  readonly pollsPerSecond: number;
  readonly seconds: number;
  /** Shifts the host's clock to the product's. */
  readonly clockOffsetNs: Ns;
}

export interface BoardWatchSummary {
  readonly signedIn: number;
  /** `pollsOffered` = answered (by status) + failed (by reason). */
  readonly pollsOffered: number;
  readonly pollsAnswered: Readonly<Record<string, number>>;
  readonly pollsFailed: Readonly<Record<string, number>>;
  /** Milliseconds from the scheduled instant of a poll to its whole answer; those answered 200. */
  readonly scheduledToAnswerMs: Float64Array;
  /** Live events by name, of all viewers together. */
  readonly events: Readonly<Record<string, number>>;
  /** Live feeds that ended before the watch did. */
  readonly feedsBroken: number;
  /** Milliseconds from a message's own time to its arrival. */
  readonly sentToArrivedMs: Float64Array;
  /** Milliseconds from a trade's bytes at the gateway to its first row on a viewer's feed. */
  readonly receivedToShownMs: Float64Array;
  readonly cpuSeconds: number;
}
