import { NS_PER_DAY } from '@tapeclock/domain';
import { type AnyEvent, TOPICS } from '@tapeclock/schemas';
import type { Metrics } from '@tapeclock/telemetry';
import type { Processor } from '../processor/processor.ts';

interface Raised {
  readonly alert: string;
  readonly severity: string;
}

/** Raised alerts of one partition, by alert and subject, the oldest first. */
type AlertState = Map<string, Raised>;

/** Some alerts are never cleared; beyond this many the oldest is no longer counted. */
const RAISED_MAX = 10_000;

/**
 * Counts the alerts that are raised, from what the services put on the log, so that a pager rings for the very alerts
 * that the board shows and nobody writes their conditions twice.
 */
export function alertObserver(metrics: Metrics): Processor<AlertState> {
  const states = new Set<AlertState>();
  const told = new Map<string, Raised>();
  metrics.beforeScrape(() => {
    const counts = new Map([...told.keys()].map((key) => [key, 0]));
    for (const state of states) {
      for (const raised of state.values()) {
        const key = `${raised.alert}/${raised.severity}`;
        told.set(key, raised);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const [key, count] of counts) {
      const { alert, severity } = told.get(key) ?? { alert: '', severity: '' };
      metrics.set('tapeclock_alerts_raised', { alert, severity }, count);
    }
  });
  return {
    name: 'alert-observer',
    inputs: [TOPICS.obligationsAlerts],
    // A gauge must be right after a restart too.
    restoreFrom: [{ topic: TOPICS.obligationsAlerts, horizonNs: NS_PER_DAY }],
    init() {
      const state: AlertState = new Map();
      states.add(state);
      return state;
    },
    restore: note,
    step(state, event) {
      note(state, event);
      return [];
    },
    release: (state) => void states.delete(state),
  };
}

function note(state: AlertState, input: AnyEvent): void {
  if (input.type !== 'OperationsAlert') return;
  const { alert, severity, subject } = input.event;
  const key = `${alert}/${subject}`;
  state.delete(key);
  if (input.event.state !== 'RAISED') return;
  state.set(key, { alert, severity });
  const [oldest] = state.keys();
  if (state.size > RAISED_MAX && oldest !== undefined) state.delete(oldest);
}
