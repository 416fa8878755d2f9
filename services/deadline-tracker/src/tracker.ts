import type { Ns } from '@tapeclock/domain';
import { type AnyEvent, type EncodedEvent, type EventCodec, TOPICS } from '@tapeclock/schemas';
import type { Processor } from '@tapeclock/service';
import { InDoubtAlarm } from './alerts/in-doubt-alarm.ts';
import { breached, met, PRODUCER, warned } from './alerts/obligation-events.ts';
import { Lanes } from './forecast/lanes.ts';
import { follow } from './obligation/follow.ts';
import { OpenBook } from './obligation/open-book.ts';
import type { TrackerConfig } from './tracker-config.ts';

export interface TrackerState {
  readonly book: OpenBook;
  readonly lanes: Lanes;
  readonly inDoubt: InDoubtAlarm;
}

/**
 * Watches every open obligation: warns before the breach, declares it, notes the acceptance and where the time went.
 * It is not on the way of any report, so its death delays none; rebuilt from the log it goes on where it stopped,
 * because what it has said is on the log too.
 */
export function deadlineTracker(config: TrackerConfig): Processor<TrackerState> {
  const { horizonNs, warnAtPercent } = config;
  return {
    name: PRODUCER,
    inputs: [TOPICS.tradesReportable, TOPICS.reportsOutcome, TOPICS.executionsRejected],
    restoreFrom: [
      { topic: TOPICS.tradesReportable, horizonNs },
      { topic: TOPICS.executionsRejected, horizonNs },
      { topic: TOPICS.reportsOutcome, horizonNs },
      { topic: TOPICS.obligationsAlerts, horizonNs },
    ],
    init: (partition) => ({
      book: new OpenBook(warnAtPercent),
      lanes: new Lanes(partition),
      inDoubt: new InDoubtAlarm(partition),
    }),
    restore(state, event) {
      follow(state.book, event);
      state.lanes.follow(event);
      state.inDoubt.follow(event);
    },
    step(state, event, { nowNs, codec }) {
      state.book.noticeClock(nowNs);
      const settled = follow(state.book, event);
      const outputs = state.inDoubt.step(event, nowNs, codec);
      const facility = facilityOf(event);
      if (facility !== null) state.lanes.touch(facility, nowNs);
      if (event.type === 'ReportAccepted') {
        state.lanes.accepted(event.event.facility, nowNs);
        outputs.push(met(event.event, settled, nowNs, codec));
      }
      return outputs;
    },
    tick(state, nowNs, codec) {
      return [
        ...attend(state.book, config, nowNs, codec),
        ...state.lanes.tick(state.book.open.values(), nowNs, codec),
        ...state.inDoubt.tick(nowNs, codec),
      ];
    },
    wakeAtNs: (state) => earliest(state.book.nextNs(), state.lanes.nextNs(), state.inDoubt.nextNs()),
  };
}

/** Gives every warning and breach whose time has come. After a pause that skipped warnings only the last is given. */
function attend(book: OpenBook, config: TrackerConfig, nowNs: Ns, codec: EventCodec): EncodedEvent[] {
  const outputs: EncodedEvent[] = [];
  book.due(nowNs, (obligation) => {
    const reached = config.warnAtPercent.filter(
      (percent) =>
        (nowNs - obligation.startNs) * 100n >= (obligation.dueAtNs - obligation.startNs) * BigInt(percent),
    );
    const last = reached.at(-1);
    if (last !== undefined && reached.length > obligation.nextWarning) {
      outputs.push(warned(obligation, last, nowNs, codec));
      obligation.nextWarning = reached.length;
    }
    if (nowNs > obligation.dueAtNs) {
      outputs.push(breached(obligation, nowNs, codec));
      obligation.breached = true;
    }
    book.arm(obligation);
  });
  return outputs;
}

function facilityOf(event: AnyEvent): string | null {
  if (event.type === 'TradeReportable') return event.event.facility;
  return event.type === 'ReportIntended' ? event.event.facility : null;
}

function earliest(...instants: readonly (Ns | null)[]): Ns | null {
  return instants.reduce(
    (first, atNs) => (first === null || (atNs !== null && atNs < first) ? atNs : first),
    null,
  );
}
