import type { Ns } from '@tapeclock/domain';
import { type SentLimits, SentMessages } from '../store/sent-messages.ts';
import type { Connection } from './connection.ts';
import type { Sent } from './engine-events.ts';
import { SendError } from './send-error.ts';

interface OutMessage {
  readonly kind: 'message';
  readonly connection: Connection | null;
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly isApplication: boolean;
  readonly epoch: number;
  readonly settle: PromiseWithResolvers<Sent> | null;
  status: 'pending' | 'durable' | 'failed';
  error: unknown;
}

type Entry =
  | OutMessage
  | {
      readonly kind: 'resend';
      readonly connection: Connection | null;
      readonly run: () => Iterable<Uint8Array>;
    }
  | { readonly kind: 'close'; readonly connection: Connection | null };

export interface OutboundQueueOptions {
  readonly sent: SentLimits;
  readonly nowNs: () => Ns;
  /** A record failed: the connection it was for cannot go on. */
  readonly onFailure: (connection: Connection | null, error: unknown) => void;
}

/** Most bytes put together for one write. */
const WRITE_BYTES_MAX = 64 * 1024;

/**
 * What waits to leave, in the order of the sequence numbers. A message leaves when its record and those of all before
 * it are durable; several that are ready leave in one write.
 */
export class OutboundQueue {
  readonly sent: SentMessages;
  readonly #options: OutboundQueueOptions;
  #entries: Entry[] = [];
  #epoch = 0;
  #isFlushing = false;

  constructor(options: OutboundQueueOptions) {
    this.#options = options;
    this.sent = new SentMessages(options.sent);
  }

  get length(): number {
    return this.#entries.length;
  }

  /** The numbers begin anew: what was sent under the old ones is forgotten. */
  reset(): void {
    this.#epoch += 1;
    this.sent.clear();
  }

  message(
    message: Pick<OutMessage, 'connection' | 'seq' | 'bytes' | 'isApplication' | 'settle'>,
    durable: Promise<void>,
  ): void {
    const entry: OutMessage = {
      ...message,
      kind: 'message',
      epoch: this.#epoch,
      status: 'pending',
      error: null,
    };
    this.#entries.push(entry);
    durable.then(
      () => {
        entry.status = 'durable';
        this.flush();
      },
      (error: unknown) => {
        entry.status = 'failed';
        entry.error = error;
        this.flush();
      },
    );
  }

  /** `run` is called when its turn has come, and so sees all that left before it. */
  resend(connection: Connection | null, run: () => Iterable<Uint8Array>): void {
    this.#entries.push({ kind: 'resend', connection, run });
    this.flush();
  }

  close(connection: Connection | null): void {
    this.#entries.push({ kind: 'close', connection });
    this.flush();
  }

  flush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    let ready = 0;
    const write = new Gathering();
    for (const entry of this.#entries) {
      if (entry.kind === 'message' && entry.status === 'pending') break;
      if (entry.connection?.isBlocked === true && entry.connection.isOpen) break;
      ready += 1;
      this.#act(entry, write);
    }
    write.flush();
    this.#entries.splice(0, ready);
    this.#isFlushing = false;
  }

  #act(entry: Entry, write: Gathering): void {
    const { connection } = entry;
    switch (entry.kind) {
      case 'message':
        this.#leave(entry, write);
        break;
      case 'resend':
        if (connection?.isOpen === true) for (const bytes of entry.run()) write.add(connection, bytes);
        break;
      case 'close':
        write.flush();
        connection?.end();
        break;
    }
  }

  #leave(entry: OutMessage, write: Gathering): void {
    const { connection, settle, seq } = entry;
    if (entry.status === 'failed') {
      settle?.reject(new SendError('NOT_DURABLE', `number ${seq} was not recorded`, { cause: entry.error }));
      this.#options.onFailure(connection, entry.error);
      return;
    }
    const isCurrent = entry.epoch === this.#epoch;
    if (entry.isApplication && isCurrent) this.sent.add(seq, entry.bytes);
    if (connection?.isOpen === true) {
      write.add(connection, entry.bytes);
      settle?.resolve({ seq, sentNs: this.#options.nowNs() });
    } else if (isCurrent) {
      settle?.resolve({ seq, sentNs: null });
    } else {
      settle?.reject(new SendError('RESET', `numbers were reset before number ${seq} left`));
    }
  }
}

/** Puts neighbours together: one write costs more than the bytes in it. */
class Gathering {
  #connection: Connection | null = null;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  add(connection: Connection, bytes: Uint8Array): void {
    if (connection !== this.#connection || this.#bytes + bytes.length > WRITE_BYTES_MAX) this.flush();
    this.#connection = connection;
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
  }

  flush(): void {
    const [first, ...others] = this.#parts;
    if (first !== undefined) {
      this.#connection?.write(others.length === 0 ? first : Buffer.concat(this.#parts, this.#bytes));
    }
    this.#connection = null;
    this.#parts = [];
    this.#bytes = 0;
  }
}
