import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import {
  type AnyEvent,
  type EventMeta,
  type ObligationMet,
  type ReportAccepted,
  TOPICS,
} from '@tapeclock/schemas';
import { type Metrics, stageTimes, type Telemetry, type TradeOutcome } from '@tapeclock/telemetry';
import type { Processor } from '../processor/processor.ts';

type Answered = { readonly accepted: number; readonly inWindow: number };

/** Counts since this process started; nothing that must survive it. */
interface ObserverState {
  readonly byFacility: Map<string, Answered>;
}

interface Subject {
  readonly meta: EventMeta;
  readonly executionId: string;
  readonly reportId: string;
  readonly facility: string;
}

/**
 * Turns outcomes on the log into metrics and traces, in whichever process hosts it, which is never the hot one: the
 * stamps are in the events, so the hot path measures nothing and sends no spans. As a consumer group it counts each
 * outcome in one process only, and again after a crash at most those of the last batch.
 */
export function outcomeObserver({ metrics, traces }: Telemetry): Processor<ObserverState> {
  const totals = new Map<string, Answered>();
  const trace = (subject: Subject, outcome: TradeOutcome): void =>
    traces.record({
      traceparent: subject.meta.traceparent,
      stamps: subject.meta.stamps,
      outcome,
      executionId: subject.executionId,
      lineageId: subject.meta.lineageId,
      reportId: subject.reportId,
      facility: subject.facility,
    });
  return {
    name: 'outcome-observer',
    inputs: [TOPICS.reportsOutcome, TOPICS.obligationsAlerts],
    restoreFrom: [],
    // All partitions of this process share the totals; their loops never run at the same time.
    init: () => ({ byFacility: totals }),
    restore() {},
    step(state, input) {
      observe(input, state, metrics, trace);
      return [];
    },
  };
}

function observe(
  input: AnyEvent,
  state: ObserverState,
  metrics: Metrics,
  trace: (subject: Subject, outcome: TradeOutcome) => void,
): void {
  switch (input.type) {
    case 'ReportAccepted':
      accepted(input.event, state, metrics, trace);
      break;
    case 'ReportRejected':
      metrics.count('tapeclock_reports_total', { facility: input.event.facility, outcome: 'rejected' });
      trace(input.event, 'rejected');
      break;
    case 'ReportInDoubt':
      metrics.count('tapeclock_reports_total', { facility: input.event.facility, outcome: 'in_doubt' });
      trace(input.event, 'inDoubt');
      break;
    case 'ObligationWarned': {
      const { facility, stage } = input.event;
      metrics.count('tapeclock_obligation_warnings_total', { facility, stage });
      trace(input.event, 'warned');
      break;
    }
    case 'ObligationBreached': {
      const { facility, stage } = input.event;
      metrics.count('tapeclock_obligation_breaches_total', { facility, stage });
      break;
    }
    case 'ObligationMet':
      met(input.event, metrics);
      break;
    default:
  }
}

function accepted(
  event: ReportAccepted,
  { byFacility }: ObserverState,
  metrics: Metrics,
  trace: (subject: Subject, outcome: TradeOutcome) => void,
): void {
  const { facility, late, meta } = event;
  metrics.count('tapeclock_reports_total', { facility, outcome: late ? 'late' : 'in_window' });
  const before = byFacility.get(facility) ?? { accepted: 0, inWindow: 0 };
  const after = { accepted: before.accepted + 1, inWindow: before.inWindow + (late ? 0 : 1) };
  byFacility.set(facility, after);
  metrics.set('tapeclock_in_window_ratio', { facility }, after.inWindow / after.accepted);
  const stages = stageTimes(meta.stamps);
  for (const { stage, startNs, endNs } of stages) {
    metrics.observe(
      'tapeclock_stage_duration_seconds',
      { stage },
      seconds(endNs - startNs),
      meta.traceparent,
    );
  }
  const [first, last] = [stages[0], stages.at(-1)];
  if (first !== undefined && last !== undefined) {
    const total = seconds(last.endNs - first.startNs);
    metrics.observe('tapeclock_stage_duration_seconds', { stage: 'total' }, total, meta.traceparent);
  }
  trace(event, late ? 'late' : 'accepted');
}

/** Share of the window: what was used over what there was, as the tracker reckoned it. */
function met({ facility, usedNs, dueAtNs, acceptedNs, meta }: ObligationMet, metrics: Metrics): void {
  const windowNs = usedNs + (dueAtNs - acceptedNs);
  if (windowNs <= 0n) return;
  const used = Number(usedNs) / Number(windowNs);
  metrics.observe('tapeclock_window_used_ratio', { facility }, Math.max(0, used), meta.traceparent);
}

function seconds(ns: Ns): number {
  return Number(ns) / Number(NS_PER_SECOND);
}
