import { NS_PER_DAY } from '@tapeclock/domain';
import { type AnyEvent, TOPICS } from '@tapeclock/schemas';
import type { Metrics } from '@tapeclock/telemetry';
import type { Processor } from '../processor/processor.ts';

/** Keeps the state of every FIX session as a metric, from what the sessions' owners put on the log. */
export function sessionObserver(metrics: Metrics): Processor<null> {
  const observe = (input: AnyEvent): void => {
    if (input.type !== 'SessionStateChanged') return;
    const { sessionId, role, state } = input.event;
    metrics.set('tapeclock_fix_session_up', { session: sessionId, role }, state === 'LOGGED_ON' ? 1 : 0);
  };
  return {
    name: 'session-observer',
    inputs: [TOPICS.systemStatus],
    // A gauge must be right after a restart too; changes are few.
    restoreFrom: [{ topic: TOPICS.systemStatus, horizonNs: NS_PER_DAY }],
    init: () => null,
    restore: (_state, event) => observe(event),
    step(_state, event) {
      observe(event);
      return [];
    },
  };
}
