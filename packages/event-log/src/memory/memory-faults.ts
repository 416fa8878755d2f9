import { LogError } from '../log-error.ts';

/** A disk that misbehaves, until lifted. Without `process` and `topic` it means every one. */
export interface DiskFault {
  /** `stall`: nothing becomes durable and nothing is answered. The others reject what comes to be written. */
  readonly kind: 'stall' | 'DISK_FULL' | 'DISK_FAILED';
  readonly process?: string;
  readonly topic?: string;
  /** How many records of a rejected append stay nevertheless (the port allows it). @default 0 */
  readonly recordsLeft?: number;
}

export interface FaultSet {
  /** Returns what lifts it; `lifted` is called then. */
  add(fault: DiskFault, lifted: () => void): () => void;
  stalled(process: string, topic: string): boolean;
  failing(process: string, topic: string): { readonly error: LogError; readonly recordsLeft: number } | null;
}

export function faultSet(): FaultSet {
  const faults = new Set<DiskFault>();
  const matching = (process: string, topic: string): DiskFault[] =>
    [...faults].filter(
      (fault) =>
        (fault.process === undefined || fault.process === process) &&
        (fault.topic === undefined || fault.topic === topic),
    );
  return {
    add(fault, lifted) {
      faults.add(fault);
      return () => {
        if (faults.delete(fault)) lifted();
      };
    },
    stalled: (process, topic) => matching(process, topic).some((fault) => fault.kind === 'stall'),
    failing(process, topic) {
      for (const { kind, recordsLeft = 0 } of matching(process, topic)) {
        if (kind === 'stall') continue;
        const what = kind === 'DISK_FULL' ? 'no space left' : 'the disk refused the write';
        return { error: new LogError(kind, `topic ${topic}: ${what}; append again later`), recordsLeft };
      }
      return null;
    },
  };
}
