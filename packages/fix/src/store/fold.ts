import type { Ns } from '@tapeclock/domain';
import { type SentLimits, SentMessages } from './sent-messages.ts';
import type { SessionRecord, StoredSession } from './session-store.ts';

/** What a row of records amounts to. Records repeated or overtaken by later ones change nothing. */
export class SessionFold {
  #nextOut = 1;
  #nextIn = 1;
  #lastKept = 0;
  #sinceNs: Ns | null = null;
  readonly #sent: SentMessages;

  constructor(limits: SentLimits = {}) {
    this.#sent = new SentMessages(limits);
  }

  apply(record: SessionRecord, recordedNs: Ns | null): void {
    switch (record.kind) {
      case 'out':
        if (record.isApplication && record.seq > this.#lastKept) {
          this.#sent.add(record.seq, record.bytes);
          this.#lastKept = record.seq;
        }
        this.#nextOut = Math.max(this.#nextOut, record.seq + 1);
        break;
      case 'in':
        this.#nextIn = Math.max(this.#nextIn, record.seq + 1);
        break;
      case 'reset':
        this.#nextOut = record.nextOut;
        this.#nextIn = 1;
        this.#lastKept = 0;
        this.#sinceNs = recordedNs;
        this.#sent.clear();
        break;
    }
  }

  result(): StoredSession {
    return { nextOut: this.#nextOut, nextIn: this.#nextIn, sent: this.#sent.list(), sinceNs: this.#sinceNs };
  }
}
