import type { ByteStream, Clock, Timer } from '@tapeclock/ports';
import { decodeMessage, type FixMessage, type Resync } from '../codec/index.ts';
import { MsgType } from '../tags.ts';
import { Connection, type ConnectionOwner } from './connection.ts';
import type { IncidentCode } from './engine-events.ts';

export interface DoorOptions {
  readonly clock: Clock;
  /** Connections that have not logged on; one more is refused. */
  readonly strangersMax: number;
  readonly logonTimeoutNs: bigint;
  readonly resyncAt: Resync;
  /** A Logon came, whole and well framed. The stream is held until this resolves; then it belongs to a session or is closed. */
  readonly onLogon: (connection: Connection, logon: FixMessage) => Promise<void>;
  readonly onIncident: (code: IncidentCode, remoteAddress: string, text: string) => void;
}

/** A stranger needs to send one Logon and nothing else. */
const STRANGER_BODY_BYTES_MAX = 8 * 1024;
const STRANGER_GARBAGE_BYTES_MAX = 4 * 1024;

/** Lets strangers in as far as their first message, in bounded number, time and memory. */
export class Door {
  readonly #options: DoorOptions;
  readonly #strangers = new Set<Connection>();

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  get strangerCount(): number {
    return this.#strangers.size;
  }

  accept(stream: ByteStream): void {
    const { clock, strangersMax, logonTimeoutNs, onIncident } = this.#options;
    if (this.#strangers.size >= strangersMax) {
      stream.handle({ onData: () => {}, onClose: () => {} });
      stream.destroy();
      onIncident('TOO_MANY_CONNECTIONS', stream.remoteAddress, `${strangersMax} wait to log on already`);
      return;
    }
    let timer: Timer | null = null;
    const leave = () => {
      timer?.cancel();
      this.#strangers.delete(connection);
    };
    const refuse = (code: IncidentCode, text: string) => {
      leave();
      connection.destroy();
      onIncident(code, connection.remoteAddress, text);
    };
    let isJudged = false;
    const owner: ConnectionOwner = {
      onReadable: () => {
        if (isJudged) return;
        const logon = this.#firstMessage(connection, refuse);
        if (logon === null) return;
        isJudged = true;
        connection.hold();
        this.#options
          .onLogon(connection, logon)
          .catch((error: unknown) => refuse('LOOKUP_FAILED', String(error)))
          .finally(leave);
      },
      onDrain: () => {},
      // A probe that connects and closes is nobody's business.
      onClosed: leave,
    };
    const connection: Connection = new Connection(
      stream,
      {
        bodyBytesMax: STRANGER_BODY_BYTES_MAX,
        skippedBytesMax: STRANGER_GARBAGE_BYTES_MAX,
        resyncAt: this.#options.resyncAt,
      },
      owner,
    );
    this.#strangers.add(connection);
    timer = clock.after(logonTimeoutNs, () => refuse('NO_LOGON', 'no Logon in time'));
  }

  closeAll(): void {
    for (const connection of this.#strangers) connection.destroy();
  }

  #firstMessage(
    connection: Connection,
    refuse: (code: IncidentCode, text: string) => void,
  ): FixMessage | null {
    for (let event = connection.reader.next(); event !== null; event = connection.reader.next()) {
      switch (event.kind) {
        case 'frame': {
          const message = decodeMessage(event.bytes);
          if (typeof message !== 'string' && message.msgType === MsgType.Logon) return message;
          refuse('NO_LOGON', typeof message === 'string' ? message : `first message is ${message.msgType}`);
          return null;
        }
        case 'garbage':
          this.#options.onIncident('GARBAGE', connection.remoteAddress, `${event.byteCount} bytes skipped`);
          break;
        // Who cannot write a Logon will not do better with the next message.
        case 'garbled':
          refuse('NO_LOGON', event.reason);
          return null;
        case 'tooLarge':
          refuse('NO_LOGON', `BodyLength ${event.bodyBytes} before Logon`);
          return null;
        case 'overflow':
          refuse('NO_LOGON', `${event.byteCount} bytes without a message`);
          return null;
      }
    }
    return null;
  }
}
