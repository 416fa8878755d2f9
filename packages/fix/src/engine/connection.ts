import type { ByteStream } from '@tapeclock/ports';
import { FrameReader, type FrameReaderOptions } from '../codec/index.ts';

/** Who reads a connection at present: first the door, then the session. */
export interface ConnectionOwner {
  /** Bytes have come: pull frames from `reader`. */
  onReadable(): void;
  onDrain(): void;
  /** Once. Nothing is called after it. */
  onClosed(error: Error | null): void;
}

/** One byte stream with its frame reader, which can change hands once it is known whose it is. */
export class Connection {
  readonly remoteAddress: string;
  readonly reader: FrameReader;
  readonly #stream: ByteStream;
  #owner: ConnectionOwner;
  /** Nothing is written or read any more, though the stream may take its time to close. */
  #isOpen = true;
  #isClosed = false;
  /** The peer reads too slowly: nothing is written until it has caught up. */
  #isBlocked = false;
  #isHeld = false;

  constructor(stream: ByteStream, options: FrameReaderOptions, owner: ConnectionOwner) {
    this.#stream = stream;
    this.#owner = owner;
    this.remoteAddress = stream.remoteAddress;
    this.reader = new FrameReader(options);
    stream.handle({
      onData: (bytes) => {
        if (!this.#isOpen) return;
        this.reader.feed(bytes);
        this.#owner.onReadable();
      },
      onDrain: () => {
        this.#isBlocked = false;
        if (this.#isOpen) this.#owner.onDrain();
      },
      onClose: (error) => {
        if (this.#isClosed) return;
        this.#isOpen = false;
        this.#isClosed = true;
        this.#owner.onClosed(error);
      },
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  handOver(owner: ConnectionOwner): void {
    this.#owner = owner;
  }

  write(bytes: Uint8Array): void {
    if (this.#isOpen && !this.#stream.write(bytes)) this.#isBlocked = true;
  }

  /** Stops reading, so that TCP makes the peer wait. */
  hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#stream.pause();
  }

  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#stream.resume();
  }

  /** Sends what is queued, then closes. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.release();
    this.#stream.end();
  }

  /** Closes at once. */
  destroy(): void {
    if (this.#isClosed) return;
    this.#isOpen = false;
    this.#stream.destroy();
  }
}
