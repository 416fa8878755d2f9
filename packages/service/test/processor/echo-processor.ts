import { eventId, NS_PER_HOUR, type Ns } from '@tapeclock/domain';
import { type MemoryLogOptions, memoryEventLog } from '@tapeclock/event-log';
import { type VirtualClock, virtualClock } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  type EventMeta,
  embeddedRegistry,
  NO_STAMPS,
  type OperationsAlert,
  releasedSchemas,
} from '@tapeclock/schemas';
import type { Processor } from '../../src/index.ts';

export const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
export const INPUT = 'system.status';
export const OUTPUT = 'obligations.alerts';

function meta(id: string, key: string, recordedNs: Ns): EventMeta {
  return {
    eventId: id,
    lineageId: key,
    schemaVersion: 1,
    recordedNs,
    producer: 'echo',
    traceparent: null,
    stamps: NO_STAMPS,
  };
}

/** A record that asks the echo processor for one alert about `subject`. */
export function ask(subject: string, text: string | null = null) {
  return codec.record('SessionStateChanged', {
    meta: meta(eventId('SessionStateChanged', subject), subject, 0n),
    sessionId: subject,
    role: 'facility',
    state: 'LOGGED_ON',
    process: 'test',
    text,
  });
}

export function alert(subject: string, nowNs: Ns, text: string) {
  return codec.record('OperationsAlert', {
    meta: meta(eventId('OperationsAlert', subject, text), subject, nowNs),
    alert: 'echo',
    subject,
    severity: 'info',
    state: 'RAISED',
    text,
    action: '',
  });
}

export interface EchoState {
  readonly said: Set<string>;
  readonly due: { readonly atNs: Ns; readonly subject: string }[];
  ticks: number;
}

/** Says each subject once; `text: 'later'` says it an hour afterwards; `text: 'fault'` throws. */
export function echoProcessor(states: EchoState[] = []): Processor<EchoState> {
  return {
    name: 'echo',
    inputs: [INPUT],
    restoreFrom: [{ topic: OUTPUT, horizonNs: 24n * NS_PER_HOUR }],
    init() {
      const state: EchoState = { said: new Set(), due: [], ticks: 0 };
      states.push(state);
      return state;
    },
    restore(state, event) {
      if (event.type === 'OperationsAlert') state.said.add(event.event.subject);
    },
    step(state, event, { nowNs }) {
      if (event.type !== 'SessionStateChanged') return [];
      const { sessionId, text } = event.event;
      if (text === 'fault') throw new Error('a fault in the step');
      if (state.said.has(sessionId)) return [];
      if (text === 'later') {
        state.due.push({ atNs: nowNs + NS_PER_HOUR, subject: sessionId });
        return [];
      }
      state.said.add(sessionId);
      return [alert(sessionId, nowNs, 'now')];
    },
    tick(state, nowNs) {
      state.ticks += 1;
      const ready = state.due.filter(({ atNs }) => atNs <= nowNs);
      state.due.splice(0, state.due.length, ...state.due.filter(({ atNs }) => atNs > nowNs));
      return ready.map(({ subject }) => alert(subject, nowNs, 'later'));
    },
    wakeAtNs: (state) => state.due[0]?.atNs ?? null,
    release(state) {
      states.splice(states.indexOf(state), 1);
    },
  };
}

export function bench(options: Partial<MemoryLogOptions> = {}) {
  const clock: VirtualClock = virtualClock();
  const log = memoryEventLog({
    clock,
    topics: [INPUT, OUTPUT, 'dead.letters'].map((name) => ({ name, partitions: 4 })),
    ...options,
  });
  const subjects = (): string[] =>
    log.records(OUTPUT).map(({ value }) => (codec.decode(value).event as OperationsAlert).subject);
  return { clock, log, subjects };
}
