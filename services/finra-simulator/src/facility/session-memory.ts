import type { JournalEntry } from './journal-entry.ts';

/** Sequence numbers and sent messages of one session, as long as the trading day lasts. */
export class SessionMemory {
  readonly id: string;
  nextOut = 1;
  nextIn = 1;
  /** Messages by sequence number; an empty text is an administrative one, never sent again. */
  readonly sent = new Map<number, Uint8Array>();

  constructor(id: string) {
    this.id = id;
  }

  restore(entry: JournalEntry): void {
    if (entry.kind === 'SESSION') {
      if (entry.step === 'RESET') this.reset();
      return;
    }
    if (entry.kind !== 'OUT') {
      this.nextIn = Math.max(this.nextIn, entry.seq + 1);
      return;
    }
    this.nextIn = Math.max(this.nextIn, entry.takenUpTo + 1);
    this.nextOut = Math.max(this.nextOut, entry.seq + 1);
    if (entry.message !== '') this.sent.set(entry.seq, Buffer.from(entry.message, 'base64'));
  }

  reset(): void {
    this.nextOut = 1;
    this.nextIn = 1;
    this.sent.clear();
  }
}
