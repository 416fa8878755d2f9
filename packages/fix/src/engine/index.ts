export {
  type AcceptedSession,
  type Acceptor,
  type AcceptorOptions,
  type Credentials,
  type LogonKey,
  startAcceptor,
} from './acceptor.ts';
export {
  type CloseCode,
  type EngineLimits,
  type EngineListener,
  INCIDENT_CODES,
  type Incident,
  type IncidentCode,
  type OnMessage,
  type PersistIntent,
  type ReceivedMessage,
  type Sent,
  type Session,
  type StateChange,
} from './engine-events.ts';
export { type Initiator, type InitiatorOptions, startInitiator } from './initiator.ts';
export { SEND_ERROR_CODES, SendError, type SendErrorCode } from './send-error.ts';
