export { routeBack } from './header.ts';
export { resend, type SentLookup } from './resend.ts';
export { type Step, stepSession } from './session.ts';
export {
  type BeginString,
  type ResolvedConfig,
  resolveConfig,
  type SessionConfig,
} from './session-config.ts';
export {
  type Delivery,
  DISCONNECT_CODES,
  type DisconnectCode,
  type OutgoingMessage,
  type SessionEvent,
  type SessionOutput,
} from './session-event.ts';
export {
  initialState,
  type Now,
  type Phase,
  type SequenceNumbers,
  type SessionState,
  takenIn,
} from './session-state.ts';
export { wakeAtNs } from './timing.ts';
