import type { Clock, Network } from '@tapeclock/ports';
import {
  type AcceptedSession,
  type Acceptor,
  type AcceptorOptions,
  type EngineLimits,
  type Incident,
  type Initiator,
  memorySessionStore,
  type OnMessage,
  type ReceivedMessage,
  type SessionConfig,
  type SessionStore,
  type StateChange,
  startAcceptor,
  startInitiator,
} from '../../src/index.ts';

export const PORT = 9880;

/** What one side was told, in order. */
export interface Journal {
  readonly received: ReceivedMessage[];
  readonly states: StateChange[];
  readonly incidents: Incident[];
  /** Decides over each message; resolves by default. */
  take: OnMessage;
}

export function journal(): Journal & Pick<AcceptorOptions, 'onMessage' | 'onState' | 'onIncident'> {
  const self: Journal & Pick<AcceptorOptions, 'onMessage' | 'onState' | 'onIncident'> = {
    received: [],
    states: [],
    incidents: [],
    take: async () => {},
    onMessage(session, message) {
      self.received.push(message);
      return self.take(session, message);
    },
    onState: (change) => void self.states.push(change),
    onIncident: (incident) => void self.incidents.push(incident),
  };
  return self;
}

export const ACCEPTOR: SessionConfig = {
  sessionId: 'desk-1',
  role: 'acceptor',
  beginString: 'FIX.4.4',
  senderCompId: 'TAPE',
  targetCompId: 'DESK',
};

export const INITIATOR: SessionConfig = {
  sessionId: 'to-tape',
  role: 'initiator',
  beginString: 'FIX.4.4',
  senderCompId: 'DESK',
  targetCompId: 'TAPE',
  heartbeatSeconds: 10,
};

export async function acceptor(options: {
  clock: Clock;
  network: Network;
  told: ReturnType<typeof journal>;
  store?: SessionStore;
  session?: Partial<SessionConfig>;
  accepted?: Partial<AcceptedSession>;
  limits?: EngineLimits;
  more?: Partial<AcceptorOptions>;
}): Promise<Acceptor> {
  const { clock, network, told } = options;
  const session = { ...ACCEPTOR, ...options.session };
  const store = options.store ?? memorySessionStore();
  return startAcceptor({
    clock,
    network,
    host: '127.0.0.1',
    port: PORT,
    sessions: (key) =>
      key.senderCompId === session.targetCompId && key.targetCompId === session.senderCompId
        ? { session, store, ...options.accepted }
        : null,
    limits: options.limits ?? {},
    onMessage: told.onMessage,
    onState: told.onState,
    onIncident: (incident) => told.onIncident?.(incident),
    ...options.more,
  });
}

export async function initiator(options: {
  clock: Clock;
  network: Network;
  told: ReturnType<typeof journal>;
  store?: SessionStore;
  session?: Partial<SessionConfig>;
  limits?: EngineLimits;
}): Promise<Initiator> {
  const { clock, network, told } = options;
  return startInitiator({
    clock,
    network,
    host: '127.0.0.1',
    port: PORT,
    session: { ...INITIATOR, ...options.session },
    store: options.store ?? memorySessionStore(),
    limits: options.limits ?? {},
    onMessage: told.onMessage,
    onState: told.onState,
    onIncident: (incident) => told.onIncident?.(incident),
  });
}

export function trade(id: string): { msgType: string; fields: [number, string][] } {
  return {
    msgType: '8',
    fields: [
      [17, id],
      [55, 'ABCD'],
    ],
  };
}

export const idsOf = (messages: readonly ReceivedMessage[]) =>
  messages.map(({ message }) => message.string(17));
