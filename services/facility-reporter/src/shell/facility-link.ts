import { type Initiator, startInitiator } from '@tapeclock/fix';
import type { Facility } from '@tapeclock/schemas';
import type { ServiceEnvironment } from '@tapeclock/service';
import { type FacilitySessionConfig, sessionIdOf } from '../config.ts';
import type { ReceivedAnswer } from '../core/answer.ts';
import type { FacilityProfile } from '../wire/profile.ts';
import { readAnswer } from '../wire/read-answer.ts';
import { reporterSessionStore, type SessionsKnown } from './session-store.ts';

export interface LinkListener {
  /** Resolve when what follows from the answer is durable; reject to have it sent again. */
  onAnswer(received: ReceivedAnswer): Promise<void>;
  onState(sessionId: string, state: 'CONNECTED' | 'LOGGED_ON' | 'DISCONNECTED', text: string): void;
}

/** The FIX session of one facility, for as long as the service runs. */
export interface FacilityLink {
  readonly sessionId: string;
  readonly facility: Facility;
  readonly send: Initiator['send'];
  stop(): Promise<void>;
}

export async function openLink(
  environment: ServiceEnvironment,
  session: FacilitySessionConfig,
  profile: FacilityProfile,
  horizonNs: bigint,
  listener: LinkListener,
  signal: AbortSignal,
  known: SessionsKnown,
): Promise<FacilityLink> {
  const { clock, network, log, codec, telemetry } = environment;
  const sessionId = sessionIdOf(session, profile);
  const initiator = await startInitiator({
    network,
    clock,
    host: session.host,
    port: session.port,
    ...(session.tls == null ? {} : { tls: session.tls }),
    session: {
      sessionId,
      role: 'initiator',
      beginString: 'FIX.4.4',
      senderCompId: session.senderCompId,
      targetCompId: session.targetCompId ?? profile.session.targetCompId,
      targetSubId: session.targetSubId ?? profile.session.targetSubId,
      ...(session.senderSubId === undefined ? {} : { senderSubId: session.senderSubId }),
      heartbeatSeconds: profile.session.heartbeatSeconds,
    },
    store: reporterSessionStore({ log, codec, clock }, sessionId, horizonNs, signal, known),
    onMessage: (_session, { message, isPossDup }) =>
      listener.onAnswer({
        sessionId,
        answer: readAnswer(message, profile),
        message: message.bytes,
        isPossDup,
      }),
    onState({ state, text, code }) {
      telemetry.logger.info('facility session', { session: sessionId, state, code: code ?? '' });
      listener.onState(sessionId, state, text);
    },
    onIncident({ code, text }) {
      telemetry.logger.warn('facility session incident', { session: sessionId, code, reason: text });
    },
  });
  return {
    sessionId,
    facility: session.facility,
    send: (message, persist) => initiator.send(message, persist),
    stop: () => initiator.stop(),
  };
}
