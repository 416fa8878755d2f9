import type { Ns } from '@tapeclock/domain';

/** One thing that goes wrong. `forNs`: how long, until it is over by itself. */
export type Fault =
  /** The process dies at its n-th crossing of its border from now: between any two awaits. */
  | { readonly kind: 'crash'; readonly process: string; readonly crossings: number; readonly downNs: Ns }
  /** Nothing becomes durable, nothing is answered; of one process or of all. */
  | { readonly kind: 'disk-stall'; readonly process: string | null; readonly forNs: Ns }
  | {
      readonly kind: 'disk-full' | 'disk-failed';
      readonly process: string | null;
      readonly recordsLeft: number;
      readonly forNs: Ns;
    }
  | { readonly kind: 'facility-disk-stall'; readonly forNs: Ns }
  /** Every connection between two hosts breaks; a prefix of the bytes under way arrives. */
  | { readonly kind: 'cut'; readonly between: readonly [string, string] }
  /** Bytes are held back and connections refused. */
  | { readonly kind: 'partition'; readonly between: readonly [string, string]; readonly forNs: Ns }
  /** Cut off the group coordinator: partitions move while the process still thinks it owns them. */
  | { readonly kind: 'isolation'; readonly process: string; readonly forNs: Ns }
  | { readonly kind: 'slow-network'; readonly factor: bigint; readonly forNs: Ns }
  /** Takes reports and says nothing. */
  | { readonly kind: 'facility-silence'; readonly forNs: Ns }
  | { readonly kind: 'facility-late'; readonly latencyMs: number; readonly forNs: Ns }
  | { readonly kind: 'facility-down'; readonly forNs: Ns }
  | { readonly kind: 'facility-closed'; readonly forNs: Ns }
  | {
      readonly kind: 'facility-rejects';
      readonly percent: number;
      readonly code: string;
      readonly forNs: Ns;
    }
  /** The connection breaks before the report is looked at. */
  | { readonly kind: 'drop-before'; readonly percent: number; readonly forNs: Ns }
  /** The connection breaks when the report is taken, before the answer leaves. */
  | { readonly kind: 'drop-after'; readonly percent: number; readonly forNs: Ns }
  | { readonly kind: 'no-queries'; readonly forNs: Ns }
  /** A host's wall clock jumps, and jumps back. */
  | { readonly kind: 'clock-step'; readonly process: string; readonly byNs: Ns; readonly forNs: Ns }
  /** Many executions at once. */
  | { readonly kind: 'burst'; readonly executions: number };

export type FaultKind = Fault['kind'];

export const FAULT_KINDS = [
  'crash',
  'disk-stall',
  'disk-full',
  'disk-failed',
  'facility-disk-stall',
  'cut',
  'partition',
  'isolation',
  'slow-network',
  'facility-silence',
  'facility-late',
  'facility-down',
  'facility-closed',
  'facility-rejects',
  'drop-before',
  'drop-after',
  'no-queries',
  'clock-step',
  'burst',
] as const satisfies readonly FaultKind[];

export interface PlannedFault {
  /** After the start of the run. */
  readonly atNs: Ns;
  readonly fault: Fault;
}
