import { createHash } from 'node:crypto';

/** What happened in a run, as one digest; and, where asked for, as lines to read. */
export interface RunTrace {
  /** Bytes that left or reached a process. */
  wire(atNs: bigint, process: string, direction: 'in' | 'out', bytes: Uint8Array): void;
  note(atNs: bigint, subject: string, text: string): void;
  /** Adds bytes without a time: the log and the journal at the end. */
  add(label: string, bytes: Uint8Array): void;
  readonly lines: readonly string[];
  digest(): string;
}

/** `startNs` makes the lines' times relative. `keepLines` costs memory: for one seed that is looked at. */
export function runTrace(startNs: bigint, keepLines: boolean): RunTrace {
  const hash = createHash('sha256');
  const lines: string[] = [];
  const secondsOf = (atNs: bigint) => (Number((atNs - startNs) / 1_000n) / 1e6).toFixed(6).padStart(11);
  return {
    lines,
    wire(atNs, process, direction, bytes) {
      hash.update(`${atNs} ${process} ${direction} ${bytes.length}\n`).update(bytes);
      if (!keepLines) return;
      const text = Buffer.from(bytes).toString('latin1').replaceAll('\u0001', '|');
      lines.push(`${secondsOf(atNs)} ${process.padEnd(12)} ${direction === 'in' ? '<' : '>'} ${text}`);
    },
    note(atNs, subject, text) {
      hash.update(`${atNs} ${subject} ${text}\n`);
      if (keepLines) lines.push(`${secondsOf(atNs)} ${subject.padEnd(12)} * ${text}`);
    },
    add(label, bytes) {
      hash.update(`${label} ${bytes.length}\n`).update(bytes);
    },
    digest: () => hash.copy().digest('hex'),
  };
}
