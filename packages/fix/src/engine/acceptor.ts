import type { Ns } from '@tapeclock/domain';
import { NS_PER_SECOND } from '@tapeclock/domain';
import type { Clock, Network, TlsOptions } from '@tapeclock/ports';
import type { FixMessage } from '../codec/index.ts';
import type { SessionConfig } from '../session/index.ts';
import type { SessionStore } from '../store/index.ts';
import { Tag } from '../tags.ts';
import { isAddressAllowed } from './address-allowed.ts';
import type { Connection } from './connection.ts';
import { Door } from './door.ts';
import type { EngineLimits, EngineListener, IncidentCode, Session } from './engine-events.ts';
import { SessionRunner } from './session-runner.ts';

/** As the Logon has them: the sender is the counterparty, the target is us. */
export interface LogonKey {
  readonly beginString: string;
  readonly senderCompId: string;
  readonly targetCompId: string;
}

export interface Credentials {
  /** 553; null where absent. */
  readonly username: string | null;
  /** 554. */
  readonly password: string | null;
  /** 925. */
  readonly newPassword: string | null;
}

/** One session that a counterparty may log on to. */
export interface AcceptedSession {
  /** `sender` is us, `target` the counterparty; `role` must be `acceptor`. */
  readonly session: SessionConfig;
  /** Opened once, at the first Logon, and kept while the engine runs. */
  readonly store: SessionStore;
  /** Addresses and subnets the counterparty may come from. @default any */
  readonly remoteAddresses?: readonly string[];
  /** Decides over the Logon's credentials. Compare passwords in constant time. @default everybody may */
  readonly authenticate?: (credentials: Credentials) => boolean | Promise<boolean>;
}

export interface AcceptorOptions extends EngineListener {
  readonly network: Network;
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  readonly tls?: TlsOptions;
  /** Asked at every Logon; `null` for a stranger. */
  readonly sessions: (key: LogonKey) => AcceptedSession | null | Promise<AcceptedSession | null>;
  readonly limits?: EngineLimits;
  /** Connections that have not logged on yet. @default 256 */
  readonly strangersMax?: number;
  /** From connection to Logon. @default 5 s */
  readonly logonTimeoutNs?: Ns;
}

export interface Acceptor {
  readonly port: number;
  /** Sessions that have logged on since the start, connected or not. */
  sessions(): readonly Session[];
  /** Takes no new connection, logs out the others, resolves when the last record is durable. Idempotent. */
  stop(): Promise<void>;
}

/** A peer that drops its line and comes again at once may be here before the old line's end is. */
const CLOSING_NS = 250_000_000n;

/**
 * Listens for counterparties. One connection per session: a second Logon is refused while the first lives. A refused
 * Logon is closed without an answer, so that a stranger learns nothing; `onIncident` says why. Rejects when the port
 * cannot be bound.
 */
export async function startAcceptor(options: AcceptorOptions): Promise<Acceptor> {
  const { network, clock, host, port, tls } = options;
  const runners = new Map<string, Promise<SessionRunner>>();
  const opened = new Set<SessionRunner>();
  let isStopping = false;

  const refused = (connection: Connection, code: IncidentCode, sessionId: string | null, text: string) => {
    connection.destroy();
    options.onIncident?.({ code, sessionId, remoteAddress: connection.remoteAddress, text });
  };
  const runnerOf = (accepted: AcceptedSession): Promise<SessionRunner> => {
    const { sessionId } = accepted.session;
    const known = runners.get(sessionId);
    if (known !== undefined) return known;
    const opening = SessionRunner.open({
      config: accepted.session,
      clock,
      store: accepted.store,
      limits: options.limits ?? {},
      listener: options,
    });
    runners.set(sessionId, opening);
    opening.then(
      (runner) => opened.add(runner),
      // The next Logon tries again: the store may be back by then.
      () => runners.delete(sessionId),
    );
    return opening;
  };

  const onLogon = async (connection: Connection, logon: FixMessage): Promise<void> => {
    const key: LogonKey = {
      beginString: logon.beginString,
      senderCompId: logon.string(Tag.SenderCompID) ?? '',
      targetCompId: logon.string(Tag.TargetCompID) ?? '',
    };
    const accepted = await options.sessions(key);
    if (accepted === null) {
      const { beginString, senderCompId, targetCompId } = key;
      refused(connection, 'UNKNOWN_SESSION', null, `${beginString} ${senderCompId} → ${targetCompId}`);
      return;
    }
    const { sessionId } = accepted.session;
    const { remoteAddresses } = accepted;
    if (remoteAddresses !== undefined && !isAddressAllowed(connection.remoteAddress, remoteAddresses)) {
      refused(connection, 'ADDRESS_REFUSED', sessionId, connection.remoteAddress);
      return;
    }
    const credentials: Credentials = {
      username: logon.string(Tag.Username),
      password: logon.string(Tag.Password),
      newPassword: logon.string(Tag.NewPassword),
    };
    if (accepted.authenticate !== undefined && !(await accepted.authenticate(credentials))) {
      refused(connection, 'PASSWORD_REFUSED', sessionId, 'wrong user or password');
      return;
    }
    const runner = await runnerOf(accepted);
    if (runner.isConnected) await runner.disconnectedWithin(CLOSING_NS);
    if (!connection.isOpen || isStopping) {
      connection.destroy();
      return;
    }
    if (runner.isConnected) {
      refused(connection, 'ALREADY_LOGGED_ON', sessionId, 'the session has a connection');
      return;
    }
    runner.attach(connection, logon);
  };

  const door = new Door({
    clock,
    strangersMax: options.strangersMax ?? 256,
    logonTimeoutNs: options.logonTimeoutNs ?? 5n * NS_PER_SECOND,
    resyncAt: options.limits?.resyncAt ?? 'start',
    onLogon,
    onIncident: (code, remoteAddress, text) =>
      options.onIncident?.({ code, sessionId: null, remoteAddress, text }),
  });
  const listener = await network.listen(
    tls === undefined ? { host, port } : { host, port, tls },
    (stream) => {
      if (isStopping) {
        stream.handle({ onData: () => {}, onClose: () => {} });
        stream.destroy();
      } else {
        door.accept(stream);
      }
    },
  );

  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    isStopping = true;
    const closed = listener.close();
    door.closeAll();
    await Promise.all(Array.from(opened, (runner) => runner.stop()));
    await closed;
  };
  return {
    port: listener.port,
    sessions: () => [...opened],
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
