/** A connected, ordered, lossless-until-closed stream of bytes: a TCP or TLS socket, or the simulation's wire. */
export interface ByteStream {
  readonly remoteAddress: string;
  /**
   * Handlers are set once, by the owner, in the turn in which it received the stream.
   * `onClose` is called exactly once, whoever closed; nothing is called after it.
   */
  handle(handlers: {
    onData(bytes: Uint8Array): void;
    onDrain?(): void;
    onClose(error: Error | null): void;
  }): void;
  /** Queues bytes. `false` means the peer reads too slowly: wait for `onDrain` before writing more. */
  write(bytes: Uint8Array): boolean;
  /** Stops reading from the wire, so that back-pressure reaches the sender. */
  pause(): void;
  resume(): void;
  /** Sends what is queued, then closes. */
  end(): void;
  /** Closes at once; queued bytes may be lost. */
  destroy(): void;
}

/** PEM texts. `ca` set on a listener asks clients for certificates. */
export interface TlsOptions {
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly ca?: string;
  readonly serverName?: string;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export interface Network {
  listen(
    options: { host: string; port: number; tls?: TlsOptions },
    onConnection: (stream: ByteStream) => void,
  ): Promise<Listener>;
  /** Rejects when not connected within `timeoutMs`. */
  connect(options: { host: string; port: number; timeoutMs: number; tls?: TlsOptions }): Promise<ByteStream>;
}
