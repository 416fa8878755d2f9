import { NS_PER_DAY, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type AnyEvent, type EventCodec, type SessionStateChanged, TOPICS } from '@tapeclock/schemas';
import type { Processor } from '@tapeclock/service';
import { keyIn } from '../alerts/key-in.ts';
import { operationsAlert } from '../alerts/operations-alert.ts';

const ALERT = 'facility-session-down';
const SUBJECT = 'session/';
/** `system.status` has one partition, and so has this watch. */
const PARTITION = 0;
/** A reconnect takes well under this; a session that stays away longer uses up the window of every trade behind it. */
const PATIENCE_NS = 2n * NS_PER_SECOND;

interface Watched {
  downSinceNs: Ns | null;
  raised: boolean;
}
type SessionWatchState = Map<string, Watched>;

/** Raises `facility-session-down` for every facility session that stays down, and clears it when it is back. */
export const sessionWatch: Processor<SessionWatchState> = {
  name: 'deadline-tracker.sessions',
  inputs: [TOPICS.systemStatus],
  restoreFrom: [
    { topic: TOPICS.systemStatus, horizonNs: NS_PER_DAY },
    { topic: TOPICS.obligationsAlerts, horizonNs: NS_PER_DAY },
  ],
  init: () => new Map(),
  restore(state, event) {
    if (event.type === 'SessionStateChanged') note(state, event.event);
    if (event.type === 'OperationsAlert' && event.event.alert === ALERT) {
      const watched = watchedOf(state, event.event.subject.slice(SUBJECT.length));
      watched.raised = event.event.state === 'RAISED';
    }
  },
  step(state, event, { nowNs, codec }) {
    const change = facilityChange(event);
    if (change === null) return [];
    return cleared(change.sessionId, note(state, change), nowNs, codec);
  },
  tick(state, nowNs, codec) {
    const outputs = [];
    for (const [sessionId, watched] of state) {
      // Raised by an instance that is gone, and over before this one began.
      outputs.push(...cleared(sessionId, watched, nowNs, codec));
      if (watched.raised || watched.downSinceNs === null || watched.downSinceNs + PATIENCE_NS > nowNs)
        continue;
      watched.raised = true;
      outputs.push(alert(sessionId, 'RAISED', `session ${sessionId} is down`, nowNs, codec));
    }
    return outputs;
  },
  wakeAtNs(state) {
    let firstNs: Ns | null = null;
    for (const { downSinceNs, raised } of state.values()) {
      if (raised || downSinceNs === null) continue;
      const atNs = downSinceNs + PATIENCE_NS;
      if (firstNs === null || atNs < firstNs) firstNs = atNs;
    }
    return firstNs;
  },
};

function facilityChange(event: AnyEvent): SessionStateChanged | null {
  return event.type === 'SessionStateChanged' && event.event.role === 'facility' ? event.event : null;
}

function cleared(sessionId: string, watched: Watched, nowNs: Ns, codec: EventCodec) {
  if (watched.downSinceNs !== null || !watched.raised) return [];
  watched.raised = false;
  return [alert(sessionId, 'CLEARED', `session ${sessionId} is logged on again`, nowNs, codec)];
}

function watchedOf(state: SessionWatchState, sessionId: string): Watched {
  const watched = state.get(sessionId) ?? { downSinceNs: null, raised: false };
  state.set(sessionId, watched);
  return watched;
}

function note(state: SessionWatchState, change: SessionStateChanged): Watched {
  if (change.role !== 'facility') return { downSinceNs: null, raised: false };
  const watched = watchedOf(state, change.sessionId);
  if (change.state === 'LOGGED_ON') watched.downSinceNs = null;
  else watched.downSinceNs ??= change.meta.recordedNs;
  return watched;
}

function alert(sessionId: string, state: 'RAISED' | 'CLEARED', text: string, nowNs: Ns, codec: EventCodec) {
  const subject = `${SUBJECT}${sessionId}`;
  return operationsAlert(
    {
      alert: ALERT,
      subject,
      severity: 'critical',
      state,
      text,
      action: 'Follow runbooks/facility-session-down.md',
    },
    keyIn(PARTITION, subject),
    nowNs,
    codec,
  );
}
