import type { Ns } from '@tapeclock/domain';
import type { Phase, Spacing } from './schedule.ts';

export interface LoadOptions {
  readonly host: string;
  readonly port: number;
  /** CompIDs of the sessions to send on, in turn: `LOAD1` … `LOAD8` of the demo sessions. */
  readonly senderCompIds: readonly string[];
  /** @default TAPECLOCK */
  readonly targetCompId?: string;
  readonly password: string;
  /** Reporting firm. @default TCLK */
  readonly mpid?: string;
  readonly phases: readonly Phase[];
  /** @default poisson */
  readonly spacing?: Spacing;
  readonly seed?: number;
  /** Begins every execution id; unique per run against one log. */
  readonly runId: string;
  /** Shifts the host's clock to the product's. */
  readonly clockOffsetNs: Ns;
  /**
   * Executions that may wait in the driver for a session (down, or held by back-pressure). One more is refused, which is
   * counted. @default 500,000
   */
  readonly waitingMax?: number;
}

/** `offered` = `accepted` + `refused`, once all is over; until then the difference is on its way. */
export interface LoadCounts {
  /** Executions whose scheduled instant has come. */
  readonly offered: number;
  /** Given a sequence number: the driver keeps it and sends it again until the gateway has taken it. */
  readonly sent: number;
  /** The driver had no room left, or the gateway answered with a reject. */
  readonly refused: number;
  /** Due and not yet given a number. */
  readonly waiting: number;
  /** Sessions that are logged on at this moment. */
  readonly sessionsUp: number;
}

export interface LoadSummary extends LoadCounts {
  /** First and last scheduled instant, UTC on the product's clock. */
  readonly startNs: Ns;
  readonly endNs: Ns;
  /** How late the driver itself handed executions to a session, from the scheduled instant; milliseconds. */
  readonly driverLatenessMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly reconnects: number;
  readonly cpuSeconds: number;
}

export const LOAD_DEFAULTS = {
  targetCompId: 'TAPECLOCK',
  mpid: 'TCLK',
  spacing: 'poisson',
  seed: 20261124,
  waitingMax: 500_000,
} as const;

/** Scheduled this long after the start signal, so that all sessions are up. */
export const LEAD_NS = 50_000_000n;

/** What parent and driver say to each other, bigint as text. */
export type ToDriver = { readonly kind: 'begin' } | { readonly kind: 'stop' };
export type FromDriver =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly counts: LoadCounts }
  | { readonly kind: 'offered'; readonly summary: Wire<LoadSummary> }
  | { readonly kind: 'ended'; readonly summary: Wire<LoadSummary> };
type Wire<T> = { readonly [Name in keyof T]: T[Name] extends bigint ? string : T[Name] };
