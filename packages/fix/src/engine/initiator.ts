import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type ByteStream, type Clock, type Network, sleep, type TlsOptions } from '@tapeclock/ports';
import type { OutgoingMessage, SessionConfig } from '../session/index.ts';
import type { SessionStore } from '../store/index.ts';
import { Connection } from './connection.ts';
import type { EngineLimits, EngineListener, PersistIntent, Sent, Session } from './engine-events.ts';
import { SessionRunner } from './session-runner.ts';

export interface InitiatorOptions extends EngineListener {
  readonly network: Network;
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsOptions;
  /** `role` must be `initiator`. */
  readonly session: SessionConfig;
  readonly store: SessionStore;
  /** @default 2 s */
  readonly connectTimeoutMs?: number;
  /** Wait before connecting again: doubles from `firstNs` to `maxNs`; a Logon starts it over. */
  readonly reconnect?: {
    /** @default 100 ms */
    readonly firstNs?: Ns;
    /** @default 1 s */
    readonly maxNs?: Ns;
  };
  readonly limits?: EngineLimits;
}

export interface Initiator {
  readonly session: Session;
  /** See `Session.send`. */
  send(message: OutgoingMessage, persist?: PersistIntent): Promise<Sent>;
  /** Logs out, connects no more, resolves when the last record is durable. Idempotent. */
  stop(): Promise<void>;
}

/** Keeps one session connected to its counterparty. Resolves at once when the store is read, logged on or not. */
export async function startInitiator(options: InitiatorOptions): Promise<Initiator> {
  const { network, clock, host, port, tls } = options;
  const firstNs = options.reconnect?.firstNs ?? 100n * NS_PER_MS;
  const maxNs = options.reconnect?.maxNs ?? NS_PER_SECOND;
  const timeoutMs = options.connectTimeoutMs ?? 2000;
  const stopping = new AbortController();
  let waitNs = firstNs;

  const runner = await SessionRunner.open({
    config: options.session,
    clock,
    store: options.store,
    limits: options.limits ?? {},
    listener: {
      onMessage: options.onMessage,
      onState(change) {
        if (change.state === 'LOGGED_ON') waitNs = firstNs;
        options.onState(change);
      },
      ...(options.onIncident === undefined ? {} : { onIncident: options.onIncident }),
    },
  });
  const { bodyBytesMax, resyncAt } = options.limits ?? {};

  const connectOnce = async (): Promise<void> => {
    let stream: ByteStream;
    try {
      const address = { host, port, timeoutMs };
      stream = await network.connect(tls === undefined ? address : { ...address, tls });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      options.onIncident?.({
        code: 'CONNECT_FAILED',
        sessionId: runner.sessionId,
        remoteAddress: `${host}:${port}`,
        text,
      });
      return;
    }
    const connection = new Connection(
      stream,
      {
        ...(bodyBytesMax === undefined ? {} : { bodyBytesMax }),
        ...(resyncAt === undefined ? {} : { resyncAt }),
      },
      NOBODY,
    );
    if (stopping.signal.aborted) {
      connection.destroy();
      return;
    }
    runner.attach(connection, null);
    await runner.idle();
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await connectOnce();
      if (stopping.signal.aborted) return;
      const pauseNs = waitNs;
      waitNs = waitNs * 2n > maxNs ? maxNs : waitNs * 2n;
      await sleep(clock, pauseNs, stopping.signal).catch(() => {});
    }
  };
  const running = run();

  let stopped: Promise<void> | null = null;
  return {
    session: runner,
    send: (message, persist) => runner.send(message, persist),
    stop() {
      stopped ??= (async () => {
        stopping.abort();
        await runner.stop();
        await running;
      })();
      return stopped;
    },
  };
}

/** Owns a connection between its opening and its handing over, within one turn. */
const NOBODY = { onReadable: () => {}, onDrain: () => {}, onClosed: () => {} };
